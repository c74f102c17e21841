"""The shared inbox as a source."""
