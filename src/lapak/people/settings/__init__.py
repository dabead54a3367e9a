"""What an operator may choose of how the marketplace runs: each value from a day on, with who chose it and why."""
