"""A fact that people are told, and the words and pages that several share."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.people.notices.rules import Reader, Topic


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of thing that happens, as one kind of reader is told it."""

    code: str
    topic: Topic
    page: tuple[str, ...]
    says: Promise
    act: Promise
    more: "Promise | str" = ""
    until: "Promise | str" = ""
    by_mail: bool = True
    read_as: Reader = Reader.BUYER


ORDER = ("order", "order_id")
RETURN = ("return", "return_id")
REFUNDS = ("refunds",)
SEE_ORDER = _("See the order")
SEE_RETURN = _("See the return")
SEE_SAMPLE = _("See the sample")
SEE_POST = _("See the post")
SEE_MONEY = _("See where the money is")
ADD_ACCOUNT = _("Add a bank account")
SEE_INSTEAD = {
    "order": SEE_ORDER,
    "sell_order": SEE_ORDER,
    "return": SEE_RETURN,
    "sell_return": SEE_RETURN,
    "create_sample": SEE_SAMPLE,
    "sell_sample": SEE_SAMPLE,
    "create_post": SEE_POST,
    "sell_post": SEE_POST,
}
"""What can still be done on a page once the time for the act is over."""
LOOK_AT_IT = _("Look at it")
RELEASED_BY_TWO = _("Two of us have agreed to it. If none of you asked for that, write to us at once.")
WAIT_UNTIL = _("Payouts to it wait until %(deadline)s.")
LAPAK_DECIDES = _("Lapak decides by %(deadline)s.")
CLOSING = ("closing",)
SEE_CLOSING = _("See what that means")
REVIEW_HIDDEN = _("A review of %(goods)s is hidden by Lapak")
REVIEW_SHOWN = _("A review of %(goods)s is shown again")
READ_WHY = _("Read why")
