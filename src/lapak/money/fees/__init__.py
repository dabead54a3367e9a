"""Dated fee schedules and the pure rules over them."""
