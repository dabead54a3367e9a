"""A seller's business: identity, members, legality, bank account."""
