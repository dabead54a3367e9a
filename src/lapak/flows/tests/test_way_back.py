"""What sending goods back cost: stated with its receipt, borne by the shop for its faults, paid out of escrow."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image

from lapak.flows.refund_return import SENDING_BACK, accept_return, approve_return
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.disputed import again, tell
from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Refund
from lapak.testing.cast import Cast
from lapak.testing.histories import asked_return
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order
from lapak.trade.returns.errors import WayBackRefused
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import receive_return, send_back

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]
Send = Callable[..., Return]


@pytest.fixture(autouse=True)
def private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr("lapak.trade.returns.sending.private_storage", lambda: own)


def receipt() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(picture, "JPEG")
    return picture.getvalue()


@pytest.fixture
def send(cast: Cast, ask: Ask) -> Send:
    """The shop agreed, and the buyer sends so many of the two shirts back."""

    def approved_and_sent(
        way_back_idr: int, picture: bytes | None, *, pieces: int = 1, reason: str = "damaged"
    ) -> Return:
        return_ = ask(pieces, reason)
        approve_return(cast.seller, return_.id)
        return send_back(cast.buyer, return_.id, "JNE", "JX0001234567", way_back_idr=way_back_idr, receipt=picture)

    return approved_and_sent


def accepted(cast: Cast, return_: Return) -> Return:
    receive_return(cast.seller, return_.id)
    return accept_return(cast.seller, return_.id)


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


def test_for_the_shop_s_fault_it_comes_out_of_escrow(cast: Cast, delivered: Order, send: Send) -> None:
    """Of 115,000: one of two shirts back is 50,000, its way back 12,000; 38,000 of the goods are left for the shop."""
    return_ = accepted(cast, send(12_000, receipt()))
    assert (return_.refunded_goods_idr, return_.refunded_way_back_idr) == (50_000, 12_000)
    delivered.refresh_from_db()
    assert (delivered.escrow_idr, delivered.way_back_idr, delivered.borne_by_shop_idr) == (53_000, 12_000, 0)
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 62_000
    assert Refund.objects.get().amount_idr == 62_000
    assert ("way_back_refunded", 12_000) in [(t.code, t.amount_idr) for t in transfers_of_reference(delivered.id)]


def test_the_shop_settles_for_less_and_pays_its_fee_on_what_stays_sold(
    cast: Cast, delivered: Order, send: Send
) -> None:
    """50,000 sold, of which 12,000 went for the way back: 38,000 less fee 1,000, VAT 110 and commission 5,000."""
    accepted(cast, send(12_000, receipt()))
    confirm_receipt(cast.buyer, delivered.id)
    assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 38_000 - 1_000 - 110 - 5_000
    assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 0


def test_when_all_went_back_the_shop_owes_it(cast: Cast, delivered: Order, send: Send) -> None:
    return_ = accepted(cast, send(12_000, receipt(), pieces=2))
    delivered.refresh_from_db()
    assert return_.refunded_idr == 127_000
    assert (delivered.state, delivered.escrow_idr, delivered.borne_by_shop_idr) == ("refunded", 0, 12_000)
    assert balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id) == 12_000 + 15_000  # the carriage comes beside it
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 127_000


def test_a_second_return_finds_less_in_escrow_than_its_goods_cost(cast: Cast, delivered: Order, send: Send) -> None:
    accepted(cast, send(12_000, receipt()))
    rest = asked_return(cast, delivered, 1)
    approve_return(cast.seller, rest.id)
    send_back(cast.buyer, rest.id, "JNE", "JX0007654321", way_back_idr=9_000, receipt=receipt())
    accepted(cast, rest)
    delivered.refresh_from_db()
    assert (delivered.state, delivered.escrow_idr, delivered.borne_by_shop_idr) == ("refunded", 0, 21_000)
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 115_000 + 21_000
    assert balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id) == 21_000 + 15_000


def test_after_settlement_the_shop_bears_it(cast: Cast, delivered: Order) -> None:
    confirm_receipt(cast.buyer, delivered.id)
    return_ = asked_return(cast, delivered, 1, reason="faulty")
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", "JX0001234567", way_back_idr=12_000, receipt=receipt())
    assert accepted(cast, return_).refunded_idr == 62_000
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 62_000


def test_at_most_what_the_dearest_service_on_the_way_costs(cast: Cast, send: Send) -> None:
    """SiCepat BEST within Java: Rp22.000."""
    return_ = send(80_000, receipt())
    assert (return_.way_back_stated_idr, return_.way_back_borne_idr) == (80_000, 22_000)
    assert accepted(cast, return_).refunded_way_back_idr == 22_000


def test_who_changed_their_mind_bears_it(cast: Cast, send: Send) -> None:
    return_ = send(12_000, receipt(), reason="changed_mind")
    assert return_.way_back_borne_idr == 0
    assert accepted(cast, return_).refunded_idr == 50_000


@pytest.mark.parametrize(("idr", "picture"), [(12_000, None), (0, receipt()), (-1, receipt()), (10_000_001, receipt())])
def test_not_without_its_receipt_nor_any_sum(cast: Cast, ask: Ask, idr: int, picture: bytes | None) -> None:
    return_ = ask()
    approve_return(cast.seller, return_.id)
    with refused(WayBackRefused):
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567", way_back_idr=idr, receipt=picture)
    with refused(ImageUnreadable):
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567", way_back_idr=12_000, receipt=b"no picture")
    return_.refresh_from_db()
    assert return_.state == "approved"


def test_a_second_return_after_settlement_is_the_shop_s_to_bear(cast: Cast, send: Send, delivered: Order) -> None:
    """The way back before it had come out of what was held; the shop had the rest, and all of the second pieces."""
    accepted(cast, send(10_000, receipt()))
    confirm_receipt(cast.buyer, delivered.id)
    second = asked_return(cast, delivered, 1, goods_come_back=False)
    approve_return(cast.seller, second.id)
    delivered.refresh_from_db()
    assert (delivered.state, delivered.refunded_idr, delivered.way_back_idr) == ("refunded", 115_000, 10_000)
    assert [*Refund.objects.order_by("owed_at").values_list("amount_idr", flat=True)] == [60_000, 65_000]
    # The ways back and the shipping, which the courier has, are all that the shop has lost.
    owed = AccountKey(AccountKind.SELLER_RECEIVABLE, str(cast.shop.id))
    assert balance_idr(owed) == 10_000 + 15_000


@pytest.mark.usefixtures("everyone_has_what_is_theirs")
class TestWhenTheBankPaysForTheGoods:
    """It gives the buyer what they had paid for the order: what sending it back cost is not in that."""

    @pytest.mark.parametrize(("amount_idr", "pieces", "state"), [(115_000, 2, "refunded"), (100_000, 1, "delivered")])
    def test_the_shop_pays_it_as_ever(
        self, cast: Cast, delivered: Order, send: Send, amount_idr: int, pieces: int, state: str
    ) -> None:
        send(10_000, receipt(), pieces=pieces)
        tell(delivered, "lost", amount_idr)
        return_ = Return.objects.get()
        assert (return_.state, return_.refunded_way_back_idr) == ("closed", 10_000)
        owed = Refund.objects.get(status="owed")
        assert (owed.amount_idr, owed.buyer_id, str(owed.reason)) == (10_000, cast.buyer.id, SENDING_BACK)
        order = again(delivered)
        assert (order.state, order.way_back_idr, order.borne_by_shop_idr) == (state, 10_000, 10_000)
        assert balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id) >= 10_000

    def test_also_after_everyone_was_paid(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        confirm_receipt(cast.buyer, delivered.id)
        return_ = ask(2, "faulty")
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567", way_back_idr=10_000, receipt=receipt())
        tell(delivered, "lost")
        assert Refund.objects.get(status="owed").amount_idr == 10_000
        assert again(delivered).state == "refunded"

    def test_not_what_a_changed_mind_cost(self, delivered: Order, send: Send) -> None:
        send(10_000, receipt(), pieces=2, reason="changed_mind")
        tell(delivered, "lost")
        assert not Refund.objects.filter(status="owed").exists()
