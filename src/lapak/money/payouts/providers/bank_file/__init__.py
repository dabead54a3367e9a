"""A file for a bank's bulk transfer."""
