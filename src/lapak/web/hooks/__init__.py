"""Inbound provider webhooks."""
