"""A page for each command, of its name: values in, lines or JSON out."""
