"""The tax on what creators earn: withheld by the month, shown by the year, and proven by slips."""
