"""Tapfiliate."""
