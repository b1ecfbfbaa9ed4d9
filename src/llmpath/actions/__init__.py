"""What each command does: gather, decide, write under the lock, and return a value."""
