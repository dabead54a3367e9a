"""Refersion."""
