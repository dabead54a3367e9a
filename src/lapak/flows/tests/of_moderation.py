"""Of who_may.py, fitting.py and everyone.py: what is reported, decided, and objected to."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from lapak.affiliates.integrity.signs import Ground
from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.moderation import deciding
from lapak.moderation.appealing import appeal_case
from lapak.moderation.models import Case
from lapak.moderation.reporting import report_page
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.testing.market import Market
from lapak.testing.moderation import DECISION, WORDS

if TYPE_CHECKING:
    from lapak.flows.tests.one_of_each import World

OF_MODERATION: dict[Callable[..., Any], tuple[Duty | Desk, "Callable[[World, User], object]"]] = {
    deciding.dismiss_case: (
        Desk.MODERATION,
        lambda w, by: deciding.dismiss_case(by, w.goods_case.id, "Nothing is wrong."),
    ),
    deciding.take_goods_down: (
        Desk.MODERATION,
        lambda w, by: deciding.take_goods_down(by, w.goods_case.id, **DECISION),
    ),
    deciding.suspend_shop: (
        Desk.MODERATION,
        lambda w, by: deciding.suspend_shop(by, w.shop_case.id, **DECISION, last_day=clock.today()),
    ),
    deciding.hide_reported_page: (
        Desk.MODERATION,
        lambda w, by: deciding.hide_reported_page(by, w.page_case.id, ground=Ground.MISLEADING, words=WORDS),
    ),
    deciding.lift_case: (Desk.MODERATION, lambda w, by: deciding.lift_case(by, w.decided_case.id, "It is real.")),
    deciding.keep_case: (Desk.MODERATION, lambda w, by: deciding.keep_case(by, w.decided_case.id, "It is not.")),
    appeal_case: (Duty.OWNERSHIP, lambda w, by: appeal_case(by, w.decided_case.id, "We have a licence.")),
}
"""As `COMMANDS` there."""


def _objected(world: "World") -> None:
    appeal_case(world.cast.seller, world.decided_case.id, "We have a licence.")


FITTING_MODERATION: "dict[Callable[..., Any], Callable[[World], None]]" = {deciding.keep_case: _objected}
"""As `BEFORE` there."""


def _report_goods(market: Market, pick: int) -> object:
    products = list(Product.objects.order_by("id"))
    return report_page(market.operator, "product", products[pick % len(products)].id, reason="dangerous")


def _report_shop(market: Market, pick: int) -> object:
    shops = list(Shop.objects.order_by("id"))
    return report_page(market.operator, "shop", shops[pick % len(shops)].id, reason="misleading")


def _one(do: Callable[[Market, Case], object], state: str) -> Callable[[Market, int], object]:
    def act(market: Market, pick: int) -> object:
        cases = list(Case.objects.filter(state=state).select_related("shop").order_by("id"))
        return cases and do(market, cases[pick % len(cases)])

    return act


def _uphold(market: Market, case: Case) -> object:
    if case.is_of_goods:
        return deciding.take_goods_down(market.operator, case.id, **DECISION)
    last_day: date = clock.today()
    return deciding.suspend_shop(market.operator, case.id, **DECISION, last_day=last_day)


def _object(_market: Market, case: Case) -> object:
    assert case.shop, "creators object at their own desk"
    return appeal_case(case.shop.members.get(role="owner").user, case.id, "We have a licence.")


MODERATING = {
    "report goods": _report_goods,
    "report shop": _report_shop,
    "dismiss case": _one(lambda market, case: deciding.dismiss_case(market.operator, case.id, WORDS), "open"),
    "uphold case": _one(_uphold, "open"),
    "object to case": _one(_object, "upheld"),
    "lift case": _one(lambda market, case: deciding.lift_case(market.operator, case.id, WORDS), "upheld"),
    "lift objected case": _one(lambda market, case: deciding.lift_case(market.operator, case.id, WORDS), "appealed"),
    "keep case": _one(lambda market, case: deciding.keep_case(market.operator, case.id, WORDS), "appealed"),
}
"""As `ACTS` of everyone.py."""
