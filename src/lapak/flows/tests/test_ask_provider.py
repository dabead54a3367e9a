"""The silence of a provider is never believed: an attempt's end, a payout's, a night's statement."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from lapak.flows.ask_provider import ask_about_payment, ask_about_payout, expire_or_take
from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.compare_statement import compare_all_statements
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.partner import Partner, issued
from lapak.lib import clock
from lapak.money.gateways.commands import resolve_difference
from lapak.money.gateways.contract import ChargeStatus, DisbursementStatus, Movement, MovementKind
from lapak.money.gateways.errors import GatewayUnavailable
from lapak.money.gateways.models import StatementDifference
from lapak.money.gateways.queries import statement_differences
from lapak.money.gateways.registry import GATEWAYS
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payouts.commands import dispatch_batch
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.people.users.errors import NotTheOperator
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def intent(placed: Order) -> PaymentIntent:
    return issued(PaymentIntent.objects.get())


def state_of(order: Order) -> str:
    order.refresh_from_db()
    return order.state


def test_what_was_paid_and_never_told_is_taken_when_its_time_ends(
    placed: Order, intent: PaymentIntent, partner: Partner
) -> None:
    partner.charge = ChargeStatus.PAID
    with clock.stopped_at(intent.expires_at + timedelta(minutes=4)):
        assert run_due_clocks()["expired"] == 0
    assert state_of(placed) == "to_pack"
    assert partner.asked == ["charge expire"]
    assert not StuckAct.objects.exists()


def test_what_was_not_paid_is_ended_there_and_cancelled_here(
    placed: Order, intent: PaymentIntent, partner: Partner
) -> None:
    with clock.stopped_at(intent.expires_at + timedelta(minutes=4)):
        assert run_due_clocks()["expired"] == 1
    assert state_of(placed) == "cancelled"
    assert partner.charge is ChargeStatus.EXPIRED


def test_nothing_ends_within_the_minutes_of_grace(placed: Order, intent: PaymentIntent, partner: Partner) -> None:
    with clock.stopped_at(intent.expires_at + timedelta(minutes=2)):
        assert run_due_clocks()["expired"] == 0
        speak_to_partners(0)
    assert (state_of(placed), partner.asked) == ("awaiting_payment", [])


def test_a_provider_that_is_away_keeps_the_goods_held_for_an_hour(
    placed: Order, intent: PaymentIntent, partner: Partner
) -> None:
    partner.is_away = True
    with clock.stopped_at(intent.expires_at + timedelta(minutes=4)):
        assert run_due_clocks()["expired"] == 0
        assert StuckAct.objects.get().act == "expired"
        with pytest.raises(GatewayUnavailable):
            expire_or_take(placed.purchase_id, "")
    assert state_of(placed) == "awaiting_payment"
    with clock.stopped_at(intent.expires_at + timedelta(hours=2)):
        assert run_due_clocks()["expired"] == 1
    assert state_of(placed) == "cancelled"


def test_a_provider_that_knows_nothing_of_it_does_not_hold_the_goods_for_ever(
    placed: Order, intent: PaymentIntent, partner: Partner
) -> None:
    partner.refuses = "not_found"
    with clock.stopped_at(intent.expires_at + timedelta(minutes=4)):
        assert run_due_clocks()["expired"] == 0
        assert "not_found" in StuckAct.objects.get(act="expired").error
    assert state_of(placed) == "awaiting_payment"
    with clock.stopped_at(intent.expires_at + timedelta(hours=2)):
        assert run_due_clocks()["expired"] == 1
    assert state_of(placed) == "cancelled"


def test_a_cancelled_purchase_ends_its_charge_there(placed: Order, intent: PaymentIntent, partner: Partner) -> None:
    cancel_unpaid_purchase(placed.buyer, placed.purchase_id, "")
    speak_to_partners(0)
    assert partner.asked == ["charge expire"]
    intent.refresh_from_db()
    assert (intent.status, intent.times_asked) == ("expired", 1)


def test_asked_again_after_an_hour_and_a_day_then_no_more(
    placed: Order, intent: PaymentIntent, partner: Partner
) -> None:
    cancel_unpaid_purchase(placed.buyer, placed.purchase_id, "")
    now = clock.now()
    for hours in (0, 0.5, 1.1, 2, 25, 26, 50, 100):
        with clock.stopped_at(now + timedelta(hours=hours, minutes=1)):
            speak_to_partners(0)
    assert len(partner.asked) == 3
    intent.refresh_from_db()
    assert intent.ask_at is None


def test_a_payment_found_a_day_later_is_refunded(placed: Order, intent: PaymentIntent, partner: Partner) -> None:
    cancel_unpaid_purchase(placed.buyer, placed.purchase_id, "")
    speak_to_partners(0)
    partner.charge = ChargeStatus.PAID
    with clock.stopped_at(clock.now() + timedelta(hours=1, minutes=1)):
        speak_to_partners(0)
    assert Refund.objects.get().amount_idr == 115_000
    assert state_of(placed) == "cancelled"


def test_the_buyer_asks_while_there_is_time(placed: Order, intent: PaymentIntent, partner: Partner) -> None:
    assert ask_about_payment(intent.id) == "ignored: nothing new"
    assert partner.asked == ["charge status"]
    partner.charge = ChargeStatus.PAID
    assert ask_about_payment(intent.id) == "paid"
    with refused(OrderMoved):
        expire_or_take(placed.purchase_id, "")
    assert state_of(placed) == "to_pack"


def test_nobody_is_asked_about_a_code_that_nobody_saw(placed: Order, partner: Partner) -> None:
    assert ask_about_payment(PaymentIntent.objects.get().id) == "ignored: nothing new"
    assert partner.asked == []


def test_a_payout_that_nobody_tells_of_is_asked_about(settled_order: Order, partner: Partner) -> None:
    batch = send_due_payouts(None, "sandbox")
    assert batch is not None
    dispatch_batch(batch.id)
    speak_to_partners(0)
    assert partner.asked == ["send 2"]
    partner.payout = DisbursementStatus.ARRIVED
    with clock.stopped_at(clock.now() + timedelta(hours=1, minutes=1)):
        speak_to_partners(0)
    assert set(Payout.objects.values_list("status", flat=True)) == {"confirmed"}


def test_a_payout_still_on_its_way_is_asked_about_again_tomorrow(settled_order: Order, partner: Partner) -> None:
    batch = send_due_payouts(None, "sandbox")
    assert batch is not None
    dispatch_batch(batch.id)
    payout = batch.payouts.first()
    assert payout is not None
    assert ask_about_payout(payout.id) == "ignored: nothing new"
    payout.refresh_from_db()
    assert payout.ask_at is not None
    assert payout.ask_at > clock.now() + timedelta(hours=23)


@pytest.fixture
def real_partner(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> Partner:
    """Where real money moves, and a person can order a payment."""
    monkeypatch.setitem(GATEWAYS, "sandbox", replace(GATEWAYS["sandbox"], is_play=False))
    return partner


def movement(kind: MovementKind, reference: object, amount_idr: int) -> Movement:
    return Movement(clock.now() - timedelta(hours=2), kind, str(reference), amount_idr)


def test_the_night_takes_what_was_never_told(placed: Order, intent: PaymentIntent, partner: Partner) -> None:
    partner.charge = ChargeStatus.PAID
    partner.movements = [
        movement(MovementKind.PAYMENT, intent.id, 115_000),
        movement(MovementKind.FEE, intent.id, -805),
    ]
    compare_all_statements()
    assert state_of(placed) == "to_pack"
    assert not StatementDifference.objects.exists()


def test_the_night_lists_what_differs_until_it_agrees(
    placed: Order, intent: PaymentIntent, pay: Callable[..., str], partner: Partner
) -> None:
    pay(placed.purchase_id)
    partner.movements = [
        movement(MovementKind.PAYMENT, intent.id, 115_000),
        movement(MovementKind.FEE, intent.id, -900),
        movement(MovementKind.PAYMENT, "nobody-knows" * 10, 5_000),
    ]
    compare_all_statements()
    differences = StatementDifference.objects.order_by("theirs_idr")
    assert [(each.kind, each.reference[:12], each.theirs_idr, each.ours_idr) for each in differences] == [
        ("fee", str(intent.id)[:12], -900, -805), ("payment", "nobody-knows", 5_000, 0),
    ]  # fmt: skip
    partner.movements = [partner.movements[0], movement(MovementKind.FEE, str(intent.id).upper(), -805)]
    compare_all_statements()
    assert not StatementDifference.objects.exists()


@pytest.mark.unsound_books  # it is a difference, and stays one
def test_the_night_misses_what_the_statement_has_not(
    placed: Order, intent: PaymentIntent, pay: Callable[..., str], partner: Partner
) -> None:
    pay(placed.purchase_id)
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        compare_all_statements()
    assert {(row.kind, row.theirs_idr, row.ours_idr) for row in StatementDifference.objects.all()} == {
        ("payment", 0, 115_000), ("fee", 0, -805),
    }  # fmt: skip


@pytest.mark.unsound_books  # it is a difference until a person says why
def test_what_differs_is_listed_until_it_agrees_or_someone_knows_why(cast: Cast, partner: Partner) -> None:
    """A statement shows four days: what was found in one does not go with it."""
    partner.movements = [movement(MovementKind.PAYMENT, "top-up", 5_000)]
    compare_all_statements()
    with clock.stopped_at(clock.now() + timedelta(days=6)):
        partner.movements = []
        compare_all_statements()
    row = StatementDifference.objects.get()
    assert list(statement_differences()) == [row]
    resolve_difference(cast.operator, row.id, "our own top-up")
    compare_all_statements()
    assert not statement_differences().exists()
    partner.movements = [movement(MovementKind.PAYMENT, "top-up", 9_000)]
    compare_all_statements()
    assert statement_differences().get().theirs_idr == 9_000


def test_a_difference_of_long_ago_goes_once_it_is_booked(
    placed: Order, intent: PaymentIntent, pay: Callable[..., str], partner: Partner
) -> None:
    StatementDifference.objects.create(
        provider="sandbox",
        kind="payment",
        reference=str(intent.id),
        theirs_idr=115_000,
        ours_idr=0,
        found_at=clock.now(),
    )
    pay(placed.purchase_id)
    with clock.stopped_at(clock.now() + timedelta(days=9)):
        compare_all_statements()
    assert not StatementDifference.objects.exists()


@pytest.mark.unsound_books  # the payment itself is in no statement here
def test_where_only_play_money_moves_no_payment_of_the_house_is_missed(
    cast: Cast, settled_order: Order, partner: Partner
) -> None:
    """Nobody can order one there: every one that was noted would be a difference, each night."""
    courier = AccountKey(AccountKind.COURIER_PAYABLE, "jne").id
    remit(cast.operator, courier, 15_000, reference="WD-1", paid_on=clock.now().astimezone(clock.WIB).date())
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        compare_all_statements()
    assert not StatementDifference.objects.filter(reference="WD-1").exists()


@pytest.mark.unsound_books  # of one payment the statement says another amount
def test_what_the_house_paid_is_told_by_its_word_there(cast: Cast, settled_order: Order, real_partner: Partner) -> None:
    """Noted with its day, also long after; one that the statement has otherwise is listed, and goes once it is undone."""
    partner = real_partner
    courier, day = AccountKey(AccountKind.COURIER_PAYABLE, "jne").id, clock.now().astimezone(clock.WIB).date()
    partner.movements = [
        movement(MovementKind.DISBURSEMENT, "WD-77", -10_000),
        movement(MovementKind.DISBURSEMENT, "WD-78", -500),
    ]
    compare_all_statements()
    assert _disbursements() == {("WD-77", -10_000, 0), ("WD-78", -500, 0)}
    remit(cast.operator, courier, 10_000, reference="WD-77", paid_on=day)
    slip = remit(cast.operator, courier, 5_000, reference="WD-78", paid_on=day)
    compare_all_statements()
    assert _disbursements() == {("WD-78", -500, -5_000)}
    undo_remittance(cast.operator, slip.id, "A zero too many.")
    with clock.stopped_at(clock.now() + timedelta(days=9)):
        partner.movements = []
        remit(cast.operator, courier, 500, reference="WD-78", paid_on=day)
        compare_all_statements()
        assert not _disbursements()


@pytest.mark.unsound_books  # it is a difference, and stays one
def test_what_the_house_says_it_paid_and_the_statement_has_not(
    cast: Cast, settled_order: Order, real_partner: Partner
) -> None:
    courier, day = AccountKey(AccountKind.COURIER_PAYABLE, "jne").id, clock.now().astimezone(clock.WIB).date()
    remit(cast.operator, courier, 10_000, reference="WD-77", paid_on=day)
    compare_all_statements()
    assert not _disbursements()  # the day is not over
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        compare_all_statements()
    assert _disbursements() == {("WD-77", 0, -10_000)}


def _disbursements() -> set[tuple[str, int, int]]:
    rows = StatementDifference.objects.filter(kind="disbursement")
    return set(rows.values_list("reference", "theirs_idr", "ours_idr"))


def test_only_the_operator_knows_why(cast: Cast) -> None:
    with refused(NotTheOperator):
        resolve_difference(cast.seller, 1, "no")
