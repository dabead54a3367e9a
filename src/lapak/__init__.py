"""Lapak, the independent marketplace."""
