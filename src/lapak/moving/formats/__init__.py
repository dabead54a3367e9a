"""Formats of other platforms, one folder each; reached only through the registry."""
