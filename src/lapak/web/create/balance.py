"""A creator's money: what is owed to them and what is on its way; every figure opens."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.affiliates.creators import set_payout_account
from lapak.affiliates.models import Creator
from lapak.affiliates.posts.queries import fees_coming, posts_of_creator
from lapak.affiliates.queries import coming_and_under_review_idr, commissions_of_creator
from lapak.affiliates.releases import releases_of_creator
from lapak.flows.pay_out import next_payout_run
from lapak.flows.payout_items import held_commissions_idr
from lapak.lib.ids import number_of
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, facts_of_account, transfers_of_reference
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.holds import hold_of
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.payouts.queries import payouts_of_account, sent_and_arrived_idr
from lapak.people.users.queries import bank_accounts_of_user
from lapak.web.create.access import for_creators
from lapak.web.shell import books
from lapak.web.shell.acts import carried_out, page_of, password_again, signed_in
from lapak.web.shell.forms import PayoutAccountForm

ROWS_ON_A_PAGE = 30


def payable(creator: Creator) -> AccountKey:
    """The account of what is owed to the creator."""
    return AccountKey(AccountKind.CREATOR_PAYABLE, str(creator.id))


def figures(creator: Creator) -> dict[str, Any]:
    """The creator's sums after tax, and when the next payout leaves."""
    coming_idr, under_review_idr = coming_and_under_review_idr(creator)
    in_transit_idr, arrived_idr = sent_and_arrived_idr(payable(creator))
    return {
        "balance_idr": balance_idr(payable(creator)),
        "in_transit_idr": in_transit_idr,
        "arrived_idr": arrived_idr,
        "coming_idr": coming_idr,
        "under_review_idr": under_review_idr,
        "next_payout_at": next_payout_run(),
        "waits_idr": held_commissions_idr([creator.id]).get(creator.id, 0),
        "smallest_idr": SMALLEST_PAYOUT_IDR[AccountKind.CREATOR_PAYABLE],
        "held_until": hold_of(payable(creator), creator.bank_account_changed_at),
    }


@require_safe
@for_creators
def balance(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The statement of what is owed to the creator."""
    facts, older = facts_of_account(payable(creator), request.GET.get("older_than", ""), ROWS_ON_A_PAGE)
    context: dict[str, Any] = {
        "creator": creator,
        **figures(creator),
        "tab": "balance",
        "older": older,
        "entries": books.entries(
            facts,
            number_of=number_of,
            href_of=lambda reference: reverse("create_transfers", args=[reference]),
        ),
    }
    return render(request, "create/balance.html", context)


@require_safe
@for_creators
def coming(request: HttpRequest, creator: Creator) -> HttpResponse:
    """What is pending, by the day on which it is in the balance at the latest."""
    releases = releases_of_creator(creator)
    context = {
        "creator": creator,
        **figures(creator),
        "tab": "coming",
        "dated": [release for release in releases if release.day],
        "waiting": next((release for release in releases if release.day is None), None),
        "total_idr": sum(release.amount_idr for release in releases),
        "fees": fees_coming(creator),
    }
    return render(request, "create/coming.html", context)


@require_safe
@for_creators
def payouts(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Every payout to the creator, newest first."""
    page = page_of(request, payouts_of_account(payable(creator)), ROWS_ON_A_PAGE)
    return render(
        request, "create/payouts.html", {"creator": creator, **figures(creator), "tab": "payouts", "page": page}
    )


@require_safe
@for_creators
def transfers(request: HttpRequest, creator: Creator, reference: uuid.UUID) -> HttpResponse:
    """Where a figure comes from: an order's commissions and the tax on them, or a payout's way to the bank."""
    if posts_of_creator(creator).filter(id=reference).exists():
        return redirect("create_post", reference)
    key = payable(creator)
    booked = books.touching(transfers_of_reference(reference), [key])
    if not booked:
        raise Http404
    context: dict[str, Any] = {
        "creator": creator,
        "number": number_of(reference),
        "payout": payouts_of_account(key).filter(id=reference).first(),
        "commissions": commissions_of_creator(creator).filter(order_id=reference),
        "sheet": books.sheet(_("Your balance"), key, booked),
        "transfers": booked,
    }
    return render(request, "create/transfers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_creators
@password_again
def bank_account(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Choose where the creator is paid, among their own bank accounts."""
    user = signed_in(request)
    form = PayoutAccountForm(
        request.POST or None, accounts=bank_accounts_of_user(user), initial={"account": creator.bank_account_id}
    )
    if carried_out(
        request,
        lambda: set_payout_account(user, form.cleaned_data["account"]),
        _("From now on payouts go to this account."),
        form,
    ):
        return redirect("create_balance")
    return render(request, "create/bank_account.html", {"creator": creator, "form": form})
