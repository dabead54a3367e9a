"""The same goods on two platforms: proposed as one with the reason, and never joined unasked."""
