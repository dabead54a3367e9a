"""No desk moves money before the operator was asked, with the amount and whose it is, and has said yes to just that."""

import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter

from lapak.affiliates.models import Commission
from lapak.flows.pay_out import confirm_payout
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.models import Account, Transfer
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.remittances.commands import remit
from lapak.people.users.models import User
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.findings import finding_in
from lapak.testing.payees import asked_release
from lapak.testing.posts import escalated_post
from lapak.testing.pressed import press
from lapak.testing.taxes import DECREE, withheld_yesterday
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.staff.site import OperatorSite

Case = tuple[object, dict[str, Any], list[str]]
"""Whose page it is (none), what is posted to it, and what the question names."""

MOVES_NO_MONEY = {
    "books_run": "only looks",
    "operator_add": "roles are taken back, and asks all the same",
    "operator_end": "roles are given again, and asks all the same",
    "operator_roles": "roles are given again, and asks all the same",
    "programme_desk_open": "its rate is announced again, and nothing is paid before something is sold",
    "programme_desk_rate": "announced again; a steep rise is asked about in its field",
    "programme_desk_budget": "announced again",
    "closing_desk_announce": "stops orders to come, and asks all the same",
    "closing_desk_call_off": "lets orders come again, and asks all the same",
    "money_desk_difference": "notes words",
    "money_desk_message": "notes words, or believes once more what the partner has signed",
    "money_desk_stuck": "does sooner what the clock does anyway",
    "finding_propose": "a second person decides",
    "creator_closing_answer": "stops commissions to come, and asks all the same",
    "creator_reopen": "lets commissions come again",
    "showcase_hide": "hides a page, which can be shown again",
    "breach_record": "tells nobody yet, and asks all the same",
    "breach_reword": "typed again until the first letter goes out",
    "breach_tell": "letters, and asks all the same",
    "breach_authority": "says when a letter went, and asks all the same",
    "breach_publish": "words on a page, and asks all the same",
    "breach_note": "words",
    "breach_close": "words, and asks all the same",
    "breach_call_off": "words, and asks all the same",
    "fee_announce": "can be called off for months, and asks all the same",
    "fee_call_off": "announced again, and asks all the same",
    "tax_desk_switch": "set again before its day, and asks all the same",
    "look_as_begin": "only looks, and ends at any time",
    "setting_change": "changed again for another day, and asks all the same",
    "setting_take_back": "chosen again, and asks all the same",
    "tax_letter_decide": "handed in again, or ended again",
    "fee_answer": "says words; the shop may agree at any time",
    "moderation_dismiss": "can be reported again",
    "moderation_take_down": "can be lifted",
    "moderation_suspend": "can be lifted",
    "moderation_hide": "hides a page, which can be shown again",
    "moderation_lift": "can be reported and decided again",
    "moderation_keep": "can be lifted all the same",
    "complaint_note": "can be answered and withdrawn",
    "complaint_answer": "says words; another complaint can be made",
    "channel_decide": "says whose a channel is, which can be said again",
    "dispute_answer": "says what we know, and the bank decides",
    "dispute_ask": "asks the provider, whose word it is then",
    "review_hide": "hides words",
    "review_show": "shows words again",
    "review_hide_answer": "hides words",
    "review_show_answer": "shows words again",
    "review_dismiss": "leaves words",
    "past_review_hide": "hides words",
    "past_review_show": "shows words again",
    "past_review_dismiss": "leaves words",
    "payee_ask": "another operator decides",
    "payout_desk_ask": "asks the provider, whose word it is then",
}


def sending(settled: Order) -> Case:
    return None, {"provider": "bank_file"}, ["Rp97.530", "2 payouts", "Rp87.780", "Bank"]


def arrived(sent: PayoutBatch) -> Case:
    payouts = list(Payout.objects.order_by("amount_idr"))
    typed = {"payout": [payout.id for payout in payouts], "ended": "arrived"}
    holders = [payout.bank_account.holder for payout in payouts]
    return None, typed, ["Rp97.530", "Rp9.750", "Rp87.780", *holders]


def came_back(sent: PayoutBatch) -> Case:
    payout = Payout.objects.get(amount_idr=9_750)
    typed = {"payout": [payout.id], "ended": "returned", "reason": "Account closed."}
    return None, typed, ["Rp9.750", payout.bank_account.holder, "sent again"]


