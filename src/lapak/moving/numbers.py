"""How a file writes its numbers: a person types one at a time, a file has a style throughout."""

from collections import Counter
from collections.abc import Iterable

from lapak.lib.numbers import NumberStyle, grouped_style, without_currency


def number_style(texts: Iterable[str]) -> NumberStyle:
    """How the file these numbers come from separates thousands: what most of the grouped numbers show."""
    seen = Counter({NumberStyle.DOTS: 0, NumberStyle.COMMAS: 0})
    seen.update(style for text in texts if (style := grouped_style(without_currency(text))))
    most = max(seen, key=lambda style: seen[style])
    return most if seen[most] else NumberStyle.PLAIN
