"""Show values: as lines for a terminal or a pipe, as JSON, as Markdown."""
