"""A shop's money: what is owed to it, what is held for open orders, what is on its way; every figure opens."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.affiliates.posts.models import PostOffer
from lapak.affiliates.posts.postings import held_account
from lapak.affiliates.posts.queries import offers_of_shop, transfers_of_offer
from lapak.flows.pay_out import next_payout_run
from lapak.lib.ids import number_of
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balances_idr, facts_of_account, transfers_of_reference
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.holds import hold_of
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.payouts.queries import in_transit_idr, payouts_of_account
from lapak.people.shops.commands import set_payout_account
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.queries import bank_accounts_of_user
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import order_ids_by_payment, order_of_reference, transfers_of_order
from lapak.trade.returns.queries import held_back_idr
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.share import share_of_order
from lapak.web.shell import books
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.forms import PayoutAccountForm

ROWS_ON_A_PAGE = 30


def payable(shop: Shop) -> AccountKey:
    """The account of what is owed to the shop."""
    return AccountKey(AccountKind.SELLER_PAYABLE, str(shop.id))


def escrow(shop: Shop) -> AccountKey:
    """The account of what buyers paid for the shop's open orders."""
    return AccountKey(AccountKind.ORDER_ESCROW, str(shop.id))


def figures(shop: Shop) -> dict[str, Any]:
    """The shop's three sums, and when the next payout leaves."""
    held = balances_idr([payable(shop), escrow(shop)])
    return {
        "balance_idr": held[payable(shop)],
        "held_idr": held[escrow(shop)],
        "in_transit_idr": in_transit_idr(payable(shop)),
        "next_payout_at": next_payout_run(),
        "waits_idr": held_back_idr([shop.id]).get(shop.id, 0),
        "smallest_idr": SMALLEST_PAYOUT_IDR[AccountKind.SELLER_PAYABLE],
        "held_until": hold_of(payable(shop), shop.bank_account_changed_at),
    }


@require_safe
@for_sellers(Duty.MONEY)
def balance(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The statement of what is owed to the shop."""
    return _statement(request, shop, payable(shop), "balance")


@require_safe
@for_sellers(Duty.MONEY)
def held(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The statement of what is held for open orders."""
    return _statement(request, shop, escrow(shop), "held")


@require_safe
@for_sellers(Duty.MONEY)
def payouts(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Every payout to the shop, newest first."""
    page = page_of(request, payouts_of_account(payable(shop)), ROWS_ON_A_PAGE)
    return show(request, shop, "payouts.html", {**figures(shop), "tab": "payouts", "page": page})


@require_safe
@for_sellers(Duty.MONEY)
def transfers(request: HttpRequest, shop: Shop, reference: uuid.UUID) -> HttpResponse:
    """Where a figure comes from: an order's money from the buyer to everyone, the fees of an offer for posts, or a payout's
    way to the bank."""
    own_order = order_of_reference(shop, reference)
    if own_order is not None:
        if own_order.id != reference:
            return redirect("sell_transfers", shop.slug, own_order.id)
        return _transfers_of_order(request, shop, own_order)
    if offer := offers_of_shop(shop).filter(id=reference).first():
        return _transfers_of_offer(request, shop, offer)
    payout = payouts_of_account(payable(shop)).filter(id=reference).first()
    if payout is None:
        raise Http404
    booked = transfers_of_reference(payout.id)
    context = {
        "payout": payout,
        "sheet": books.sheet(_("Your balance"), payable(shop), booked),
        "transfers": booked,
    }
    return show(request, shop, "transfers_of_payout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.OWNERSHIP)
def bank_account(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Choose where the shop is paid, among the seller's own bank accounts."""
    user = signed_in(request)
    form = PayoutAccountForm(
        request.POST or None, accounts=bank_accounts_of_user(user), initial={"account": shop.bank_account_id}
    )
    if carried_out(
        request,
        lambda: set_payout_account(user, shop.id, form.cleaned_data["account"]),
        _("From now on payouts go to this account."),
        form,
    ):
        return redirect("sell_balance", shop.slug)
    return show(request, shop, "bank_account.html", {"form": form})


def _statement(request: HttpRequest, shop: Shop, key: AccountKey, tab: str) -> HttpResponse:
    facts, older = facts_of_account(key, request.GET.get("older_than", ""), ROWS_ON_A_PAGE)
    orders_of = order_ids_by_payment(shop, [fact.reference for fact in facts])
    context: dict[str, Any] = {
        **figures(shop),
        "tab": tab,
        "older": older,
        "entries": books.entries(
            facts,
            number_of=lambda reference: number_of(orders_of.get(reference, reference)),
            href_of=lambda reference: reverse("sell_transfers", args=[shop.slug, orders_of.get(reference, reference)]),
        ),
    }
    return show(request, shop, "balance.html", context)


def _transfers_of_offer(request: HttpRequest, shop: Shop, offer: PostOffer) -> HttpResponse:
    """What was set apart, what went to creators (by their posts), and what came back."""
    held = held_account(shop.id)
    booked = books.touching(transfers_of_offer(offer), [held, payable(shop)])
    context: dict[str, Any] = {
        "offer": offer,
        "held": books.sheet(_("Set apart for posts"), held, booked),
        "earned": books.sheet(_("Your balance"), payable(shop), booked),
        "transfers": booked,
    }
    return show(request, shop, "transfers_of_offer.html", context)


def _transfers_of_order(request: HttpRequest, shop: Shop, order: Order) -> HttpResponse:
    booked = books.touching(
        transfers_of_order(order),
        [payable(shop), escrow(shop)],
    )
    context: dict[str, Any] = {
        "order": order,
        "share": share_of_order(order),
        "held": books.sheet(_("Held for this order"), escrow(shop), booked),
        "earned": books.sheet(_("Your balance"), payable(shop), booked),
        "transfers": booked,
    }
    return show(request, shop, "transfers_of_order.html", context)
