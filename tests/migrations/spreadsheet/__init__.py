"""The source for logs kept by hand."""