def came_back_after_all(sent: PayoutBatch) -> Case:
    payout = Payout.objects.get(amount_idr=9_750)
    confirm_payout(None, payout.id)
    typed = {"number": payout.number, "reason": "Account closed."}
    return None, typed, ["Rp9.750", payout.bank_account.holder, "sent again"]


@pytest.fixture
def asked_to_pay(cast: Cast, settled: Order) -> AccountKey:
    """Somebody else has asked."""
    return asked_release(cast)


def released(asked_to_pay: AccountKey) -> Case:
    return asked_to_pay.id, {}, ["Pay Rp87.780 of", "Called her.", "Mandiri"]


def given_back(receipt: PaymentIntent) -> Case:
    return receipt.id, {"act": "give_back"}, ["Give Rp114.000 back to Buyer?"]


def taken(receipt: PaymentIntent) -> Case:
    words = ["Take Rp114.000 as the payment of Rp115.000 by Buyer?", "Lapak bears Rp1.000."]
    return receipt.id, {"act": "take"}, words


def borne(refunded_before: Dispute) -> Case:
    typed = {"words": "The bank would not hear of it."}
    return refunded_before.id, typed, ["Book Rp115.000 as the platform", "The bank would not hear of it."]


def given_to_the_shop(won_late: Dispute) -> Case:
    typed = {"words": "The buyer kept the goods.", "resolution": "shop"}
    return won_late.id, typed, ["Give Rp60.000 to the shops", "The buyer kept the goods."]


def corrected(settled: Order) -> Case:
    fee = Transfer.objects.get(reference=settled.id, code="fee")
    typed = {"transfer": [fee.id], "reason": "Waived."}
    return settled.id, typed, ["1 transfer", "Rp2.000", settled.shop.name]


def lost(overdue: Order) -> Case:
    typed = {"fate": "lost", "words": "The courier says so."}
    return overdue.id, typed, ["Refund Rp115.000 to Buyer?"]


def found(overdue: Order) -> Case:
    typed = {"fate": "delivered", "words": "The courier says so."}
    return overdue.id, typed, ["Rp115.000 of Buyer is for Batik Sekar?"]


def given_up(disputed: Dispute) -> Case:
    return disputed.id, {"words": "It never came."}, ["Give up Rp115.000 without an answer to the bank?", "never came"]


def amended(disputed: Dispute) -> Case:
    typed = {"amount_idr": "60.000", "words": "The bank's letter."}
    return disputed.id, typed, ["Is this dispute about Rp60.000, and not Rp115.000?"]


def for_the_buyer(escalated: Return) -> Case:
    typed = {"decision": "buyer", "words": "As the scales say."}
    return escalated.id, typed, ["Refund Rp115.000 to Buyer?"]


def for_the_shop(escalated: Return) -> Case:
    typed = {"decision": "shop", "words": "As the scales say."}
    return escalated.id, typed, ["Decide for Batik Sekar, so that Buyer does not get Rp115.000 back?"]


def paid_by_house(settled: Order) -> Case:
    account = Account.objects.get(kind="courier_payable")
    typed = {"account": account.id, "amount_idr": "15.000", "reference": "WD-77", "paid_on": "2026-01-31"}
    return None, typed, ["Was Rp15.000 paid", "JNE", "WD-77"]


def undone(settled: Order) -> Case:
    operator, account = User.objects.get(is_staff=True), Account.objects.get(kind="courier_payable")
    slip = remit(operator, account.id, 1_500, reference="WD-78", paid_on=clock.now().date())
    return slip.id, {"words": "A zero was missing."}, ["Rp1.500", "WD-78", "JNE"]


def held(commission: Commission) -> Case:
    return commission.pk, {"reason": "One buyer."}, [f"Hold the Rp10.000 of {commission.creator}"]


def let_go(commission: Commission) -> Case:
    Commission.objects.update(state="frozen", frozen_at=clock.now(), credited_at=None)
    return commission.pk, {}, [f"Let the Rp10.000 of {commission.creator} go?"]


def denied(commission: Commission) -> Case:
    Commission.objects.update(state="frozen", frozen_at=clock.now(), credited_at=None)
    return (
        commission.pk,
        {"reason": "One buyer."},
        [f"Deny {commission.creator} the Rp10.000?", "back to who paid it"],
    )


def post_upheld(cast: Cast) -> Case:
    post = escalated_post(cast, stocked_variant(cast.shop))
    return (
        post.id,
        {"decision": "uphold", "words": "The very shirt."},
        [f"Pay {post.creator} the Rp20.000 for the post?"],
    )


