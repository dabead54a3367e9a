"""Programmes, links, clicks, attribution, commissions."""
