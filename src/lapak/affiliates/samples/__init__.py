"""Goods that a shop gives a creator for free, to be shown: docs/concepts/samples.md."""
