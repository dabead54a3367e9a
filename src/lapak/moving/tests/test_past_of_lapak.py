"""What a shop was before goes along with it: orders become past ones, and the past stays what it is."""

from itertools import groupby
from pathlib import Path

import pytest

from lapak.affiliates.invitations import make_creator_invitation
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Product, Variant
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.past.leaving import lines_of_orders, lines_of_promotions
from lapak.moving.past.models import PastCreator, PastLine, PastOrder, PastPromotion, PastTerms
from lapak.moving.plan import Tally
from lapak.moving.tests.files import EXAMPLES
from lapak.moving.tests.left import from_elsewhere, stocked, written
from lapak.moving.tests.moved import upload_of
from lapak.moving.undo import undo_upload
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, own_rate
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.refused import contents_of_tables
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

COUNTED = {"past_pastmonth", "past_pastgoods", "past_pastcreator", "past_pastincomemonth"}


@pytest.fixture
def other(cast: Cast) -> Shop:
    return open_shop(cast.seller, slug="lain", name="Lain", city="Solo", province_code="33")


@pytest.fixture
def sold(cast: Cast, variant: Variant) -> list[Order]:
    """Two orders of one buyer, one of them over."""
    over = confirm_receipt(cast.buyer, delivered_order(cast, (variant, 1)).id)
    return [over, paid_order(cast, (variant, 2))]


@pytest.fixture
def with_past(cast: Cast) -> None:
    """The shop moved in from elsewhere, with its orders and its creators' sales."""
    files = [EXAMPLES / "All order-2023-10-04-16_30.csv", EXAMPLES / "affiliate_orders_20231004.csv"]
    move_in(cast.seller, files, cast.shop)


def left(cast: Cast, into: Path) -> Path:
    return Path(written(cast, "lapak", into).filename or "")


def moved(cast: Cast, other: Shop, into: Path) -> MoveInResult:
    return move_in(cast.seller, [from_elsewhere(left(cast, into))], other)


def test_orders_become_past_ones(cast: Cast, sold: list[Order], other: Shop, tmp_path: Path) -> None:
    orders = Order.objects.count()
    result = moved(cast, other, tmp_path)
    assert result.done
    assert (result.done.past_orders, result.errors) == (Tally(created=2), [])
    past = PastOrder.objects.filter(shop=other).order_by("placed_at")
    assert [(each.platform, each.state, each.total_idr) for each in past] == [
        ("lapak", "completed", sold[0].total_idr),
        ("lapak", "open", sold[1].total_idr),
    ]
    assert len({each.buyer for each in past}) == 1
    assert {line.product for line in PastLine.objects.filter(order__shop=other)} == {Product.objects.get(shop=other)}
    assert Product.objects.get(shop=other).sold_before == {"Lapak": 1}
    assert Order.objects.count() == orders


def test_given_again_they_change_nothing(cast: Cast, sold: list[Order], other: Shop, tmp_path: Path) -> None:
    file = from_elsewhere(left(cast, tmp_path))
    move_in(cast.seller, [file], other)
    before = list(PastLine.objects.values_list())
    again = move_in(cast.seller, [file], other)
    assert again.done
    assert again.done.past_orders == Tally(unchanged=2)
    assert list(PastLine.objects.values_list()) == before


def test_orders_of_this_marketplace_are_passed_over(cast: Cast, sold: list[Order], other: Shop, tmp_path: Path) -> None:
    result = move_in(cast.seller, [left(cast, tmp_path)], other)
    assert result.done
    assert (result.done.past_orders, result.done.past_rows) == (Tally(), Tally(unchanged=2))
    assert not PastOrder.objects.exists()
    assert any("2 orders were placed at this marketplace" in words for words in result.in_words)


def test_a_shop_that_loads_its_own_file_stays_as_it_is(
    cast: Cast, sold: list[Order], with_past: None, tmp_path: Path
) -> None:
    stocked(cast)
    file = left(cast, tmp_path)
    Variant.objects.filter(product__shop=cast.shop).update(price_idr=77_000)
    before = kept()
    result = move_in(cast.seller, [file], cast.shop)
    assert kept() == before
    assert result.done
    assert (result.done.products.unchanged, result.done.products.created) == (3, 0)
    assert any("3 products left from this very shop" in words for words in result.in_words)
    assert result.errors == []


