"""What must be true of the whole, across all apps: the records nobody changes, and the checks of the books."""
