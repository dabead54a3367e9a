"""What buyers and shops do with each other."""
