"""What is brought over from old tools."""
