"""Whose is what: the ledger, money in, money out, fees and taxes."""
