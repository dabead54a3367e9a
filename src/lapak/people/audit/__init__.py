"""Who changed what, with the old and the new value: append-only."""
