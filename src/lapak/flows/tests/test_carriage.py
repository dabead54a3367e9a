"""Who pays the courier of an order of which nothing stays sold; decision 0016."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import confirm_receipt, decide_fate, ship_order
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import dispute_report
from lapak.testing.whose_is_what import differences
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


def courier_and_shop(cast: Cast) -> tuple[int, int, int]:
    """What the courier is owed, what the shop is, and what the shop owes; as the second opinion has it."""
    assert not differences()
    return (
        balance(AccountKind.COURIER_PAYABLE, "jne"),
        balance(AccountKind.SELLER_PAYABLE, cast.shop.id),
        balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id),
    )


def test_for_its_fault_the_shop_owes_the_courier_s_due(cast: Cast, delivered: Order, ask: Ask) -> None:
    approve_return(cast.seller, ask(2, "damaged", goods_come_back=False).id)
    delivered.refresh_from_db()
    assert delivered.state == "refunded"
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 115_000
    assert courier_and_shop(cast) == (15_000, 0, 15_000)
    booked = [(transfer.code, transfer.amount_idr) for transfer in transfers_of_reference(delivered.id)]
    assert ("carriage_borne", 15_000) in booked


def test_out_of_what_the_shop_is_owed_first(cast: Cast, delivered: Order, ask: Ask) -> None:
    """Of another order, one shirt at Rp11.111, the fee of Rp222 and VAT of Rp24 are taken."""
    other = delivered_order(cast, (stocked_variant(cast.shop, price_idr=11_111), 1))
    confirm_receipt(cast.buyer, other.id)
    of_courier_idr, of_shop_idr, _ = courier_and_shop(cast)
    assert (of_courier_idr, of_shop_idr) == (15_000, 11_111 - 222 - 24)
    approve_return(cast.seller, ask(2, "damaged", goods_come_back=False).id)
    assert courier_and_shop(cast) == (30_000, 0, 15_000 - of_shop_idr)


def test_only_once_nothing_is_left(cast: Cast, delivered: Order, ask: Ask) -> None:
    approve_return(cast.seller, ask(1, "damaged", goods_come_back=False).id)
    assert courier_and_shop(cast) == (0, 0, 0)
    approve_return(cast.seller, ask(1, "faulty", goods_come_back=False).id)
    assert courier_and_shop(cast) == (15_000, 0, 15_000)


def test_a_courier_who_brought_nothing_is_owed_nothing(cast: Cast, delivered: Order, ask: Ask) -> None:
    approve_return(cast.seller, ask(2, "not_arrived", goods_come_back=False).id)
    assert courier_and_shop(cast) == (0, 0, 0)


def test_who_brought_a_part_is_owed_the_carriage(cast: Cast, delivered: Order, ask: Ask) -> None:
    approve_return(cast.seller, ask(1, "not_arrived", goods_come_back=False).id)
    approve_return(cast.seller, ask(1, "damaged", goods_come_back=False).id)
    assert courier_and_shop(cast) == (15_000, 0, 15_000)


def test_of_a_change_of_mind_escrow_still_pays_the_courier(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask(2, "changed_mind")
    approve_return(cast.seller, return_.id, waives_goods=True)
    confirm_receipt(cast.buyer, delivered.id)
    assert courier_and_shop(cast) == (15_000, 0, 0)


def test_after_settlement_the_courier_is_owed_it_once(cast: Cast, delivered: Order) -> None:
    confirm_receipt(cast.buyer, delivered.id)
    approve_return(cast.seller, asked_return(cast, delivered, goods_come_back=False).id)
    assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000


def test_a_parcel_that_got_lost_earns_its_courier_nothing(cast: Cast) -> None:
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, tracking_number())
    with clock.stopped_at(clock.now() + timedelta(days=16)):
        decide_fate(cast.operator, order.id, "lost", "The courier says so.")
    assert courier_and_shop(cast) == (0, 0, 0)


@pytest.mark.parametrize(("lost_idr", "of_shipping_idr"), [(115_000, 15_000), (105_000, 5_000), (100_000, 0)])
def test_shipping_that_the_buyer_s_bank_took_is_still_the_courier_s(
    cast: Cast, delivered: Order, lost_idr: int, of_shipping_idr: int
) -> None:
    """The goods' money goes first; what is left of the shipping waits in escrow."""
    intent = PaymentIntent.objects.get(pays_for=delivered.purchase_id)
    for status in ("opened", "lost"):
        receive_dispute(dispute_report(intent, lost_idr, status, reference="dp1"), "sandbox")
    assert courier_and_shop(cast) == (of_shipping_idr, 0, of_shipping_idr)
