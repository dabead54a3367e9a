"""What shows that a rule is kept: each proof looks at the running system, for one day, and answers what it found."""
