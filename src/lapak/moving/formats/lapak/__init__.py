"""Lapak's own file: a shop's goods as another Lapak takes them in."""
