"""One act on many goods of a shop: chosen, looked at, done good by good, and taken back."""
