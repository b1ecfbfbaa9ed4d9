"""Look over everything, and repair what can be derived."""
