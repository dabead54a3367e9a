"""Payment providers: one folder each, all alike, reached only through the registry."""
