"""One file per act that spans apps, each readable from top to bottom."""
