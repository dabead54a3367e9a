"""Dub Partners."""
