"""Flows that run by the clock. The worker finds them here.

`queueing_lock`: no second one waits; `lock`: no second one runs beside the first.
"""

import uuid
from contextlib import suppress

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from lapak.affiliates.clicks.commands import add_up_click_days, forget_visitors, keep_click_months
from lapak.affiliates.discovery.commands import list_promotable_goods
from lapak.affiliates.known_clicks.commands import drop_known_clicks
from lapak.affiliates.profiles.results import COUNTED_AT_ONCE, count_all_results
from lapak.affiliates.results.commands import ADDED_UP_AT_ONCE, add_up_results
from lapak.affiliates.withholding.commands import SLIPS_AT_ONCE, issue_slips
from lapak.books.commands import check_books
from lapak.flows.answer_dispute import ask_about_dispute, send_evidence
from lapak.flows.ask_provider import ask_about_payment, ask_about_payout
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.compare_statement import compare_all_statements
from lapak.flows.pay_out import hand_over, run_payouts_of_the_day
from lapak.flows.process_message import process_message
from lapak.flows.put_away import put_away_outlived
from lapak.flows.send_refund import send_refund
from lapak.flows.settle_order import CREDIT_JOB, SETTLE_JOB, settle_in_batches
from lapak.flows.sweep import sweep
from lapak.flows.tell_people.breaches import tell_people_of_breaches
from lapak.flows.tell_people.closings import tell_everyone_of_closing
from lapak.flows.tell_people.fees import tell_shops_of_fees
from lapak.flows.tell_people.logs import tell_of_events
from lapak.flows.tell_people.mail import send_mails, write_mails
from lapak.flows.tell_people.of_taxes import tell_shops_of_withheld_back
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.lib import jobs
from lapak.lib.jobs import FOR_PARTNERS
from lapak.lib.refusal import Moved
from lapak.moderation.looking import look_at_listings
from lapak.money.gateways.errors import GatewayUnavailable
from lapak.money.gateways.queries import unprocessed_messages
from lapak.money.ledger.commands import take_snapshots
from lapak.money.payments.commands import ASK_JOB, CODE_JOB, issue_qris
from lapak.money.payments.queries import (
    attempts_to_ask_about,
    disputes_to_ask_about,
    disputes_to_send,
    refunds_to_ask_about,
)
from lapak.money.payouts.commands import DISPATCH_JOB
from lapak.money.payouts.queries import batches_to_dispatch, payouts_to_ask_about
from lapak.money.statements.commands import close_months
from lapak.people.audit.chain import chain_changes
from lapak.people.notices.commands import SEND_JOB, prune, send_soon
from lapak.people.users.models import User
from lapak.trade.orders.clocks import orders_to_settle

# 2 s, 4 s, 8 s … for some minutes; after that the sweeps have it, with growing pauses and the operator looking on.
UNTIL_IT_ANSWERS = RetryStrategy(
    max_attempts=8, exponential_wait=2, retry_exceptions=(GatewayUnavailable, *jobs.PASSES_BY_ITSELF)
)


# A buyer looks at an empty page meanwhile: soon, and until the attempt is over. While the provider is left alone
# (lib/remote.py) a try costs no request.
WHILE_A_BUYER_WAITS = RetryStrategy(
    max_attempts=400, wait=5, retry_exceptions=(GatewayUnavailable, *jobs.PASSES_BY_ITSELF)
)


