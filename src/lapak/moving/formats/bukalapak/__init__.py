"""Bukalapak's upload list."""
