"""The creator centre."""
