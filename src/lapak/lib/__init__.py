"""Shared words without business: ids, clock, money, regions, refusals."""
