"""What is said of goods that are, or look, the same as others."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import ngettext

from lapak.moving.formats.registry import title_of
from lapak.moving.problems import Aside
from lapak.moving.same_goods.joining import Same


def asides_of_same(same: Same) -> Iterator[Aside]:
    """For each two platforms what was joined, and what looks the same and why."""
    joined = Counter((each.key[0], each.key[2]) for of_one in same.joined.values() for each in of_one)
    for (later, first), count in joined.items():
        text = ngettext(
            "%(count)d product of %(later)s is the same as one of %(first)s, as was said: it does not come in twice.",
            "%(count)d products of %(later)s are the same as those of %(first)s, as was said: they do not come in twice.",
            count,
        )
        yield Aside("", text % {"count": count, "later": title_of(later), "first": title_of(first)})
    alike = Counter((pair.later.platform, pair.first.platform, pair.why) for pair in same.pairs)
    for (later, first, why), count in alike.items():
        text = ngettext(
            "%(count)d product of %(later)s looks the same as one of %(first)s (%(why)s). Say whether it is one or two.",
            "%(count)d products of %(later)s look the same as those of %(first)s (%(why)s). Say whether they are one or two.",
            count,
        )
        words = {"count": count, "later": title_of(later), "first": title_of(first), "why": why.label}
        yield Aside("", text % words)
