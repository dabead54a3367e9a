"""How much people may write in their own words, in characters."""

LONGEST_NOTE = 200
"""A reason, a proof, a sentence to a creator."""

LONGEST_REFERENCE = 64
"""What a bank's or partner's statement names a movement by."""

LONGEST_STORY = 1_000
"""What happened with goods, or why the operator decides so."""
