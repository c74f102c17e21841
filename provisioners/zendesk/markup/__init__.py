"""Bodies of articles: Markdown and HTML, in both directions."""
