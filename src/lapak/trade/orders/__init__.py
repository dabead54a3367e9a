"""Carts, purchases, orders."""
