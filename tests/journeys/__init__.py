"""Whole journeys, through HTTP."""
