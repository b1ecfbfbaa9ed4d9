"""The database: the learner's data, kept; the catalog, derived."""
