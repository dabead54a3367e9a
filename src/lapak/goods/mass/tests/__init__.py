"""What many goods at once can be told to do, and what comes of it."""
