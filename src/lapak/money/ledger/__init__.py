"""Accounts and transfers: books that balance by construction."""
