"""Taxes withheld and owed, as dated rules. Facts and doubts: docs/concepts/law-and-practice.md "Tax"."""
