"""Moving a whole shop in."""
