"""The seller centre."""
