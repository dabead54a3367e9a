"""A shop's returns: whose turn it is, and each with what the shop can do now."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.refund_return import accept_in_part, accept_return, approve_return
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.trade.complaints.queries import complaints_to_answer_by
from lapak.trade.returns import deciding, sending
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import (
    events_of_return,
    may_be_accepted_in_part,
    refund_of_return,
    return_counts_of_shop,
    return_for_seller,
    returns_of_shop,
)
from lapak.trade.returns.rules import WAIT_FOR_SHOP, ReturnState, may_move
from lapak.web.sell import questions
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.sell.orders import URGENT_WITHIN
from lapak.web.sell.return_forms import AcceptForm, DeclineForm, PartForm, SendAgainForm
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.forms import ReturnPicturesForm
from lapak.web.shell.posted import posted_from
from lapak.web.shell.stories import RETURN_FOR_SELLER, story_of_return

RETURNS_ON_A_PAGE = 25

TABS = {
    "shop": (gettext_lazy("Your turn"), WAIT_FOR_SHOP),
    "buyer": (gettext_lazy("The buyer's turn"), (ReturnState.APPROVED, ReturnState.DECLINED, ReturnState.SENT_AGAIN)),
    "lapak": (gettext_lazy("With Lapak"), (ReturnState.ESCALATED,)),
    "over": (gettext_lazy("Over"), (ReturnState.REFUNDED, ReturnState.CLOSED)),
}
"""By whose turn it is: what a seller wants to know first."""


@require_safe
@for_sellers(Duty.ORDERS)
def returns(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The shop's returns by whose turn it is: what runs out first, first; those that are over, newest first."""
    tab = request.GET.get("turn", "")
    tab = tab if tab in TABS else "shop"
    counts = return_counts_of_shop(shop)
    found = returns_of_shop(shop, TABS[tab][1])
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": [(name, label, sum(counts[state] for state in states)) for name, (label, states) in TABS.items()],
        "page": page_of(request, found if tab == "over" else found.order_by("act_by", "id"), RETURNS_ON_A_PAGE),
        "has_any": any(counts.values()),
        "complaints": complaints_to_answer_by(shop),
        "soon": clock.now() + URGENT_WITHIN,
    }
    return show(request, shop, "returns.html", context)


@require_safe
@for_sellers(Duty.ORDERS)
def return_page(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The return's page."""
    return _page(request, shop, _own(request, shop, return_id))


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_agreeing)
def approve(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The shop agrees; with `keep` in the form, the buyer keeps the goods and is refunded at once."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    keeps = "keep" in request.POST
    is_refunded = keeps or not own.waits_for_goods
    done = _("Agreed. The buyer is refunded.") if is_refunded else _("Agreed. The buyer sends the goods back.")
    carried_out(request, lambda: approve_return(seller, own.id, waives_goods=keeps), done)
    return redirect("sell_return", shop.slug, own.id)


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_declining)
def decline(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The shop says no, and why; without a reason the page asks for one."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    form = DeclineForm(request.POST)
    if carried_out(
        request,
        lambda: deciding.decline_return(seller, own.id, form.cleaned_data["words"]),
        _("Declined. The buyer reads why, and may let Lapak decide."),
        form,
    ):
        return redirect("sell_return", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, return_id), decline_form=form)


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
def receive(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The parcel is back at the shop."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    done = _("Noted. Please look at the goods now.")
    carried_out(request, lambda: sending.receive_return(seller, own.id), done)
    return redirect("sell_return", shop.slug, own.id)


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_accepting)
def accept(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The goods are as they should be: the buyer is refunded, and what can be sold again is stock."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    form = AcceptForm(request.POST, rows=own.lines.all())
    if carried_out(
        request, lambda: accept_return(seller, own.id, form.resellable), _("Accepted. The buyer is refunded."), form
    ):
        return redirect("sell_return", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, return_id), accept_form=form)


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
@questions.asked_first(questions.about_accepting_part)
def accept_part(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The shop takes some of the pieces back: the page of what is left of the return is next."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    form = PartForm(request.POST, rows=own.lines.all())
    if form.is_valid() and carried_out(
        request,
        lambda: accept_in_part(seller, own.id, form.pieces, form.cleaned_data["words"]),
        _("The buyer is refunded for these, and reads why not for the others."),
    ):
        rest = Return.objects.filter(rest_of=own.id).values_list("id", flat=True).first()
        return redirect("sell_return", shop.slug, rest or own.id)
    return _page(request, shop, _own(request, shop, return_id), part_form=form)


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
def shelve(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """What became of goods whose buyer has the money from their bank: so many are stock again."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    form = AcceptForm(request.POST, rows=own.lines.all())
    if form.is_valid() and carried_out(
        request, lambda: sending.shelve_kept_goods(seller, own.id, form.resellable), _("Noted. Your stock says so.")
    ):
        return redirect("sell_return", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, return_id), accept_form=form)


@posted_from("sell_return", "slug", "return_id")
@for_sellers(Duty.ORDERS)
def send_again(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> HttpResponse:
    """The goods are on their way to the buyer again; what is refused stays in its field to be corrected."""
    own, seller = _own(request, shop, return_id), signed_in(request)
    form = SendAgainForm(request.POST)
    if carried_out(
        request,
        lambda: sending.send_again(seller, own.id, **form.cleaned_data),
        _("Thank you. The order goes on when the buyer has the goods."),
        form,
    ):
        return redirect("sell_return", shop.slug, own.id)
    return _page(request, shop, _own(request, shop, return_id), send_form=form)


def _own(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> Return:
    """The return, if it is this very shop's."""
    return own_of_shop(request, shop, return_for_seller, return_id)


def _page(
    request: HttpRequest,
    shop: Shop,
    return_: Return,
    *,
    decline_form: DeclineForm | None = None,
    accept_form: AcceptForm | None = None,
    send_form: SendAgainForm | None = None,
    part_form: PartForm | None = None,
) -> HttpResponse:
    events = list(events_of_return(return_))
    context: dict[str, Any] = {
        "return": return_,
        "order": return_.order,
        "refund": refund_of_return(return_),
        "steps": story_of_return(return_, events, RETURN_FOR_SELLER),
        "objection": next((event for event in events if event.to_state == ReturnState.ESCALATED), None),
        "soon": clock.now() + URGENT_WITHIN,
        "may_decline": may_move(return_.state, ReturnState.DECLINED),
        "decline_form": decline_form or DeclineForm(),
        "may_accept_part": may_be_accepted_in_part(return_),
        "part_form": part_form or PartForm(rows=return_.lines.all()),
        "accept_form": accept_form or AcceptForm(rows=return_.lines.all()),
        "send_form": send_form or SendAgainForm(),
        "pictures_form": ReturnPicturesForm(),
    }
    return show(request, shop, "return.html", context)