def post_denied(cast: Cast) -> Case:
    post = escalated_post(cast, stocked_variant(cast.shop))
    return post.id, {"decision": "deny", "words": "Another shirt."}, ["give the Rp20.000 back to Batik Sekar?"]


def false_alarm(commission: Commission) -> Case:
    finding = finding_in(commission.creator, commissions=[commission])
    return finding.id, {"decision": "lift", "words": "A show."}, [f"Let the Rp10.000 of {commission.creator} go?"]


def rule_was_right(commission: Commission) -> Case:
    finding = finding_in(commission.creator, commissions=[commission])
    typed = {"decision": "uphold", "words": "Four seconds."}
    return finding.id, typed, [f"Uphold that the Rp10.000 of {commission.creator} are held?"]


def withheld_given_back(cast: Cast) -> Case:
    withheld_yesterday(cast)
    day = clock.today() - timedelta(days=1)
    typed = {"first_day": day, "last_day": day, "words": DECREE}
    return None, typed, ["Give Rp500 of PPh 22 back to shops?", "1 order", DECREE]


CASES: list[tuple[str, Callable[[Any], Case], str]] = [
    ("payout_desk_send", sending, "settled"),
    ("payout_desk_close", arrived, "sent"),
    ("payout_desk_close", came_back, "sent"),
    ("payout_desk_returned", came_back_after_all, "sent"),
    ("payee_agree", released, "asked_to_pay"),
    ("money_desk_receipt", given_back, "receipt"),
    ("money_desk_receipt", taken, "receipt"),
    ("dispute_bear", borne, "refunded_before"),
    ("tax_desk_refund", withheld_given_back, "cast"),
    ("dispute_late", given_to_the_shop, "won_late"),
    ("dispute_concede", given_up, "disputed"),
    ("dispute_amend", amended, "disputed"),
    ("books_correct", corrected, "settled"),
    ("house_desk_note", paid_by_house, "settled"),
    ("house_desk_undo", undone, "settled"),
    ("parcel_decide", lost, "overdue"),
    ("parcel_decide", found, "overdue"),
    ("return_decide", for_the_buyer, "escalated"),
    ("return_decide", for_the_shop, "escalated"),
    ("post_decide", post_upheld, "cast"),
    ("post_decide", post_denied, "cast"),
    ("finding_decide", false_alarm, "commission"),
    ("finding_decide", rule_was_right, "commission"),
    ("affiliates_commission_freeze", held, "commission"),
    ("affiliates_commission_release", let_go, "commission"),
    ("affiliates_commission_deny", denied, "commission"),
]
"""Every act of a desk that moves money: the name of its page, a case, and what that begins with."""


def written() -> tuple[object, ...]:
    """What an act would leave behind: more rows, or a commission that stands elsewhere."""
    return rows_everywhere(), list(Commission.objects.values())


@pytest.mark.unsound_books  # a correction takes one transfer of an order back; a state is set without its money
@pytest.mark.parametrize(("name", "case", "begins_with"), CASES, ids=[case.__name__ for _, case, _ in CASES])
def test_nothing_happens_before_yes(
    operator: Client, request: pytest.FixtureRequest, name: str, case: Callable[[Any], Case], begins_with: str
) -> None:
    of, typed, words = case(request.getfixturevalue(begins_with))
    address = reverse(f"admin:{name}", args=[of] if of else [])
    before = written()
    for sure in ({}, {"sure": "to something else"}):
        page = operator.post(address, typed | sure).text
        assert [word for word in words if word not in page] == []
        assert not re.search(r"^\s*None\s*$", page, re.MULTILINE)  # a question without a field of its own asks for none
    assert written() == before
    assert press(operator, address, typed).status_code == 302
    assert written() != before


def test_every_act_of_a_desk_is_asked_first_or_moves_no_money(operator: Client) -> None:
    site = admin.site
    assert isinstance(site, OperatorSite)
    acts = {
        f"{model._meta.label_lower.replace('.', '_')}_{name}"
        for model, model_admin in site._registry.items()
        for name in model_admin.actions_detail
    }
    for page in site.extra_urls():
        names = page.pattern.converters.values()
        address = reverse(
            f"admin:{page.name}", args=[1 if isinstance(name, IntConverter) else new_id() for name in names]
        )
        if page.name and operator.get(address).status_code == HTTPStatus.FOUND:  # led to the page that has the form
            acts.add(page.name)
    assert acts == {name for name, _, _ in CASES} | set(MOVES_NO_MONEY)
