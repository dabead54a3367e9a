"""Of who_may.py: the acts of the operator's money desks, and of who works there."""

from collections.abc import Callable
from typing import Any

from lapak.books.commands import check_books
from lapak.flows import pay_out
from lapak.flows.answer_dispute import amend_dispute, answer_dispute, bear_rest, concede_dispute
from lapak.flows.correct_fact import correct_fact
from lapak.flows.decide_late_win import decide_late_win
from lapak.flows.entrust_operator import entrust_operator
from lapak.flows.release_payout import agree_to_release, ask_for_release
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.tests.one_of_each import World, balance_of, pay_over
from lapak.money.gateways import commands as gateways
from lapak.money.ledger.models import Transfer
from lapak.money.payouts import commands as payouts
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.people.settings.commands import change_setting, take_setting_back
from lapak.people.users.looking import begin_look
from lapak.people.users.models import User
from lapak.people.users.operating import set_operator_roles
from lapak.people.users.operators import Desk
from lapak.testing.settings import four_days
from lapak.trade.shipping import commands as shipping
from lapak.trade.shipping.models import Rate

OF_OPERATORS: dict[Callable[..., Any], tuple[Desk, Callable[[World, User], object]]] = {
    set_operator_roles: (
        Desk.OPERATORS,
        lambda w, by: set_operator_roles(by, email=w.cast.buyer.email, roles=["support"]),
    ),
    entrust_operator: (
        Desk.OPERATORS,
        lambda w, by: entrust_operator(by, email=w.cast.buyer.email, roles=["support"]),
    ),
    begin_look: (Desk.LOOKING, lambda w, by: begin_look(by, w.cast.buyer.id, reason="They lost an order.")),
    change_setting: (Desk.SETTINGS, lambda _w, by: change_setting(by, "pack_within_working_days", **four_days())),
    take_setting_back: (Desk.SETTINGS, lambda w, by: take_setting_back(by, w.coming_setting.id)),
    give_receipt_back: (Desk.MONEY, lambda w, by: give_receipt_back(by, w.receipt.id)),
    take_receipt_as_payment: (Desk.MONEY, lambda w, by: take_receipt_as_payment(by, w.receipt.id)),
    answer_dispute: (Desk.DISPUTES, lambda w, by: answer_dispute(by, w.dispute.id, "It came.")),
    concede_dispute: (Desk.DISPUTES, lambda w, by: concede_dispute(by, w.dispute.id, "We have nothing.")),
    amend_dispute: (Desk.DISPUTES, lambda w, by: amend_dispute(by, w.dispute.id, 1_000, "So says the bank.")),
    decide_late_win: (Desk.DISPUTES, lambda w, by: decide_late_win(by, w.dispute.id, "shop", "So be it.")),
    bear_rest: (Desk.DISPUTES, lambda w, by: bear_rest(by, w.dispute.id, "So be it.")),
    correct_fact: (
        Desk.BOOKS,
        lambda _w, by: correct_fact(by, [Transfer.objects.filter(code="fee").earliest("id").id], "Twice."),
    ),
    pay_out.send_due_payouts: (Desk.PAYOUTS, lambda _w, by: pay_out.send_due_payouts(by, "bank_file")),
    pay_out.confirm_payout: (Desk.PAYOUTS, lambda w, by: pay_out.confirm_payout(by, w.payout.id)),
    pay_out.fail_payout: (Desk.PAYOUTS, lambda w, by: pay_out.fail_payout(by, w.payout.id, "closed")),
    pay_out.return_payout: (Desk.PAYOUTS, lambda w, by: pay_out.return_payout(by, w.payout.id, "closed")),
    payouts.send_payouts: (
        Desk.PAYOUTS,
        lambda w, by: payouts.send_payouts(by, "bank_file", [payouts.PayoutClaim(*balance_of(w))]),
    ),
    payouts.open_batch: (Desk.PAYOUTS, lambda _w, by: payouts.open_batch(by, "bank_file")),
    payouts.confirm_payout: (Desk.PAYOUTS, lambda w, by: payouts.confirm_payout(by, w.payout.id)),
    payouts.fail_payout: (Desk.PAYOUTS, lambda w, by: payouts.fail_payout(by, w.payout.id, "closed")),
    payouts.return_payout: (Desk.PAYOUTS, lambda w, by: payouts.return_payout(by, w.payout.id, "closed")),
    ask_for_release: (Desk.PAYOUTS, lambda w, by: ask_for_release(by, w.payout.account_id, "Called them.")),
    agree_to_release: (Desk.PAYOUTS, lambda w, by: agree_to_release(by, w.payout.account_id)),
    gateways.resolve_message: (Desk.MONEY, lambda w, by: gateways.resolve_message(by, w.message_id, "Seen.")),
    gateways.reopen_message: (Desk.MONEY, lambda w, by: gateways.reopen_message(by, w.message_id)),
    gateways.resolve_difference: (Desk.MONEY, lambda w, by: gateways.resolve_difference(by, w.difference.id, "Seen.")),
    remit: (Desk.MONEY, lambda _w, by: pay_over(by, "B2")),
    undo_remittance: (Desk.MONEY, lambda w, by: undo_remittance(by, w.remittance_id, "A slip.")),
    shipping.change_service: (
        Desk.SHIPPING,
        lambda _w, by: shipping.change_service(by, "jne-reg", name="JNE", position=0, is_active=False),
    ),
    shipping.change_rate: (
        Desk.SHIPPING,
        lambda _w, by: shipping.change_rate(
            by, Rate.objects.earliest("pk").pk, first_kg_idr=1, next_kg_idr=1, min_days=1, max_days=2
        ),
    ),
    check_books: (Desk.BOOKS, lambda _w, by: check_books(by)),
}
"""As `COMMANDS` there."""
