"""Files for others to read: the report, Markdown, Mermaid maps, the text of an issue."""
