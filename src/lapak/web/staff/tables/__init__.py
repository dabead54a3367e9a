"""The operator's tables, one module an app: everything is shown, and nothing changed."""
