"""Where people leave a row with its moment: by what is known of whose data were in the hands of others, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.withholding.models import Slip
from lapak.lib.clock import WIB
from lapak.lib.days import begin_of
from lapak.moderation.models import CaseReport
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payouts.models import Payout
from lapak.moving.models import Takeout, Upload
from lapak.people.users.models import Session, User
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.trade.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Trace:
    """A table, by which of its columns a user is found, and the column of the moment."""

    says: Promise
    rows: type[Model]
    user: str
    moment: str

    def users(self, first: date, last: date) -> "QuerySet[Model, dict[str, object]]":
        """The ids of users with a row from the first day to the last, in Jakarta."""
        span = {
            f"{self.moment}__gte": begin_of(first, WIB),
            f"{self.moment}__lt": begin_of(last + timedelta(days=1), WIB),
        }
        rows = self.rows._default_manager.filter(**span)  # noqa: SLF001 - Django's documented API
        return rows.exclude(**{self.user: None}).values(of_user=F(self.user))


TRACES: Mapping[str, Trace] = {
    "joined": Trace(_("who joined"), User, "id", "joined_at"),
    "sessions": Trace(_("who signed in"), Session, "user_id", "begun_at"),
    "orders": Trace(_("who ordered"), Order, "buyer_id", "placed_at"),
    "shop_orders": Trace(_("who works for a shop that was ordered from"), Order, "shop__members__user_id", "placed_at"),
    "payments": Trace(_("who was to pay"), PaymentIntent, "buyer_id", "created_at"),
    "refunds": Trace(_("who is owed a refund"), Refund, "buyer_id", "owed_at"),
    "payouts": Trace(_("who was paid out"), Payout, "bank_account__user_id", "created_at"),
    "returns": Trace(_("who returned something"), Return, "order__buyer_id", "asked_at"),
    "complaints": Trace(_("who complained"), Complaint, "author_id", "lodged_at"),
    "page_reports": Trace(_("who reported a page"), CaseReport, "reporter_id", "reported_at"),
    "reviews": Trace(_("who reviewed something"), Review, "author_id", "written_at"),
    "slips": Trace(_("for whom taxes were withheld"), Slip, "of__creator__user_id", "issued_at"),
    "uploads": Trace(_("who brought files of another platform"), Upload, "by_id", "given_at"),
    "takeouts": Trace(_("who took files along"), Takeout, "by_id", "asked_at"),
}
"""By code, which stands in the database for ever."""
