"""The file: its connection, schema, migrations and backups."""
