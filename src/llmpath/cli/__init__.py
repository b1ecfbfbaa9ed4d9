"""The command line: parse, call, show. Commands live in modules by group and load when called."""
