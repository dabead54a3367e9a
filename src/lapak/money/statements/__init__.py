"""Monthly statements: what an account held when a month began, what moved, and what was left; month's ends are kept."""
