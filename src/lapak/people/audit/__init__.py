"""Who changed what, with the old and the new value: append-only, and chained so that it can be shown to be so."""
