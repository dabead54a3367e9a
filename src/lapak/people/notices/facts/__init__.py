"""Every fact that people are told: to whom, under which topic, in which words, and the page where they act on it.

One table. `says` is the mail's subject too; `more` and `until` stand below. Their `%(…)s` are filled from what was told:
`number` of the order, `amount` (IDR), `shop`, `reason` (a sentence of ours), `deadline` and so on. `page` names the
address, with what it is found by. Every fact is told in the page; `by_mail` says whether by mail as well, and its topic
whether the reader may switch that off (rules.py).
"""

from dataclasses import replace

from lapak.people.notices.facts.fact import Fact
from lapak.people.notices.facts.for_buyers import FOR_BUYERS
from lapak.people.notices.facts.for_creators import FOR_CREATORS
from lapak.people.notices.facts.for_operators import FOR_OPERATORS
from lapak.people.notices.facts.for_shops import FOR_SHOPS
from lapak.people.notices.facts.of_decisions import OF_DECISIONS
from lapak.people.notices.rules import Reader

__all__ = ["FACTS", "Fact"]

FACTS = {
    fact.code: replace(fact, read_as=reader)
    for reader, facts in (
        (Reader.BUYER, FOR_BUYERS),
        (Reader.SHOP, (*FOR_SHOPS, *OF_DECISIONS)),
        (Reader.CREATOR, FOR_CREATORS),
        (Reader.OPERATOR, FOR_OPERATORS),
    )
    for fact in facts
}
"""By code, which stands in the database for ever."""
