"""Template tags of the operator's desks."""
