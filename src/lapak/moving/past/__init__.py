"""What a shop was before it came: its orders at its old platforms, read-only."""
