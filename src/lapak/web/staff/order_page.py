"""The operator's page of an order: where it stands, whose it is, what was paid and went back, and what happened."""

from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from lapak.affiliates.contenders.queries import contenders_of_lines
from lapak.affiliates.queries import commissions_of_order
from lapak.lib.regions import PROVINCES
from lapak.money.payments.queries import attempts_to_pay, disputes_of_order, refunds_of_order
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import events_of_order
from lapak.trade.returns.queries import returns_of_order
from lapak.trade.shipping.models import Service
from lapak.trade.shipping.queries import parcel_of_order
from lapak.web.shell.stories import FOR_OPERATOR, story_of_order


def about_order(order: Order) -> dict[str, Any]:
    """What the page tells besides the order's own columns; of a story's steps, also whose each was."""
    parcel = parcel_of_order(order.id)
    address = order.address
    events = list(events_of_order(order).select_related("actor"))
    steps = story_of_order(order, events, FOR_OPERATOR, parcel)
    lines = list(order.lines.all())
    contenders = contenders_of_lines([line.id for line in lines])
    return {
        "order": order,
        "lines": lines,
        "contenders": [(line, contenders[line.id]) for line in lines if contenders[line.id]],
        "story": zip_longest(steps, [event.actor or _("the clock") for event in events]),
        "address": address | {"province": PROVINCES[address["province_code"]].name},
        "parcel": parcel,
        "service": Service.objects.filter(code=order.shipping_service).first(),
        "payments": attempts_to_pay(order.purchase_id),
        "refunds": refunds_of_order(order.id, order.purchase_id),
        "returns": returns_of_order(order),
        "disputes": disputes_of_order(order.id),
        "commissions": commissions_of_order(order.id),
    }
