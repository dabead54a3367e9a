"""In Indonesian."""
