"""What to study: pure decisions over the roadmap; no database, clock or terminal in here."""
