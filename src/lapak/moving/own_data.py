"""A user's own file: what they bought here and said of it, and, of a creator, what they promoted and earned (creators_data.py).
UU 27/2022 Art. 7 and 13: whom data are about gets a copy, in a form that machines read."""

import uuid
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from lapak.affiliates.known_clicks.queries import known_clicks
from lapak.affiliates.models import Creator, Link
from lapak.affiliates.token import ClickToken
from lapak.moderation.models import CaseReport
from lapak.moving.creators_data import lists_of_creator
from lapak.moving.outgoing import same
from lapak.moving.seal import Seal
from lapak.moving.written import Line, Text
from lapak.people.users.models import User
from lapak.trade.complaints.models import Complaint, ComplaintEvent
from lapak.trade.orders.models import Order
from lapak.trade.reviews.models import Review

_AT_ONCE = 500
_MOMENTS = ("placed_at", "paid_at", "shipped_at", "delivered_at", "completed_at", "cancelled_at")
_ADDRESS = ("recipient", "phone", "street", "district", "city", "province_code", "postal_code")
_ORDERS = (
    "order_id", "number", "shop", "state", *_MOMENTS, *_ADDRESS, "courier", "goods_idr", "shipping_idr",
    "refunded_goods_idr", "refunded_shipping_idr", "product_name", "options", "quantity", "refunded_quantity",
    "unit_price_idr", "paid_idr",
)  # fmt: skip
_REVIEWS = (
    "order_id", "product_name", "stars", "words", "written_at", "changed_at", "answer", "answered_at", "hidden_because",
)  # fmt: skip
_COMPLAINTS = ("number", "order_id", "topic", "channel", "state", "happened_at", "said_by_you", "words")
_REPORTS = ("number", "title", "reason", "words", "reported_at", "state")
_CLICKS = ("link", "clicked_at")


def write_own_data(user: User, to: IO[bytes]) -> dict[str, int]:
    """The zip has all orders, reviews, complaints and reports of the user, the clicks that are known of them, and of a creator
    all that is theirs; it is sealed (seal.py). Answers how many rows each list has."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        seal = Seal(archive)

        def add(name: str, columns: Sequence[str], lines: Iterator[Line]) -> None:
            Text(f"{name}.csv", marks_utf8=True).write(same(*columns)(()), iter([_counted(lines, name)]), seal.open)

        def _counted(lines: Iterator[Line], name: str) -> Iterator[Line]:
            counts[name] = 0
            for line in lines:
                counts[name] += 1
                yield line

        add("orders", _ORDERS, _orders(user))
        if Review.objects.filter(author=user).exists():
            add("reviews", _REVIEWS, _reviews(user))
        if Complaint.objects.filter(author=user).exists():
            add("complaints", _COMPLAINTS, _complaints(user))
        if CaseReport.objects.filter(reporter=user).exists():
            add("reports", _REPORTS, _reports(user))
        if known := known_clicks(user):
            add("clicks", _CLICKS, _clicks(known))
        if creator := Creator.objects.filter(user=user).first():
            for own_list in lists_of_creator(creator):
                add(*own_list)
        seal.close({})
    return counts


def _orders(user: User) -> Iterator[Line]:
    """A row for each piece of goods ordered, the oldest first."""
    orders = Order.objects.filter(buyer=user).order_by("placed_at", "id")
    for order in orders.select_related("purchase", "shop").prefetch_related("lines").iterator(_AT_ONCE):
        of_order: dict[str, object] = {
            "order_id": str(order.id),
            "number": order.number,
            "shop": order.shop.name,
            "state": order.state,
            **{name: getattr(order, name) for name in _MOMENTS},
            **{name: order.address.get(name, "") for name in _ADDRESS},
            "courier": order.courier,
            "goods_idr": order.goods_idr,
            "shipping_idr": order.shipping_idr,
            "refunded_goods_idr": order.refunded_goods_idr,
            "refunded_shipping_idr": order.refunded_shipping_idr,
        }
        for line in order.lines.all():
            yield of_order | {
                "product_name": line.title,
                "options": line.option_label,
                "quantity": line.quantity,
                "refunded_quantity": line.refunded_quantity,
                "unit_price_idr": line.unit_price_idr,
                "paid_idr": line.paid_idr,
            }


def _reviews(user: User) -> Iterator[Line]:
    """Each as it stands, hidden or not, the oldest first."""
    written = Review.objects.filter(author=user).select_related("line").order_by("written_at", "id")
    for review in written.iterator(_AT_ONCE):
        yield {
            "order_id": str(review.line.order_id),
            "product_name": review.line.title,
            **{name: getattr(review, name) for name in _REVIEWS[2:]},
            "answer": review.shown_answer,
        }


def _complaints(user: User) -> Iterator[Line]:
    """A row for each step of each, the oldest first; what was said at the first is the complaint itself."""
    steps = (
        ComplaintEvent.objects.filter(complaint__author=user).select_related("complaint").order_by("happened_at", "id")
    )
    begun = set[uuid.UUID]()
    for step in steps.iterator(_AT_ONCE):
        complaint = step.complaint
        is_first = complaint.id not in begun
        begun.add(complaint.id)
        yield {
            "number": complaint.number,
            "order_id": str(complaint.order_id or ""),
            "topic": complaint.topic,
            "channel": complaint.channel,
            "state": step.state,
            "happened_at": step.happened_at,
            "said_by_you": is_first or step.actor_id == user.id,
            "words": complaint.words if is_first else step.words,
        }


def _reports(user: User) -> Iterator[Line]:
    """What they reported, and what came of it, the oldest first."""
    sent = CaseReport.objects.filter(reporter=user).select_related("case").order_by("reported_at", "id")
    for report in sent.iterator(_AT_ONCE):
        yield {
            "number": report.case.number,
            "title": report.case.title,
            "reason": report.reason,
            "words": report.words,
            "reported_at": report.reported_at,
            "state": report.case.state,
        }


def _clicks(known: Sequence[ClickToken]) -> Iterator[Line]:
    """What they are known to have clicked, the newest first."""
    codes = dict(Link.objects.filter(id__in=[click.link_id for click in known]).values_list("id", "code"))
    for click in known:
        yield {"link": codes.get(click.link_id, ""), "clicked_at": click.clicked_at}
