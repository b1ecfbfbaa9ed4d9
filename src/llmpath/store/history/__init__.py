"""The log: what was done, what it gives, and how logs are merged and carried."""
