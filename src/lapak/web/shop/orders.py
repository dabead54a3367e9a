"""A buyer's orders: the list, and each with its way, its goods, its contract, and what the buyer can do now."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.pay_out import next_payout_run
from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.lib.numbers import filled
from lapak.lib.regions import PROVINCES
from lapak.money.payments.models import Refund
from lapak.money.payments.queries import attempts_to_pay, owed_to_buyer_idr, refunds_of_buyer, refunds_of_order
from lapak.money.payments.rules import Status
from lapak.people.users.models import User
from lapak.people.users.queries import bank_accounts_of_user
from lapak.trade.orders import reasons
from lapak.trade.orders.cancelling import ask_to_cancel
from lapak.trade.orders.carts import buy_again
from lapak.trade.orders.commands import claim_not_arrived
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import cancels_left, events_of_order, order_for_buyer, orders_of_buyer, was_declined
from lapak.trade.orders.redirecting import may_change_address
from lapak.trade.orders.rules import CANCELS_COUNT_FOR, State, is_over
from lapak.trade.shipping.queries import parcel_of_order
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.stories import FOR_BUYER, story_of_order
from lapak.web.shop.answers import SeeOther, private_page
from lapak.web.shop.returns import returns_on_order_page
from lapak.web.shop.reviews import reviews_on_order_page

ORDERS_ON_A_PAGE = 20

TABS: dict[str, tuple[Promise, tuple[State, ...]]] = {
    "": (gettext_lazy("All"), ()),
    "to-pay": (gettext_lazy("To pay"), (State.AWAITING_PAYMENT,)),
    "in-shop": (gettext_lazy("Being packed"), (State.TO_PACK, State.PACKED)),
    "on-the-way": (gettext_lazy("On the way"), (State.SHIPPED,)),
    "arrived": (gettext_lazy("Arrived"), (State.DELIVERED,)),
    "done": (gettext_lazy("Completed"), (State.COMPLETED,)),
    "refunded": (gettext_lazy("Refunded"), (State.REFUNDED,)),
    "cancelled": (gettext_lazy("Cancelled"), (State.CANCELLED,)),
}

OVER = frozenset({State.COMPLETED, State.REFUNDED, State.CANCELLED})
"""Where nothing more happens to an order, so that its goods may be wanted once more."""


@require_safe
@private_page
@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """The buyer's orders, newest first; `state` names a tab."""
    buyer, tab = signed_in(request), request.GET.get("state", "")
    states = TABS.get(tab, TABS[""])[1]
    context = {
        "page": page_of(request, orders_of_buyer(buyer, states), ORDERS_ON_A_PAGE),
        "tabs": [(name, title) for name, (title, _states) in TABS.items()],
        "tab": tab,
        "over": OVER,
        **_owed(buyer),
    }
    return render(request, "shop/orders.html", context)


