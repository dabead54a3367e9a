"""Taxes that Lapak withholds, owes and hands over."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Sum

from lapak.books.checks import all_checks
from lapak.books.findings import look_at
from lapak.compliance.proofs.days import end_of
from lapak.compliance.rules import Found
from lapak.lib.clock import WIB
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.remittances.queries import dues
from lapak.money.taxes.pph22_rules import PPH22_BP
from lapak.money.taxes.queries import pph22_bp
from lapak.money.taxes.rules import owes_vat

TAXABLE_ABOVE_IDR = 4_800_000_000
"""A year's turnover from which an entrepreneur must be a taxable one (PMK 197/2013)."""


def books_agree(*names: str) -> Callable[[date], Found]:
    """The books' own checks of these names, gone through now, find no difference."""

    def look(_on: date) -> Found:
        checks = [check for check in all_checks() if check.name in names]
        found = look_at(checks)
        differing = [each.subject for each in found.shown]
        return Found(
            len(checks) == len(names) and not differing,
            {"checks": list(names), "rows": found.checked, "differences": len(differing), "such_as": differing[:5]},
        )

    return look


def pph22_is_withheld(on: date) -> Found:
    """What is withheld from goods that are paid on that day."""
    rate_bp, asked_bp = pph22_bp(on), PPH22_BP.on(max(on, PPH22_BP.steps[0][0]))
    return Found(rate_bp == asked_bp, {"withheld_bp": rate_bp, "asked_bp": asked_bp})


def vat_when_it_is_due(on: date) -> Found:
    """What Lapak earned in fees in that day's year until then, and whether it takes VAT on them."""
    begin = datetime.combine(on.replace(month=1, day=1), time.min, WIB)
    earned = Transfer.objects.filter(
        credit_account__kind=AccountKind.PLATFORM_FEE, posted_at__gte=begin, posted_at__lt=end_of(on), reversal=None
    ).aggregate(idr=Sum("amount_idr", default=0))["idr"]
    takes_vat = owes_vat(on, settings.TAXABLE_SINCE)
    return Found(
        takes_vat or earned <= TAXABLE_ABOVE_IDR,
        {"fees_of_the_year_idr": earned, "taxable_above_idr": TAXABLE_ABOVE_IDR, "takes_vat": takes_vat},
    )


def nothing_is_late(on: date) -> Found:
    """Taxes that are owed now and whose last day is over on that day."""
    late = [due for due in dues() if due.due_on is not None and due.due_on < on]
    return Found(
        not late, {"late": [{"tax": str(due.kind), "idr": due.balance_idr, "due_on": str(due.due_on)} for due in late]}
    )
