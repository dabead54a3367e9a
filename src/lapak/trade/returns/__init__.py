"""Goods on their way back to the shop for the buyer's money. Above orders, which never ask it."""