@app.periodic(cron="* * * * *")
@app.task(name="flows.run_clocks", lock="flows.run_clocks", queueing_lock="flows.run_clocks")
def run_clocks(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present one
    """Every minute: what is due by time alone."""
    run_due_clocks()


@app.task(name=SETTLE_JOB, lock=SETTLE_JOB, queueing_lock=SETTLE_JOB)
def settle_too() -> None:
    """Beside the sweep that found a long list: what of it is still to be settled is."""
    settle_in_batches(orders_to_settle())


@app.task(name=CREDIT_JOB, lock=CREDIT_JOB)
def credit_creators() -> None:
    """Soon after orders settled: what creators earned is in their balances."""
    credit_due_creators()


@app.periodic(cron="* * * * *")
@app.task(name="flows.take_messages", lock="flows.take_messages", queueing_lock="flows.take_messages")
def take_messages(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what partners told and no job has processed."""
    sweep("messages", unprocessed_messages(), process_message)


@app.periodic(cron="* * * * *")
@app.task(
    name="flows.speak_to_partners",
    queue=FOR_PARTNERS,
    lock="flows.speak_to_partners",
    queueing_lock="flows.speak_to_partners",
)
def speak_to_partners(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what is to be asked of partners, sent through them or handed over to them, and was not yet."""
    sweep("asked", attempts_to_ask_about(), ask_about_payment)
    sweep("refunds", refunds_to_ask_about(), send_refund)
    sweep("dispute_answers", disputes_to_send(), send_evidence)
    sweep("disputes", disputes_to_ask_about(), ask_about_dispute)
    sweep("batches", batches_to_dispatch(), hand_over)
    sweep("payouts_asked", payouts_to_ask_about(), ask_about_payout)


@app.task(name=DISPATCH_JOB, queue=FOR_PARTNERS, retry=UNTIL_IT_ANSWERS)
def dispatch_batch(batch_id: str) -> None:
    """The batch is with its provider. What this job cannot do, the sweep above does."""
    hand_over(uuid.UUID(batch_id))


@app.task(name=ASK_JOB, queue=FOR_PARTNERS)
def ask_now(intent_id: str) -> None:
    """The buyer wants to know now what became of their payment."""
    ask_about_payment(uuid.UUID(intent_id))


@app.task(name=CODE_JOB, queue=FOR_PARTNERS, retry=WHILE_A_BUYER_WAITS)
def issue_code(intent_id: str, description: str, return_url: str) -> None:
    """The attempt has its code; see `issue_qris`. Nobody needs one that is paid or over meanwhile."""
    with suppress(Moved):
        issue_qris(uuid.UUID(intent_id), description=description, return_url=return_url)


@app.periodic(cron="* * * * *")
@app.task(name="flows.pay_out", lock="flows.pay_out", queueing_lock="flows.pay_out")
def pay_out(timestamp: int) -> None:  # noqa: ARG001
    """On working days from 08:00 WIB on, once: everything owed is sent. Looked at every minute, so that a run that was
    due while no worker lived is made up."""
    run_payouts_of_the_day()


@app.periodic(cron="40 18 * * *")
@app.task(
    name="flows.compare_statements",
    queue=FOR_PARTNERS,
    lock="flows.compare_statements",
    queueing_lock="flows.compare_statements",
)
def compare_statements(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 01:40 WIB: what partners say they hold for us, beside the books."""
    compare_all_statements()


@app.periodic(cron="7 * * * *")
@app.task(name="flows.snapshot_balances", lock="flows.snapshot_balances", queueing_lock="flows.snapshot_balances")
def snapshot_balances(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: the totals of each account that moved since the last."""
    take_snapshots()


@app.periodic(cron="20 17 * * *")
@app.task(name="flows.tidy_clicks", lock="flows.tidy_clicks", queueing_lock="flows.tidy_clicks")
def tidy_clicks(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 00:20 WIB: who came yesterday is forgotten, the months to come have room, those long past are dropped, and
    days of which no click comes any more are added up."""
    forget_visitors()
    keep_click_months()
    add_up_click_days()


@app.periodic(cron="40 17 * * *")
@app.task(name="flows.add_up_results", lock="flows.add_up_results", queueing_lock="flows.add_up_results")
def add_up_what_days_brought(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 00:40 WIB: what creators' links brought, noted change by change, becomes one row a day, link and
    product; and the list of goods to promote says what they pay and how well they sell."""
    while add_up_results() == ADDED_UP_AT_ONCE:
        pass
    list_promotable_goods()


@app.periodic(cron="30 17 * * *")
@app.task(name="flows.count_creators", lock="flows.count_creators", queueing_lock="flows.count_creators")
def count_creators(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 00:30 WIB: what creators brought lately, for the shops that look for one."""
    while count_all_results() == COUNTED_AT_ONCE:
        pass


@app.periodic(cron="* * * * *")
@app.task(name="flows.look_at_listings", lock="flows.look_at_listings", queueing_lock="flows.look_at_listings")
def look_at_new_listings(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what sellers changed is looked through for words of goods that may not be sold."""
    look_at_listings()


@app.periodic(cron="10 19 * * *")
@app.task(name="flows.end_months", lock="flows.end_months", queueing_lock="flows.end_months")
def end_months(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 02:10 WIB: months that are over are closed, and have their withholding slips, as have those that have
    changed since."""
    close_months()
    while issue_slips() == SLIPS_AT_ONCE:
        pass


@app.periodic(cron="* * * * *")
@app.task(name="flows.tell_people", lock="flows.tell_people", queueing_lock="flows.tell_people")
def tell_people(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what happened, and what comes near, is told to those whom it concerns."""
    tell_of_events()
    tell_of_deadlines()
    tell_everyone_of_closing()
    tell_shops_of_fees()
    tell_shops_of_withheld_back()
    letters = tell_people_of_breaches()
    if write_mails() or letters:
        send_soon()


@app.task(name=SEND_JOB, queue=FOR_PARTNERS, lock=SEND_JOB, queueing_lock=SEND_JOB)
def send_what_is_written() -> None:
    """The mail server has the mails that wait."""
    send_mails()


@app.periodic(cron="* * * * *")
@app.task(name="flows.send_mails_left", queue=FOR_PARTNERS, lock=SEND_JOB, queueing_lock="flows.send_mails_left")
def send_mails_left(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: mails that no job has sent."""
    send_mails()


@app.periodic(cron="20 19 * * *")
@app.task(name="flows.prune_notices", lock="flows.prune_notices", queueing_lock="flows.prune_notices")
def prune_notices(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 02:20 WIB: notices and mails that are old are gone."""
    prune()


@app.periodic(cron="50 19 * * *")
@app.task(name="flows.put_away_outlived", lock="flows.put_away_outlived", queueing_lock="flows.put_away_outlived")
def put_outlived_away(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 02:50 WIB: what names people and is older than the law has it kept."""
    put_away_outlived()


@app.periodic(cron="* * * * *")
@app.task(name="flows.begin_stalled_jobs_again", queueing_lock="flows.begin_stalled_jobs_again", pass_context=True)
async def begin_stalled_jobs_again(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what a worker was doing when it died."""
    await jobs.begin_stalled_jobs_again(context.app)


@app.periodic(cron="* * * * *")
@app.task(name="flows.chain_changes", lock="flows.chain_changes", queueing_lock="flows.chain_changes")
def chain_what_was_changed(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what was changed has its link in the chain."""
    while chain_changes():
        pass


@app.periodic(cron="10 19 * * *")
@app.task(name="flows.drop_known_clicks", queueing_lock="flows.drop_known_clicks")
def drop_old_known_clicks(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 02:10 WIB: what signed-in users clicked so long ago that no programme counts it is forgotten."""
    drop_known_clicks()


@app.periodic(cron="30 18 * * *")
@app.task(name="flows.check_books", lock="flows.check_books", queueing_lock="flows.check_books")
def look_through_books(timestamp: int) -> None:  # noqa: ARG001
    """Every night at 01:30 WIB: the books are looked through; what differs stands on the operator's desk."""
    check_books(None)


@app.task(name="flows.check_books_now", lock="flows.check_books", queueing_lock="flows.check_books_now")
def look_through_books_now(by_id: str) -> None:
    """As every night, because the operator asked for it."""
    check_books(User.objects.get(id=uuid.UUID(by_id)))
