"""One module per group of commands: parse, call an action, show."""
