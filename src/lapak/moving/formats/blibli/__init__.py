"""Blibli's upload template."""
