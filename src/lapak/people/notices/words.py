"""What a notice says, in the language that is spoken at the moment, and where it leads."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from lapak.lib import clock
from lapak.lib.clock import say
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate
from lapak.people.notices.facts import FACTS, Fact
from lapak.people.notices.facts.fact import SEE_INSTEAD
from lapak.people.notices.models import Notice

LONGEST_NAME = 80
"""Of what is said in a line: as long as a shop's name may be."""


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as it is read: a line, a sentence or two below it, the deadline in words, and the act with its page."""

    says: str
    more: str
    until: str
    act: str
    path: str


def words_of(notice: Notice) -> Words:
    """In the language spoken at the moment."""
    fact, said = FACTS[notice.fact], _as_read(notice.said, notice.deadline)
    return Words(
        says=one_line(_filled(fact.says, said)),
        more=_filled(fact.more, said),
        until=_filled(fact.until, said) if notice.deadline else "",
        act=str(SEE_INSTEAD.get(fact.page[0], fact.act) if _is_over(notice) else fact.act),
        path=path_of(fact, notice.said),
    )


def path_of(fact: Fact, said: Mapping[str, Any]) -> str:
    """The address, without the site's, of the page where one acts on it."""
    name, *found_by = fact.page
    return reverse(name, args=[said[key] for key in found_by])


def one_line(text: str) -> str:
    """Without what breaks a line, cannot be seen or turns the direction of writing: fit for a mail's subject."""
    return " ".join("".join(" " if char.isspace() else char for char in text if _is_seen(char)).split())


def name_in_a_line(name: str) -> str:
    """As `one_line`, and cut to `LONGEST_NAME`: what people call themselves may be anything."""
    line = one_line(name)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def sentence_of_ours(text: str) -> str:
    """The text if it is a sentence of ours, which has a translation; else nothing: a person's own words may name people, and
    are read on the page itself."""
    with override("id"):
        return text if text and gettext(text) != text else ""


def _is_seen(char: str) -> bool:
    return char.isspace() or not unicodedata.category(char).startswith("C")


def _is_over(notice: Notice) -> bool:
    return notice.deadline is not None and notice.deadline < clock.now()


def _as_read(said: Mapping[str, Any], deadline: datetime | None) -> dict[str, str]:
    """Amounts, rates and sentences of ours as the reader writes them."""
    read = {key: str(value) for key, value in said.items()}
    if "amount_idr" in said:
        read["amount"] = format_idr(said["amount_idr"])
    for key in ("rate", "rate_before"):
        if f"{key}_bp" in said:
            read[key] = f"{format_rate(said[f'{key}_bp'])}%"
    if said.get("reason"):
        read["reason"] = gettext(said["reason"])
    if deadline:
        read["deadline"] = say(deadline)
    return read


def _filled(sentence: "Promise | str", said: Mapping[str, str]) -> str:
    return str(sentence) % said if sentence else ""
