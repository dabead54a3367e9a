"""The closing of 4 October 2023 once more, on its very dates, with an order in every state: at its end nothing is held, and
everyone has what is theirs, in money and in files. The books are checked after it, as after every test."""

import csv
import io
import uuid
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F, Sum

from lapak.affiliates.creators import become_creator
from lapak.affiliates.invitations import invite_creator, make_creator_invitation
from lapak.affiliates.models import Commission, CreatorInvitation
from lapak.affiliates.rules import INVITATION_DAYS
from lapak.affiliates.samples.models import Sample
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import run_payouts_of_the_day
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import accept_return, approve_return
from lapak.flows.ship_order import confirm_receipt, decide_fate, deliver_order, ship_order
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.one_of_each import account_of
from lapak.flows.tests.partner import Partner
from lapak.goods.catalogue.models import StockChange, Variant
from lapak.lib import clock
from lapak.money.gateways.contract import DisbursementStatus, RefundStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import account_totals
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payouts.models import Payout
from lapak.moving.move_out import move_out
from lapak.moving.own_data import write_own_data
from lapak.people.shops.closings import announce_closing
from lapak.people.shops.models import AnnouncedClosing
from lapak.testing.cast import Cast, asked_for, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.testing.samples import approved_sample, arrived_sample, asked_sample, sent_sample
from lapak.trade.orders.commands import claim_not_arrived, pack_order
from lapak.trade.orders.errors import OrdersStopped
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.returns.sending import receive_return, send_back

pytestmark = pytest.mark.django_db

ANNOUNCED = datetime(2023, 10, 3, 19, tzinfo=clock.WIB)
STOP = datetime(2023, 10, 4, 17, tzinfo=clock.WIB)
SHIP_BY = datetime(2023, 11, 5, 23, 59, 59, tzinfo=clock.WIB)
OVER = datetime(2023, 12, 1, tzinfo=clock.WIB)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