def kept() -> dict[str, int]:
    """All that is in the database, but for what is counted from it."""
    return {table: said for table, said in contents_of_tables().items() if table not in COUNTED}


def test_the_past_goes_on_with_the_shop(cast: Cast, with_past: None, other: Shop, tmp_path: Path) -> None:
    stocked(cast)
    result = moved(cast, other, tmp_path)
    assert result.errors == []
    assert [{**told, "buyer": ""} for told in lines_of_orders(other)] == [
        {**told, "buyer": ""} for told in lines_of_orders(cast.shop)
    ]
    assert buyers(other) == buyers(cast.shop)
    assert list(lines_of_promotions(other)) == list(lines_of_promotions(cast.shop))
    assert PastOrder.objects.filter(shop=other).count() == PastOrder.objects.filter(shop=cast.shop).count() > 100


def buyers(shop: Shop) -> set[tuple[str, ...]]:
    """The orders of each buyer, whatever the buyer is called."""
    by_buyer = PastOrder.objects.filter(shop=shop).exclude(buyer="").order_by("buyer", "source_id")
    return {
        tuple(source_id for _buyer, source_id in orders)
        for _buyer, orders in groupby(by_buyer.values_list("buyer", "source_id"), lambda pair: pair[0])
    }


def test_an_unknown_platform_leaves_the_row_out(cast: Cast, with_past: None, other: Shop, tmp_path: Path) -> None:
    with written(cast, "lapak", tmp_path) as archive:
        rows = archive.read("past_orders.csv").decode("utf-8-sig").splitlines()[:3]
    lists = tmp_path / "past_orders.csv"
    lists.write_text("\n".join([*rows[:2], rows[2].replace("tiktok_shop", "myspace")]), "utf-8")
    result = move_in(cast.seller, [lists], other)
    assert [error.message for error in result.errors] == ["Lapak knows no platform of this name."]
    assert result.done
    assert result.done.past_rows == Tally(created=1, left_out=1)


def test_creators_can_be_invited_at_the_rate_they_had(
    cast: Cast, variant: Variant, other: Shop, tmp_path: Path
) -> None:
    own_rate(cast, cast.creator, 1_750)
    result = moved(cast, other, tmp_path)
    assert result.done
    assert result.done.past_terms.created == 1
    told = PastCreator.objects.get(shop=other)
    assert (told.platform, told.handle, told.rate_bp, told.orders) == ("lapak", cast.creator.handle, 1_750, 0)
    invitation = make_creator_invitation(cast.seller, other, place="Lapak", name=told.handle, rate_bp=told.rate_bp or 0)
    assert invitation.creator is None
    assert any("Your programme for all creators was at 10%" in words for words in result.in_words)


def test_who_promotes_the_shop_already_is_not_asked_again(cast: Cast, variant: Variant, tmp_path: Path) -> None:
    own_rate(cast, cast.creator, 1_750)
    move_in(cast.seller, [from_elsewhere(left(cast, tmp_path))], cast.shop)
    assert not PastTerms.objects.exists()
    assert not PastCreator.objects.exists()


def test_terms_go_on_and_are_taken_back_with_their_upload(
    cast: Cast, variant: Variant, other: Shop, tmp_path: Path
) -> None:
    own_rate(cast, cast.creator, 1_750)
    upload = upload_of(cast.seller, other)
    move_in(cast.seller, [from_elsewhere(left(cast, tmp_path))], other, upload_id=upload.id)
    assert PastTerms.objects.filter(shop=other, upload_id=upload.id).count() == 1
    undo_upload(cast.seller, upload.id)
    assert not PastTerms.objects.exists()
    assert not PastCreator.objects.filter(shop=other).exists()
    assert not PastPromotion.objects.filter(shop=other).exists()
