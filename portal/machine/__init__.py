"""What the portal needs of a machine without servers: installing, PostgreSQL, Valkey, running it all. Imports nothing of the portal."""
