"""Goods that creators may promote, and haven't yet: found by what they pay, how new their programme is, how well they sell."""
