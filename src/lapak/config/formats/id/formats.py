"""How Django writes a moment by itself, as in the operator's lists: on the clock of Jakarta, which is named (lib/clock.py)."""

DATETIME_FORMAT = r"j M Y, H.i \W\I\B"
