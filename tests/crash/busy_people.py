"""People and partners at work in a process of their own, which a test may kill: `python -m tests.crash.busy_people …`.

`open`: a marketplace in an empty data folder. `act`: everyone acts, until killed; what was answered is printed, a line
each, once it is committed. `end`: all that is left to do is done; prints what is wrong, as JSON.
"""

import json
import pickle
import random
import sys
import time
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django
import pytest

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.db import DatabaseError, connection  # noqa: E402

from lapak.cli.migrate import migrate_if_needed  # noqa: E402
from lapak.flows import tasks  # noqa: E402
from lapak.flows.cancel_order import cancel_paid_order  # noqa: E402
from lapak.flows.models import StuckAct  # noqa: E402
from lapak.flows.pay_out import confirm_payout, hand_over, send_due_payouts  # noqa: E402
from lapak.flows.place_purchase import place_purchase  # noqa: E402
from lapak.flows.process_message import process_message  # noqa: E402
from lapak.flows.send_refund import send_refund  # noqa: E402
from lapak.flows.tests.everyone import ACTS  # noqa: E402
from lapak.flows.tests.partner import stand_in  # noqa: E402
from lapak.lib import clock  # noqa: E402
from lapak.lib.ids import new_id  # noqa: E402
from lapak.lib.refusal import Refusal  # noqa: E402
from lapak.money.gateways.commands import record_message  # noqa: E402
from lapak.money.gateways.contract import DisputeStatus, RefundStatus  # noqa: E402
from lapak.money.payments.models import Dispute, PaymentIntent, Refund  # noqa: E402
from lapak.money.payouts.models import Payout, PayoutBatch  # noqa: E402
from lapak.testing.books import broken_rules  # noqa: E402
from lapak.testing.cast import asked_for  # noqa: E402
from lapak.testing.market import Market, open_market  # noqa: E402
from lapak.testing.whose_is_what import differences  # noqa: E402
from lapak.trade.orders.models import Order, Purchase  # noqa: E402

MARKET = Path(settings.HOME) / "market.pickle"


def answered(what: str, id_: object) -> None:
    sys.stdout.write(f"{what} {id_}\n")
    sys.stdout.flush()


def open_for_business() -> None:
    migrate_if_needed()
    MARKET.write_bytes(pickle.dumps(open_market(on_hand=100_000)))


def act_until_killed() -> None:
    market: Market = pickle.loads(MARKET.read_bytes())
    stand_in(pytest.MonkeyPatch())
    acts = [buy, buy, buy, pay, pay, pay, go_on, go_on, go_on, cancel, refund, pay_out, dispute, remit]
    while True:
        try:
            random.choice(acts)(market)
        except Refusal:
            pass
        except DatabaseError:  # it was killed: whoever acts presses again
            connection.close()
            time.sleep(0.1)


def buy(market: Market) -> None:
    cast, key = random.choice(market.casts), new_id()
    lines = [(variant, 1) for variant in random.sample(market.variants, 2)]
    place_purchase(cast.buyer.id, asked_for(cast, *lines, key=key), market.clicks())
    answered("placed", key)


def pay(_market: Market) -> None:
    """The gateway tells it and has its answer; a job acts on it, or a sweep."""
    intent = PaymentIntent.objects.filter(status="pending").order_by("?").first()
    if intent is None:
        return
    body = {
        "reference": str(intent.id), "currency": "IDR", "amount_idr": intent.amount_idr,
        "fee_idr": (intent.amount_idr * 7 + 500) // 1000, "paid_at": clock.now().isoformat(),
    }  # fmt: skip
    message, _ = record_message("sandbox", f"evt_{intent.id}", "charge.paid", body)
    answered("told", intent.id)
    process_message(message.id)


def go_on(market: Market) -> None:
    ACTS["go on"](market, random.randrange(1000))


def cancel(market: Market) -> None:
    order = Order.objects.filter(state="to_pack").order_by("?").first()
    if order:
        cancel_paid_order(market.seller_of(order), order.id, "no")  # buyers may not so often
        answered("cancelled", order.id)


def refund(_market: Market) -> None:
    waiting = Refund.objects.filter(status="owed", route="gateway").order_by("?").first()
    if waiting:
        send_refund(waiting.id)


def dispute(market: Market) -> None:
    """A buyer's bank takes a payment back, or decides about one that it has taken."""
    ACTS[random.choice(("payment disputed", "dispute decided"))](market, random.randrange(1000))


def remit(market: Market) -> None:
    """The house has paid a courier, a tax or itself."""
    ACTS["house pays"](market, random.randrange(1000))


def pay_out(market: Market) -> None:
    ACTS["credit"](market, 0)
    batch = send_due_payouts(market.operator, "bank_file")
    if batch:
        hand_over(batch.id)
    for payout in Payout.objects.filter(status="sent", batch__dispatched_at__isnull=False).order_by("?")[:3]:
        confirm_payout(market.operator, payout.id)
        answered("arrived", payout.id)


def end(said: list[str]) -> list[str]:
    """What is wrong when everything is up again and the sweeps have run, a day later and then another, and another."""
    partner = stand_in(pytest.MonkeyPatch())
    partner.refund, partner.dispute = RefundStatus.ARRIVED, DisputeStatus.LOST
    partner.took = set(Refund.objects.exclude(status="owed").values_list("id", flat=True))  # from who is no more
    for hours in (24, 49, 73):
        with clock.stopped_at(clock.now() + timedelta(hours=hours)):
            tasks.take_messages(0)
            tasks.run_clocks(0)
            tasks.speak_to_partners(0)
    return [*_lost(said), *_unfinished(), *broken_rules(), *differences()]


def _lost(said: list[str]) -> list[str]:
    told: dict[str, set[uuid.UUID]] = {"placed": set(), "told": set(), "cancelled": set(), "arrived": set()}
    for line in said:
        what, _, id_ = line.partition(" ")
        told[what].add(uuid.UUID(id_))
    keys = Counter(Purchase.objects.values_list("idempotency_key", flat=True))
    there = {
        "told": set(PaymentIntent.objects.filter(status="paid").values_list("id", flat=True)),
        "cancelled": set(Order.objects.filter(state="cancelled").values_list("id", flat=True)),
        "arrived": set(Payout.objects.filter(status="confirmed").values_list("id", flat=True)),
        "placed": set(keys),
    }
    lost = [f"{what} was answered and is not there: {id_}" for what in told for id_ in told[what] - there[what]]
    return lost + [f"placed twice: {key}" for key, count in keys.items() if count > 1]


def _unfinished() -> list[str]:
    stuck = [f"stuck: {each.act} {each.error}" for each in StuckAct.objects.all()]
    by_gateway = Refund.objects.filter(route="gateway", status__in=["owed", "sent"]).count()
    batches = PayoutBatch.objects.filter(dispatched_at=None).count()
    stuck += [f"undecided: {each}" for each in Dispute.objects.filter(ended_at=None)]
    return stuck + [f"{by_gateway} refunds and {batches} batches wait for nobody"] * bool(by_gateway or batches)


if __name__ == "__main__":
    match sys.argv[1]:
        case "open":
            open_for_business()
        case "act":
            act_until_killed()
        case "end":
            sys.stdout.write(json.dumps(end(sys.stdin.read().splitlines())))
