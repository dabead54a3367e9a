"""Words, names and files that stand in columns of their own, are emptied as they are, and leave the rest of their row alone:
for outlived.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lapak.affiliates.integrity.models import AccountEvent, Closing, Finding
from lapak.affiliates.posts.models import Post, PostEvent
from lapak.affiliates.profiles.models import ChannelEvent
from lapak.affiliates.samples.models import Sample, SampleEvent
from lapak.compliance.retention import Keep
from lapak.lib.ids import first_id_at
from lapak.money.fees.models import Consent, ConsentEvent
from lapak.money.payments.models import Dispute, DisputeAmendment, LateWin
from lapak.money.payouts.models import HoldRelease, PayoutBatch
from lapak.money.taxes.models import Letter, Taxpayer, Withholding
from lapak.trade.orders.models import OrderContract

ALL = Q()


@dataclass(frozen=True, slots=True)
class Words:
    """Columns that are empty ("") once the row's moment is so long ago, of the rows `of` which it is over."""

    keep: Keep
    model: type[Model]
    moment: str
    columns: tuple[str, ...]
    of: Q = ALL
    file: str = ""
    """Which of the columns names a file, that goes too."""

    def rows(self, before: datetime) -> "QuerySet[Any, Any]":
        """In which something still stands."""
        made = self.model._default_manager.filter(pk__lt=first_id_at(before))  # noqa: SLF001 - Django's API
        old = made.filter(self.of, **{f"{self.moment}__lt": before})
        return old.exclude(**self.empty)

    @property
    def empty(self) -> dict[str, str]:
        """As they stand afterwards."""
        return dict.fromkeys(self.columns, "")


_WITHHELD_SINCE = Withholding.objects.filter(shop=OuterRef("pk"), tax_number=OuterRef("number")).exclude(tax_number="")
_SOLD_SINCE = OrderContract.objects.filter(shop_id=OuterRef("pk")).exclude(body={})
"""Orders are put away in their own time, and before whose they were."""

WORDS: Mapping[str, Words] = {
    "disputes": Words(
        Keep.FINANCE, Dispute, "ended_at", ("reason", "evidence", "concession", "resolution"), Q(ended_at__isnull=False)
    ),
    "dispute_amendments": Words(Keep.FINANCE, DisputeAmendment, "amended_at", ("reason",)),
    "late_wins": Words(Keep.FINANCE, LateWin, "resolved_at", ("words",)),
    "payout_files": Words(Keep.FINANCE, PayoutBatch, "dispatched_at", ("file",), file="file"),
    "hold_releases": Words(Keep.FINANCE, HoldRelease, "asked_at", ("words",)),
    "tax_letters": Words(
        Keep.FINANCE, Letter, "last_day", ("file", "number", "reason"), ~Q(state=Letter.State.ASKED), "file"
    ),
    "taxes_withheld": Words(Keep.FINANCE, Withholding, "withheld_at", ("tax_name", "tax_number")),
    "taxpayers": Words(
        Keep.FINANCE,
        Taxpayer,
        "changed_at",
        ("name", "number"),
        Q(shop__is_open=False) & ~Q(Exists(_WITHHELD_SINCE)) & ~Q(Exists(_SOLD_SINCE)),
    ),
    "fee_objections": Words(Keep.FINANCE, Consent, "agreed_at", ("objection", "answer")),
    "fee_consent_events": Words(Keep.FINANCE, ConsentEvent, "happened_at", ("words",)),
    "appeals": Words(Keep.TRADE, Finding, "found_at", ("appeal",), Q(act_by=None)),
    "closings": Words(Keep.TRADE, Closing, "proposed_at", ("words",)),
    "account_events": Words(Keep.TRADE, AccountEvent, "happened_at", ("words",)),
    "channel_events": Words(Keep.TRADE, ChannelEvent, "happened_at", ("words",)),
    "samples": Words(Keep.TRADE, Sample, "asked_at", ("words", "place", "reason", "tracking_number"), Q(act_by=None)),
    "sample_events": Words(Keep.TRADE, SampleEvent, "happened_at", ("words",)),
    "posts": Words(Keep.TRADE, Post, "taken_at", ("reason", "objection"), Q(act_by=None)),
    "post_events": Words(Keep.TRADE, PostEvent, "happened_at", ("words",)),
}
"""By a name that the report of the law shows."""
