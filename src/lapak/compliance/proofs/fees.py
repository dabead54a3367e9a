"""What Lapak takes, and that it is the same for everybody and known before."""

from dataclasses import fields
from datetime import date
from functools import partial

from django.utils.translation import override

from lapak.books.records import RECORDS, missing_guards
from lapak.compliance.proofs.asked import ask
from lapak.compliance.proofs.days import end_of
from lapak.compliance.rules import Found
from lapak.goods.search.listings import Listing
from lapak.lib import clock
from lapak.lib.numbers import format_rate
from lapak.money.fees.rules import FEE_BP
from lapak.people.audit.models import Change
from lapak.people.audit.rules import Kind

RANKED_BY = {
    "id", "shop_id", "title", "details", "category_code", "price_idr", "in_stock", "created_at", "sold_here", "sold_before",
}  # fmt: skip
"""All that the search knows of goods: what they are, what they cost, whether they are there, and what was sold of them. The
shop only filters."""
CONSENT_SINCE = date(2026, 6, 8)
NOTICE_SINCE = date(2026, 6, 17)
"""From when a new fee needs consent (19/2026 Art. 14), and is told so long before (Permen UMKM 3/2026)."""


def nothing_paid_ranks(_on: date) -> Found:
    """By what goods are found and sorted."""
    known = {field.name for field in fields(Listing)}
    return Found(known <= RANKED_BY, {"known_of_goods": sorted(known), "more_than": sorted(known - RANKED_BY)})


def fee_is_public(on: date) -> Found:
    """The fee of that day, and whether the help page names today's."""
    with override("id"):
        today = f"{format_rate(FEE_BP.on(clock.today()))}%"
    is_named = today in ask("/help", language="id").text
    steps = [(since, rate_bp) for since, rate_bp in FEE_BP.steps if since <= on]
    return Found(
        is_named and bool(steps),
        {
            "fee_bp": steps[-1][1] if steps else None,
            "since": str(steps[-1][0]) if steps else None,
            "on_help_page": is_named,
        },
    )


def prices_are_on_record(on: date) -> Found:
    """The changes of prices that are kept, and whether anybody could change that record."""
    kept = Change.objects.filter(kind=Kind.VARIANT, field="price_idr", happened_at__lt=end_of(on)).count()
    missing = [guard.name for guard in missing_guards() if guard.table == Change._meta.db_table]  # noqa: SLF001 - Django's documented API
    return Found(not missing, {"changes_of_prices": kept, "guards_missing": missing})


def _no_new_fee_since(since: date, on: date) -> Found:
    """Fees that began after the rule did: none, and nobody had to be asked or told."""
    new = [str(day) for day, _ in FEE_BP.steps if since <= day <= on]
    return Found(not new, {"fees": [[str(day), rate_bp] for day, rate_bp in FEE_BP.steps if day <= on], "new": new})


no_fee_without_consent = partial(_no_new_fee_since, CONSENT_SINCE)
no_fee_without_notice = partial(_no_new_fee_since, NOTICE_SINCE)


def money_is_kept(_on: date) -> Found:
    """The tables whose rows the database refuses to change, and those of money or trade that may be deleted."""
    kept = ("ledger_", "orders_", "payments_", "payouts_", "remittances_", "withholding_")
    deletable = [record.table for record in RECORDS if record.deletable and record.table.startswith(kept)]
    missing = sorted({guard.table for guard in missing_guards()})
    return Found(
        not missing and not deletable, {"tables": len(RECORDS), "unguarded": missing, "money_that_can_go": deletable}
    )
