"""How Django writes a moment by itself, by language (setting FORMAT_MODULE_PATH)."""
