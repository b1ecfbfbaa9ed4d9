"""The derived tables: built from the catalog's files, read by every page."""
