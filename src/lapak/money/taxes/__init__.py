"""Taxes withheld and owed, as dated rules. Facts and doubts: law-and-practice.md "Tax"."""
