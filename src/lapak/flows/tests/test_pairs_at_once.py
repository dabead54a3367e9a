"""Any two acts at the same moment, in six threads: no deadlock reaches a person, nothing is lost, nothing happens twice."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection

from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.terms.commands import set_budget
from lapak.affiliates.terms.models import BudgetUse
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.process_message import process_message
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.review_commission import freeze_commission, release_commission
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.lib import clock
from lapak.lib.acts import Busy
from lapak.lib.ids import new_id
from lapak.lib.refusal import Refusal
from lapak.money.gateways.commands import record_message
from lapak.money.ledger.commands import take_snapshots
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit
from lapak.people.users.models import Address, User
from lapak.testing.books import check_books
from lapak.testing.cast import Cast, asked_for, click_on, link_to
from lapak.testing.histories import asked_return, tracking_number
from lapak.testing.market import Market, charge_report, dispute_report, open_market
from lapak.testing.whose_is_what import differences
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order, Purchase

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6
BUSY_AT_MOST_ONE_IN = 20
ROUNDS = 2
"""Purchases over both shops that each act finds to work on, for each thread."""

Act = Callable[[Market, Order], object]


def settle(market: Market, order: Order) -> object:
    return confirm_receipt(market.buyer_of(order), order.id)


def pay_out(market: Market, _order: Order) -> object:
    send_due_payouts(market.operator, "bank_file")
    for payout_id in Payout.objects.filter(status="sent").order_by("id").values_list("id", flat=True)[:3]:
        confirm_payout(market.operator, payout_id)
    return None


def give_back(market: Market, order: Order) -> object:
    cast = next(cast for cast in market.casts if cast.buyer.id == order.buyer_id)
    return_ = asked_return(cast, order, 1, goods_come_back=False)
    return approve_return(market.seller_of(order), return_.id)


def cancel(market: Market, order: Order) -> object:
    return cancel_paid_order(market.buyer_of(order), order.id, "no")


def message(_market: Market, order: Order) -> object:
    """The gateway tells of the payment, twice."""
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    body = {
        "reference": str(intent.id), "currency": "IDR", "amount_idr": intent.amount_idr,
        "fee_idr": (intent.amount_idr * 7 + 500) // 1000, "paid_at": clock.now().isoformat(),
    }  # fmt: skip
    for n in range(2):
        recorded, _ = record_message("sandbox", f"evt_{order.id}_{n}", "charge.paid", body)
        process_message(recorded.id)
    return None


def sweep(_market: Market, _order: Order) -> object:
    return run_due_clocks()


def purchase(market: Market, order: Order) -> object:
    cast = next(cast for cast in market.casts if cast.buyer.id == order.buyer_id)
    lines = [(variant, 1) for variant in sorted(market.variants, key=lambda _v: new_id().int % 7)]
    return place_purchase(cast.buyer.id, asked_for(cast, *lines), market.clicks())


def credit(_market: Market, _order: Order) -> object:
    return credit_due_creators()


def freeze(market: Market, order: Order) -> object:
    for commission_id in Commission.objects.filter(order_id=order.id).order_by("pk").values_list("pk", flat=True):
        freeze_commission(market.operator, commission_id, "Looked into.")
        release_commission(market.operator, commission_id)
    return None


def dispute(_market: Market, order: Order) -> object:
    """The bank takes half of the payment back, twice told; of every second one for good."""
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    reference, ends = f"dp{order.id.hex[-12:]}", ("won", "lost")[order.id.int % 2]
    for status in ("opened", "opened", ends):
        receive_dispute(dispute_report(intent, intent.amount_idr // 2, status, reference=reference), intent.provider)
    return None


def house_pays(market: Market, order: Order) -> object:
    """A courier, in small sums, each with a reference of its own."""
    account = AccountKey(AccountKind.COURIER_PAYABLE, order.courier)
    return remit(
        market.operator, account.id, 1, reference=new_id().hex, paid_on=clock.now().astimezone(clock.WIB).date()
    )


def snapshot(_market: Market, _order: Order) -> object:
    return take_snapshots()


STATE_FOR: dict[Act, str] = {
    settle: "delivered", pay_out: "completed", give_back: "delivered", cancel: "to_pack", message: "awaiting_payment",
    sweep: "completed", purchase: "completed", credit: "completed", freeze: "completed", snapshot: "completed",
    dispute: "delivered", house_pays: "completed",
}  # fmt: skip
"""Where an order stands that the act is for; those that need none go on about any that has settled."""

PAIRS = list(itertools.combinations_with_replacement(STATE_FOR, 2))
OFTEN_MET = [(settle, pay_out), (settle, give_back), (purchase, cancel), (message, sweep), (settle, dispute)]
"""In every run; the others in the long one."""


def name_of(pair: object) -> str:
    return " × ".join(act.__name__ for act in pair) if isinstance(pair, tuple) else str(pair)


@pytest.fixture
def market(transactional_db: None) -> Market:
    cache.clear()
    return open_market(on_hand=400)


@pytest.mark.parametrize("pair", OFTEN_MET, ids=name_of)
def test_acts_that_meet_often(market: Market, pair: tuple[Act, Act]) -> None:
    run_at_once(market, pair)


@pytest.mark.long
@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair not in OFTEN_MET], ids=name_of)
def test_any_two_acts(market: Market, pair: tuple[Act, Act]) -> None:
    run_at_once(market, pair)


def run_at_once(market: Market, pair: tuple[Act, Act]) -> None:
    """Three threads with one act and three with the other, over the same orders; all of it is carried out or refused as
    moved, and afterwards everyone has what is theirs."""
    orders = {act: bring_about(market, STATE_FOR[act], THREADS * ROUNDS) for act in dict.fromkeys(pair)}
    if sweep in pair:
        let_time_run_out(market)
    outcomes: dict[Act, Counter[str]] = {act: Counter() for act in pair}
    threads, barrier = [], threading.Barrier(THREADS)

    def work(act: Act, mine: Sequence[Order]) -> None:
        barrier.wait()
        for order in mine:
            outcomes[act][outcome_of(partial(act, market, order))] += 1
        connection.close()

    for n in range(THREADS):
        act = pair[n % 2]
        # The second thread of an act goes over the same orders the other way round.
        mine = orders[act][:: 1 if n % 4 < 2 else -1]
        threads.append(threading.Thread(target=work, args=(act, mine)))
    run_all(threads)
    for of_act in outcomes.values():
        assert not [outcome for outcome in of_act if outcome.startswith("raised")], outcomes
        assert of_act["busy"] <= of_act.total() // BUSY_AT_MOST_ONE_IN, outcomes
        assert of_act["done"], outcomes
    assert not StuckAct.objects.exists(), list(StuckAct.objects.values_list("act", "error"))
    assert_sound()


def let_time_run_out(market: Market) -> None:
    """Of as many orders in each state that a clock ends, the deadline has passed."""
    yesterday = clock.now() - timedelta(days=1)
    for state, deadline in {"awaiting_payment": "pay_by", "to_pack": "pack_by", "delivered": "complete_at"}.items():
        late = [order.id for order in bring_about(market, state, 4)]
        Order.objects.filter(id__in=late).update(**{deadline: yesterday})
        Purchase.objects.filter(orders__in=late, orders__state="awaiting_payment").update(pay_by=yesterday)


def outcome_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Busy:
        return "busy"
    except Refusal as refusal:
        return f"refused: {refusal.code}"
    except Exception as error:  # noqa: BLE001 - told by the test
        return f"raised: {error!r}"
    return "done"


def bring_about(market: Market, state: str, count: int) -> list[Order]:
    """So many purchases over both shops, in opposite order of lines, with the creators crosswise; all in that state."""
    orders: list[Order] = []
    for n in range(count // 2):
        cast = market.casts[n % 2]
        lines = [(variant, 1) for variant in market.variants[:: 1 if n % 2 else -1]]
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, *lines), market.clicks())
        if state != "awaiting_payment":
            intent = PaymentIntent.objects.get(pays_for=purchase_id)
            receive_payment(charge_report(intent), intent.provider)
        orders += Order.objects.filter(purchase_id=purchase_id).select_related("shop")
    for order in orders:
        buyer, seller = market.buyer_of(order), market.seller_of(order)
        if state in {"delivered", "completed"}:
            pack_order(seller, order.id)
            ship_order(seller, order.id, tracking_number())
            deliver_order(None, order.id)
        if state == "completed":
            confirm_receipt(buyer, order.id)
        order.refresh_from_db()
    return orders


def assert_sound() -> None:
    check_books()
    assert not (wrong := differences()), "; ".join(wrong)


def test_the_last_piece_is_sold_once(transactional_db: None) -> None:
    """To sixty-four buyers at once."""
    cache.clear()
    market = open_market(on_hand=1)
    buyers, variant = [buyer_number(market, n) for n in range(64)], market.variants[3]
    barrier = threading.Barrier(len(buyers))
    outcomes: list[str] = []

    def buy(cast: Cast) -> None:
        barrier.wait()
        outcomes.append(outcome_of(lambda: place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))))
        connection.close()

    run_all([threading.Thread(target=buy, args=(cast,)) for cast in buyers])
    assert Counter(outcomes) == {"done": 1, "refused: stock_gone": 63}
    assert Order.objects.count() == 1
    assert_sound()


def test_a_budget_is_never_exceeded(transactional_db: None) -> None:
    """By eight who buy at once what would take twice of it; what was not reserved earns nothing."""
    cache.clear()
    market = open_market(on_hand=100)
    cast = market.casts[0]
    variant = next(each for each in market.variants if each.product.shop_id == cast.shop.id)
    needed_idr = -(-variant.price_idr // 10)
    Programme.objects.update(created_at=clock.now())
    set_budget(cast.seller, cast.programme, 4 * needed_idr)
    buyers, click = [buyer_number(market, n) for n in range(8)], click_on(link_to(cast, variant.product))
    barrier = threading.Barrier(len(buyers))

    def buy(one: Cast) -> None:
        barrier.wait()
        outcome_of(lambda: place_purchase(one.buyer.id, asked_for(one, (variant, 1)), [click]))
        connection.close()

    run_all([threading.Thread(target=buy, args=(each,)) for each in buyers])
    assert (Order.objects.count(), Commission.objects.count()) == (8, 4)
    assert BudgetUse.objects.get().used_idr == 4 * needed_idr
    assert_sound()


def buyer_number(market: Market, n: int) -> Cast:
    cast = market.casts[0]
    buyer = User.objects.create_user(f"buyer{n}@example.com", name=f"Buyer {n}")
    address = Address.objects.get(id=cast.address.id)
    address.id, address.user = new_id(), buyer
    address.save(force_insert=True)
    return replace(cast, buyer=buyer, address=address)


def run_all(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