@require_safe
@private_page
@login_required
def order(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """One order: where it stands, what is in it, and what can be done now."""
    own = _own_order(request, order_id)
    context = {
        "order": own,
        "address": own.address,
        "province": PROVINCES[own.address["province_code"]].name,
        "steps": story_of_order(own, events_of_order(own), FOR_BUYER),
        "parcel": parcel_of_order(own.id),
        "payment": attempts_to_pay(own.purchase_id).filter(status=Status.PAID).first(),
        "refunds": refunds_of_order(own.id, own.purchase_id),
        "has_bank_account": bank_accounts_of_user(signed_in(request)).exists(),
        "next_run": next_payout_run(),
        "answer_by": own.cancel_answer_by,
        "now": clock.now(),
        "reasons": [(name, words) for name, (words, _told) in reasons.BUYERS.items()],
        "is_over": own.state in OVER,
        "cancels_left": cancels_left(signed_in(request)) if own.state == State.TO_PACK else None,
        "cancels_count_days": CANCELS_COUNT_FOR.days,
        **_possible_acts(own),
        **returns_on_order_page(own),
        **reviews_on_order_page(own),
    }
    return render(request, "shop/order.html", context)


@require_safe
@private_page
@login_required
def contract(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The contract of the sale: the nine items of PP 80/2019 Art. 53, as they stood at purchase."""
    own = _own_order(request, order_id)
    return render(request, "shop/contract.html", {"order": own, "contract": own.contract})


@posted_from("order", "order_id")
@private_page
@login_required
def cancel(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """Unpaid: the whole purchase is cancelled. Paid: the order is, at once. Packed: the shop is asked. `why` is one of
    `trade/orders/reasons.py`."""
    own, buyer = _own_order(request, order_id), signed_in(request)
    why = reasons.BUYERS.get(request.POST.get("why", ""), reasons.BUYERS[reasons.OTHER])[1]
    match own.state:
        case State.AWAITING_PAYMENT:
            done = _("The purchase is cancelled. Nothing was charged.")
            carried_out(request, lambda: cancel_unpaid_purchase(buyer, own.purchase_id, why), done)
        case State.TO_PACK:
            done = _("The order is cancelled. Everything you paid for it is owed back to you.")
            carried_out(request, lambda: cancel_paid_order(buyer, own.id, why), done)
        case _state:
            hours = own.cancel_answer_within_hours
            asked = _("We have asked the shop. If it says nothing within {most} hours, the order is cancelled.")
            carried_out(request, lambda: ask_to_cancel(buyer, own.id, why), str(filled(asked, most=hours)))
    return SeeOther(reverse("order", args=[own.id]))


@posted_from("order", "order_id")
@private_page
@login_required
def receive(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The buyer has the goods and is content."""
    own, buyer = _own_order(request, order_id), signed_in(request)
    done = _("Thank you. The order is completed, and the shop gets its money.")
    carried_out(request, lambda: confirm_receipt(buyer, own.id), done)
    return SeeOther(reverse("order", args=[own.id]))


@posted_from("order", "order_id")
@private_page
@login_required
def again(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The same goods once more: they lie in the cart."""
    buyer = signed_in(request)
    carried_out(request, lambda: buy_again(buyer, order_id), _("It is in your cart."))
    return SeeOther(reverse("cart"))


@require_safe
@private_page
@login_required
def refunds(request: HttpRequest) -> HttpResponse:
    """Everything the buyer got back or is to get back, the newest first, and where each is."""
    buyer = signed_in(request)
    context = {
        "page": page_of(request, refunds_of_buyer(buyer.pk), ORDERS_ON_A_PAGE),
        "has_bank_account": bank_accounts_of_user(buyer).exists(),
        "next_run": next_payout_run(),
    }
    return render(request, "shop/refunds.html", context)


@posted_from("order", "order_id")
@private_page
@login_required
def claim(request: HttpRequest, order_id: uuid.UUID) -> HttpResponse:
    """The parcel has not arrived in its time."""
    own, buyer = _own_order(request, order_id), signed_in(request)
    done = _("Thank you. Lapak finds out and decides; your money stays where it is.")
    carried_out(request, lambda: claim_not_arrived(buyer, own.id), done)
    return SeeOther(reverse("order", args=[own.id]))


def _own_order(request: HttpRequest, order_id: uuid.UUID) -> Order:
    return order_for_buyer(signed_in(request), order_id)


def _possible_acts(order: Order) -> dict[str, bool]:
    """Which buttons the page has: what its command would not refuse now."""
    is_asking = order.cancel_asked_at is not None
    return {
        "can_pay": order.state == State.AWAITING_PAYMENT,
        "can_change_address": may_change_address(order),
        "can_cancel": order.state in {State.AWAITING_PAYMENT, State.TO_PACK} and not order.disputed_at,
        "can_ask_to_cancel": order.state == State.PACKED
        and not (is_asking or order.handed_over_at or was_declined(order)),
        "can_confirm": order.state in {State.SHIPPED, State.DELIVERED} and not order.disputed_at,
        "can_claim": order.state == State.SHIPPED
        and order.not_arrived_at is None
        and is_over(order.arrive_by, clock.now()),
    }


def _owed(buyer: User) -> dict[str, object]:
    """What we owe the buyer back, by the way it goes, and whether we know where to send it."""
    owed_idr = owed_to_buyer_idr(buyer.pk)
    return {
        "owed_idr": sum(owed_idr.values()),
        "by_gateway_idr": owed_idr.get(Refund.Route.GATEWAY, 0),
        "by_bank_idr": owed_idr.get(Refund.Route.BANK, 0),
        "has_bank_account": bool(owed_idr) and bank_accounts_of_user(buyer).exists(),
    }
