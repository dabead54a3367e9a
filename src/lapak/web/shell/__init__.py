"""Base templates, navigation, error pages, components, static files."""
