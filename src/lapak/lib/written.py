"""How much people may write in their own words, in characters."""

LONGEST_NOTE = 200
"""A reason, a proof, a sentence to a creator."""

LONGEST_REFERENCE = 64
"""What a bank's or partner's statement names a movement by."""

LONGEST_STORY = 1_000
"""What happened with goods, or why the operator decides so."""


def one_line(text: str, most: int) -> str:
    """The text on one line of at most so many characters, for a partner whose field holds no more: cut after a word where
    there is one, and the cut is seen."""
    line = " ".join(text.replace("\0", "").split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole_words = cut.rpartition(" ")[0]
    return f"{(whole_words if len(whole_words) > most // 2 else cut).rstrip(' ,')}…"
