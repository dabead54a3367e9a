"""What a state looks like and is called, for each who reads it: one table for all screens.

A word is the model's own unless a reader has another: a shop's task is no task of its buyer's.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = str | Promise


class Reader(StrEnum):
    """Who looks at it."""

    BUYER = "buyer"
    SELLER = "seller"
    CREATOR = "creator"
    OPERATOR = "operator"


class Tone(StrEnum):
    """What a colour says: well, wait or look, bad, on its way, over."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Look:
    """A state's tone, and who calls it otherwise than its model."""

    tone: Tone
    buyer: Words = ""
    seller: Words = ""
    creator: Words = ""
    operator: Words = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing's state as one reader sees it."""

    tone: Tone
    words: Words


LOOKS: dict[str, dict[str, Look]] = {
    "orders.order": {
        "awaiting_payment": Look(Tone.WARN),
        "to_pack": Look(Tone.INFO, buyer=pgettext_lazy("order, buyer", "being prepared")),
        "packed": Look(Tone.INFO, buyer=pgettext_lazy("order, buyer", "ready to be sent")),
        "shipped": Look(Tone.INFO),
        "delivered": Look(Tone.GOOD),
        "completed": Look(Tone.GOOD),
        "refunded": Look(Tone.GOOD, buyer=pgettext_lazy("order, buyer", "money comes back to you")),
        "cancelled": Look(Tone.BAD),
    },
    "returns.return": {
        "asked": Look(Tone.WARN, buyer=pgettext_lazy("return, buyer", "the shop is asked")),
        "declined": Look(Tone.BAD, buyer=pgettext_lazy("return, buyer", "declined by the shop")),
        "escalated": Look(Tone.WARN),
        "approved": Look(Tone.INFO, seller=pgettext_lazy("return, seller", "the buyer is to send it")),
        "sent_back": Look(Tone.INFO),
        "arrived": Look(
            Tone.INFO,
            buyer=pgettext_lazy("return, buyer", "the shop is looking at it"),
            seller=pgettext_lazy("return, seller", "to be inspected"),
        ),
        "send_again": Look(
            Tone.WARN,
            buyer=pgettext_lazy("return, buyer", "comes to you again"),
            seller=pgettext_lazy("return, seller", "to be sent again"),
        ),
        "sent_again": Look(Tone.INFO, buyer=pgettext_lazy("return, buyer", "on its way to you again")),
        "refunded": Look(Tone.GOOD, buyer=pgettext_lazy("return, buyer", "money comes back to you")),
        "closed": Look(Tone.QUIET),
    },
    "payments.paymentintent": {
        "pending": Look(Tone.WARN),
        "paid": Look(Tone.GOOD),
        "expired": Look(Tone.BAD),
        "failed": Look(Tone.BAD),
    },
    "payments.refund": {
        "owed": Look(Tone.WARN, buyer=pgettext_lazy("refund, buyer", "to be sent")),
        "sent": Look(Tone.INFO),
        "arrived": Look(Tone.GOOD),
        "failed": Look(Tone.BAD),
    },
    "payments.dispute": {
        "opened": Look(Tone.WARN, seller=pgettext_lazy("dispute, seller", "Lapak answers the bank")),
        "answered": Look(Tone.INFO),
        "won": Look(Tone.GOOD),
        "lost": Look(Tone.BAD),
    },
    "payouts.payout": {
        "sent": Look(Tone.INFO),
        "confirmed": Look(Tone.GOOD),
        "failed": Look(Tone.BAD),
        "returned": Look(Tone.BAD),
    },
    "notices.mail": {
        "waiting": Look(Tone.INFO),
        "sent": Look(Tone.GOOD),
        "failed": Look(Tone.BAD),
    },
    "affiliates.commission": {
        "pending": Look(Tone.WARN),
        "payable": Look(Tone.INFO),
        "paid": Look(Tone.GOOD),
        "frozen": Look(Tone.BAD),
        "reversed": Look(Tone.BAD),
    },
    "affiliates.creatorinvitation": {
        "open": Look(Tone.WARN),
        "accepted": Look(Tone.GOOD),
        "declined": Look(Tone.QUIET),
        "withdrawn": Look(Tone.QUIET),
        "lapsed": Look(Tone.QUIET),
    },
    "integrity.finding": {
        "open": Look(Tone.WARN),
        "upheld": Look(Tone.BAD, creator=pgettext_lazy("finding, creator", "you can object")),
        "appealed": Look(Tone.INFO, creator=pgettext_lazy("finding, creator", "your objection is looked at")),
        "lifted": Look(Tone.GOOD),
        "final": Look(Tone.BAD),
    },
    "moderation.case": {
        "open": Look(Tone.WARN, buyer=pgettext_lazy("case, buyer", "we are looking at it")),
        "dismissed": Look(Tone.QUIET, buyer=pgettext_lazy("case, buyer", "it stays")),
        "upheld": Look(
            Tone.BAD,
            buyer=pgettext_lazy("case, buyer", "we have acted"),
            seller=pgettext_lazy("case, seller", "you can object"),
        ),
        "appealed": Look(
            Tone.INFO,
            buyer=pgettext_lazy("case, buyer", "we have acted"),
            operator=pgettext_lazy("case, operator", "objected to, to be decided"),
        ),
        "lifted": Look(Tone.GOOD, buyer=pgettext_lazy("case, buyer", "it stays")),
        "final": Look(Tone.BAD, buyer=pgettext_lazy("case, buyer", "we have acted")),
        "ended": Look(Tone.QUIET, buyer=pgettext_lazy("case, buyer", "we have acted")),
        "hidden": Look(Tone.BAD, buyer=pgettext_lazy("case, buyer", "we have acted")),
    },
    "profiles.channel": {
        "named": Look(Tone.WARN, creator=pgettext_lazy("channel, creator", "to be confirmed by a code")),
        "asked": Look(Tone.INFO, creator=pgettext_lazy("channel, creator", "we are looking at it")),
        "confirmed": Look(Tone.GOOD),
        "declined": Look(Tone.BAD),
        "removed": Look(Tone.QUIET),
    },
    "complaints.complaint": {
        "with_shop": Look(Tone.WARN, seller=pgettext_lazy("complaint, seller", "to be answered")),
        "shop_answered": Look(
            Tone.INFO,
            buyer=pgettext_lazy("complaint, buyer", "the shop has answered you"),
            seller=pgettext_lazy("complaint, seller", "you have answered"),
        ),
        "with_lapak": Look(Tone.WARN),
        "overdue": Look(Tone.BAD),
        "answered": Look(Tone.GOOD),
        "settled": Look(Tone.GOOD),
        "withdrawn": Look(Tone.QUIET),
    },
    "samples.sample": {
        "asked": Look(
            Tone.WARN,
            seller=pgettext_lazy("sample, seller", "to be answered"),
            creator=pgettext_lazy("sample, creator", "the shop is asked"),
        ),
        "approved": Look(
            Tone.INFO,
            seller=pgettext_lazy("sample, seller", "to be sent"),
            creator=pgettext_lazy("sample, creator", "agreed, the shop sends it"),
        ),
        "sent": Look(Tone.INFO),
        "arrived": Look(
            Tone.WARN,
            seller=pgettext_lazy("sample, seller", "arrived, to be shown"),
            creator=pgettext_lazy("sample, creator", "to be shown by you"),
        ),
        "posted": Look(Tone.GOOD),
        "unposted": Look(Tone.BAD),
        "declined": Look(Tone.BAD),
        "withdrawn": Look(Tone.QUIET),
        "called_off": Look(Tone.BAD),
        "lapsed": Look(Tone.QUIET),
        "not_arrived": Look(Tone.BAD),
        "ended": Look(Tone.QUIET),
    },
    "posts.postoffer": {
        "open": Look(Tone.GOOD),
        "ended": Look(Tone.QUIET),
        "withdrawn": Look(Tone.QUIET),
    },
    "posts.post": {
        "taken": Look(Tone.WARN, creator=pgettext_lazy("post, creator", "to be posted by you")),
        "handed_in": Look(
            Tone.INFO,
            seller=pgettext_lazy("post, seller", "to be checked"),
            creator=pgettext_lazy("post, creator", "the shop looks at it"),
        ),
        "declined": Look(Tone.BAD),
        "escalated": Look(Tone.INFO),
        "approved": Look(Tone.GOOD),
        "payable": Look(
            Tone.GOOD,
            seller=pgettext_lazy("post, seller", "paid for"),
            creator=pgettext_lazy("post, creator", "in your balance"),
        ),
        "paid": Look(Tone.GOOD),
        "given_up": Look(Tone.QUIET),
        "lapsed": Look(Tone.QUIET),
        "denied": Look(Tone.BAD),
    },
    "catalogue.product": {
        "draft": Look(Tone.QUIET),
        "published": Look(Tone.GOOD),
        "archived": Look(Tone.QUIET),
    },
    "moving.upload": {
        "looking": Look(Tone.INFO),
        "unclear": Look(Tone.WARN),
        "planned": Look(Tone.WARN),
        "moving": Look(Tone.INFO),
        "done": Look(Tone.GOOD),
        "refused": Look(Tone.BAD),
        "stopped": Look(Tone.BAD),
        "undone": Look(Tone.QUIET),
    },
    "moving.takeout": {
        "making": Look(Tone.INFO),
        "ready": Look(Tone.GOOD),
        "failed": Look(Tone.BAD),
        "gone": Look(Tone.QUIET),
    },
    "procrastinate.procrastinatejob": {
        "todo": Look(Tone.WARN),
        "doing": Look(Tone.INFO),
        "succeeded": Look(Tone.GOOD),
        "failed": Look(Tone.BAD),
        "cancelled": Look(Tone.QUIET),
        "aborted": Look(Tone.BAD),
    },
}
"""By model (`app.model`) and the value of its `state` or `status`."""


def field_of(model: type[Model]) -> str:
    """The field that holds the state of such a thing."""
    return "state" if hasattr(model, "state") else "status"


def shown(thing: Model, reader: Reader) -> Shown:
    """How this reader sees the thing's state."""
    field = field_of(type(thing))
    look = LOOKS[thing._meta.label_lower][getattr(thing, field)]  # noqa: SLF001 - Django's public name for it
    own: Words = getattr(thing, f"get_{field}_display")()
    return Shown(look.tone, getattr(look, reader) or own)
