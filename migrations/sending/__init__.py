"""From what was read and decided to what is sent."""
