"""One module per verb; each has a click command named `command`."""
