"""Settings, addresses, server entry and the embedded database: knows all, known by none."""
