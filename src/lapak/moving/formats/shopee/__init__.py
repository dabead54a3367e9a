"""Shopee's Seller Centre: the lists of mass update, which belong together, and the mass-upload template."""
