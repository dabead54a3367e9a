"""Cases of moderation for tests."""

from datetime import timedelta
from typing import Any

from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.moderation.appealing import appeal_case
from lapak.moderation.deciding import suspend_shop, take_goods_down
from lapak.moderation.models import Case
from lapak.moderation.reporting import report_page
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as, stocked_variant

WORDS = "The label names another brand."
DECISION: dict[str, Any] = {"reason": "counterfeit", "rule": "Permendag 19/2026 Art. 21", "words": WORDS}


def reported_goods(cast: Cast, product: Product | None = None) -> Case:
    """A stranger's report of goods of the shop waits."""
    product = product or stocked_variant(cast.shop).product
    return report_page(cast.stranger, "product", product.id, reason="counterfeit", words=WORDS).case


def reported_shop(cast: Cast) -> Case:
    """The same, of the shop itself."""
    return report_page(cast.stranger, "shop", cast.shop.id, reason="misleading").case


def reported_creator(cast: Cast) -> Case:
    """The same, of the creator's page."""
    return report_page(cast.stranger, "creator", cast.creator.id, reason="misleading").case


def goods_taken_down(cast: Cast, product: Product | None = None) -> Case:
    """Decided: the owner may object."""
    return take_goods_down(cast.operator, reported_goods(cast, product).id, **DECISION)


def shop_suspended(cast: Cast, days: int = 30) -> Case:
    """Decided: the shop sells nothing for so many days."""
    last_day = clock.today() + timedelta(days=days)
    return suspend_shop(cast.operator, reported_shop(cast).id, **DECISION, last_day=last_day)


def objected_case(cast: Cast) -> Case:
    """The owner objects to goods that are down; another operator than before is there to decide."""
    operator = operator_as(OperatorRole.TRUST)
    case = take_goods_down(operator, reported_goods(cast).id, **DECISION)
    return appeal_case(cast.seller, case.id, "We have a licence.")
