"""What sellers said of goods that look the same: one, with whose price and stock, or two. Said once, remembered."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from lapak.moving.models import SameGoods
from lapak.moving.same_goods.pairs import PairKey
from lapak.people.shops.models import Shop


class Decision(StrEnum):
    """What becomes of a pair."""

    FIRST_LEADS = "first"
    """They are one; price and stock come from those that were first."""
    LATER_LEADS = "later"
    """They are one; price and stock come from those that came later. All else stays with the first."""
    TWO = "two"


def decided(shop: Shop, platform: str, source_ids: Iterable[str]) -> dict[PairKey, Decision]:
    """What was said of these goods as those that came later."""
    return _read(SameGoods.objects.filter(shop=shop, platform=platform, source_id__in=list(source_ids)))


def led_by_others(shop: Shop, platform: str, source_ids: Iterable[str]) -> dict[PairKey, Decision]:
    """Pairs in which these goods were first, and price and stock come from the others."""
    rows = SameGoods.objects.filter(shop=shop, first_platform=platform, first_source_id__in=list(source_ids))
    return _read(rows.filter(are_one=True, later_leads=True))


def decide(shop: Shop, decisions: Mapping[PairKey, Decision]) -> None:
    """These hold from now on, in place of what was said before."""
    rows = [
        SameGoods(
            shop=shop,
            platform=platform,
            source_id=source_id,
            first_platform=first_platform,
            first_source_id=first_id,
            are_one=decision is not Decision.TWO,
            later_leads=decision is Decision.LATER_LEADS,
        )
        for (platform, source_id, first_platform, first_id), decision in decisions.items()
    ]
    SameGoods.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["shop", "platform", "source_id", "first_platform", "first_source_id"],
        update_fields=["are_one", "later_leads"],
    )


def _read(rows: "Iterable[SameGoods]") -> dict[PairKey, Decision]:
    return {(row.platform, row.source_id, row.first_platform, row.first_source_id): _decision(row) for row in rows}


def _decision(row: SameGoods) -> Decision:
    if not row.are_one:
        return Decision.TWO
    return Decision.LATER_LEADS if row.later_leads else Decision.FIRST_LEADS
