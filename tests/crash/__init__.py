"""What survives when a process ends."""
