"""Lazada's Seller Center: the lists of mass update, price and stock beside basic information."""