HELD_FOR_OTHERS = (
    AccountKind.ORDER_ESCROW,
    AccountKind.SELLER_PAYABLE,
    AccountKind.CREATOR_CLEARING,
    AccountKind.CREATOR_PAYABLE,
    AccountKind.BUYER_REFUND_PAYABLE,
    AccountKind.PAYOUT_IN_TRANSIT,
    AccountKind.UNEXPLAINED_RECEIPT,
)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everyone was here before: a programme of today would owe nothing for what was clicked on then."""
    with clock.stopped_at(ANNOUNCED - 60 * DAY):
        return assemble_cast()


def market_lives(first: datetime, last: datetime) -> None:
    """What the worker does, at nine each morning."""
    moment = first.replace(hour=9, minute=0, second=0)
    while (moment := moment + DAY) < last:
        with clock.stopped_at(moment):
            run_due_clocks()
            credit_due_creators()
            run_payouts_of_the_day()
            speak_to_partners(0)


def test_it_ends_with_nothing_held(cast: Cast, partner: Partner) -> None:
    partner.refund, partner.payout = RefundStatus.ARRIVED, DisbursementStatus.ARRIVED
    account_of(cast.buyer)  # by which comes what the gateway cannot give back any more
    shirt = stocked_variant(cast.shop, on_hand=50)
    with clock.stopped_at(ANNOUNCED):
        link = link_to(cast, shirt.product)
        closing = announce_closing(cast.operator, None, orders_stop_at=STOP, ship_by=SHIP_BY)
    with clock.stopped_at(STOP - HOUR):
        silent, unsent, on_its_way, lost = (paid_order(cast, (shirt, 1), click=click_on(link)) for _ in range(4))
        with_long_clocks = paid_order(cast, (shirt, 1))
        kept, sent_back = (delivered_order(cast, (shirt, 1), click=click_on(link)) for _ in range(2))
        received = confirm_receipt(cast.buyer, delivered_order(cast, (shirt, 1), click=click_on(link)).id)
        return_ = asked_return(cast, sent_back)
        for order in (unsent, on_its_way, lost):
            pack_order(cast.seller, order.id)
        for order in (on_its_way, lost):
            ship_order(cast.seller, order.id, tracking_number())
        Order.objects.filter(id=with_long_clocks.id).update(pack_by=SHIP_BY + DAY, ship_by=SHIP_BY + 2 * DAY)
        asked_for_samples(cast, shirt)
        invited_creators(cast)
    with clock.stopped_at(STOP - timedelta(minutes=5)):
        never_paid, paid_after = (
            order_of(place_purchase(cast.buyer.id, asked_for(cast, (shirt, 1)))) for _ in range(2)
        )
        too_late = asked_for(cast, (shirt, 1))
    assert {*Order.objects.values_list("state", flat=True)} == {*State} - {State.CANCELLED, State.REFUNDED}
    with clock.stopped_at(STOP), refused(OrdersStopped):
        place_purchase(cast.buyer.id, too_late)
    with clock.stopped_at(STOP + timedelta(minutes=5)):
        intent = PaymentIntent.objects.get(pays_for=paid_after.purchase_id)
        receive_payment(charge_report(intent), intent.provider)
        pack_order(cast.seller, paid_after.id)
        ship_order(cast.seller, paid_after.id, tracking_number())
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", tracking_number())
    market_lives(STOP, STOP + 3 * DAY)
    with clock.stopped_at(STOP + 3 * DAY):
        for order in (on_its_way, paid_after):
            deliver_order(None, order.id)
        receive_return(cast.seller, return_.id)
        accept_return(cast.seller, return_.id)
    market_lives(STOP + 3 * DAY, SHIP_BY - 10 * DAY)
    with clock.stopped_at(SHIP_BY - 10 * DAY):
        claim_not_arrived(cast.buyer, lost.id)
        decide_fate(cast.operator, lost.id, "lost", "The courier cannot find it.")
    market_lives(SHIP_BY - 10 * DAY, OVER)

    states = {
        silent: "cancelled",
        unsent: "cancelled",
        with_long_clocks: "cancelled",
        never_paid: "cancelled",
        lost: "refunded",
        sent_back: "refunded",
        on_its_way: "completed",
        paid_after: "completed",
        kept: "completed",
        received: "completed",
    }
    assert dict(Order.objects.values_list("id", "state")) == {order.id: state for order, state in states.items()}
    with_long_clocks.refresh_from_db()
    assert with_long_clocks.cancelled_at == SHIP_BY.replace(hour=9, minute=0, second=0) + DAY
    assert AnnouncedClosing.objects.get(id=closing.id).ended_at is not None

    assert_creators_are_done_with(shirt)
    assert_nothing_is_held(given_back=[silent, unsent, with_long_clocks, lost, sent_back])
    assert_all_is_taken_along(
        cast,
        {str(order.id): state for order, state in states.items()},
        promoted={str(order.id) for order in (silent, unsent, on_its_way, lost, kept, sent_back, received)},
    )


def asked_for_samples(cast: Cast, variant: Variant) -> None:
    """One in each state in which somebody still has to do something; three pieces of the shelf are promised or gone."""
    for reach in (asked_sample, approved_sample, sent_sample, arrived_sample):
        reach(cast, variant, a_month=10)


def invited_creators(cast: Cast) -> None:
    """One who may answer here, and one of whom the shop has an address alone."""
    another = become_creator(cast.stranger, handle="mas-bagas")
    invite_creator(cast.seller, cast.shop, another, 1_500)
    make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="@ani", rate_bp=1_500)


def assert_creators_are_done_with(variant: Variant) -> None:
    """Nothing waits for a creator, or for a shop's answer to one; what was promised and not sent is back on the shelf. What was
    not sent ended with the orders, and nobody is blamed for showing nothing that could be bought."""
    with clock.stopped_at(STOP + (INVITATION_DAYS + 2) * DAY):
        run_due_clocks()  # an address that a shop has given to somebody leads somewhere for as long
    assert sorted(Sample.objects.values_list("state", flat=True)) == ["ended"] * 4
    given = StockChange.objects.filter(variant_id=variant.id, reason="sample")
    assert given.aggregate(pieces=Sum(F("to_on_hand") - F("from_on_hand")))["pieces"] == -2
    assert not Sample.objects.exclude(address={}).exists()
    assert set(CreatorInvitation.objects.values_list("state", flat=True)) == {"lapsed"}
    assert not Commission.objects.exclude(state__in=["paid", "reversed"]).exists()
    assert not StuckAct.objects.exists()


def assert_nothing_is_held(given_back: list[Order]) -> None:
    """Neither of buyers, shops nor creators: what was theirs has arrived."""
    held = dict(account_totals())
    assert {kind: held.get(kind, 0) for kind in HELD_FOR_OTHERS} == dict.fromkeys(HELD_FOR_OTHERS, 0)
    assert set(Payout.objects.values_list("status", flat=True)) == {"confirmed"}
    paid_out = set(Payout.objects.filter(amount_idr__gt=0).values_list("account__kind", flat=True))
    assert paid_out >= {AccountKind.SELLER_PAYABLE, AccountKind.CREATOR_PAYABLE}
    assert set(Refund.objects.values_list("status", flat=True)) == {"arrived"}
    back = Refund.objects.aggregate(idr=Sum("amount_idr"))["idr"]
    assert back == sum(order.total_idr for order in given_back)


def assert_all_is_taken_along(cast: Cast, states: dict[str, str], promoted: set[str]) -> None:
    """Shop, buyer and creator have every order in the file that they take along when all is over, as it ended."""
    with clock.stopped_at(OVER):
        of_shop = rows_of(lambda to: move_out(cast.seller, cast.shop, "lapak", to), "orders")
        of_buyer = rows_of(lambda to: write_own_data(cast.buyer, to), "orders")
        of_creator = rows_of(lambda to: write_own_data(cast.creator_user, to), "commissions")
    for rows in (of_shop, of_buyer):
        assert {row["order_id"]: row["state"] for row in rows} == states
    assert {row["order_id"] for row in of_creator} == promoted


def rows_of(write: Callable[[io.BytesIO], object], name: str) -> list[dict[str, str]]:
    """One list of the file that somebody takes along."""
    to = io.BytesIO()
    write(to)
    with zipfile.ZipFile(to) as archive:
        (path,) = (each for each in archive.namelist() if each.rpartition("/")[2] == f"{name}.csv")
        return list(csv.DictReader(io.StringIO(archive.read(path).decode("utf-8-sig"))))


def order_of(purchase_id: uuid.UUID) -> Order:
    return Order.objects.get(purchase_id=purchase_id)
