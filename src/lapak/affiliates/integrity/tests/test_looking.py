"""What the rules are told of a creator is what the tables say."""

from datetime import timedelta

import pytest

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.integrity.facts import place_of
from lapak.affiliates.integrity.looking import LEAST_SALES, facts_of
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.tests.sales import commission_on, order_line
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.users.models import Address, BankAccount, User
from lapak.testing.cast import Cast, link_to
from lapak.trade.orders.models import OrderLine, Purchase

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]  # sales without their money


@pytest.fixture
def sales(cast: Cast, variant: Variant) -> list[Commission]:
    """As many as it takes for rules to look closer, all the same buyer's, delivered to the creator's home."""
    link = link_to(cast, variant.product)
    Address.objects.filter(id=cast.address.id).update(user=cast.creator_user)
    sold = [commission_on(order_line(cast, variant), link, cast.programme) for _ in range(LEAST_SALES)]
    Purchase.objects.update(address={"street": "JL. MELATI, 5", "postal_code": cast.address.postal_code})
    return sold


def test_whose_sales_they_are_where_they_went_and_which_wait(cast: Cast, sales: list[Commission]) -> None:
    told = facts_of(cast.creator, [sales[0].pk], clock.now())
    assert {sale.commission_id: sale.is_waiting for sale in told.sales} == {sale.pk: sale is sales[0] for sale in sales}
    assert {sale.buyer_id for sale in told.sales} == {cast.buyer.id}
    assert (
        {sale.place for sale in told.sales}
        == told.own_places
        == {place_of({"street": "Jl. Melati 5", "postal_code": "12810"})}
    )


def test_what_came_back_is_all_of_it_and_not_what_the_shop_did_not_have(
    cast: Cast, variant: Variant, sales: list[Commission]
) -> None:
    lines = OrderLine.objects.filter
    lines(id=sales[0].line_id).update(refunded_quantity=1)
    lines(id=sales[1].line_id).update(refunded_quantity=1, cancelled_quantity=1)
    of_two = order_line(cast, variant, quantity=2)
    commission_on(of_two, sales[0].link, cast.programme)
    lines(id=of_two.id).update(refunded_quantity=1)
    told = facts_of(cast.creator, [], clock.now())
    assert {sale.commission_id for sale in told.sales if sale.came_back} == {sales[0].pk}


def test_what_was_clicked_at_the_checkout_and_earns_nothing(
    cast: Cast, variant: Variant, sales: list[Commission]
) -> None:
    late, expired, long_ago = (order_line(cast, variant) for _ in range(3))
    for line, verdict, days in (
        (late, Contender.Verdict.AT_CHECKOUT, 0),
        (expired, Contender.Verdict.EXPIRED, 0),
        (long_ago, Contender.Verdict.AT_CHECKOUT, 46),
        (sales[0].line, Contender.Verdict.AT_CHECKOUT, 0),
    ):
        Contender.objects.create(
            line=line, creator=cast.creator, link=sales[0].link, clicked_at=clock.now() - timedelta(days=days),
            is_typed=False, attribution="direct", verdict=verdict, share_bp=0, won_by="newest",
        )  # fmt: skip
    assert facts_of(cast.creator, [], clock.now()).late == {late.order_id: cast.buyer.id}


def test_a_ring_over_one_other_person(cast: Cast, sales: list[Commission]) -> None:
    """The creator shares an account with somebody, who shares another with the buyer."""
    own = cast.creator.bank_account
    assert own is not None
    between = User.objects.create_user("between@example.com")
    assert facts_of(cast.creator, [], clock.now()).near_buyers == frozenset()
    for user, code, number in (
        (between, own.bank_code, own.number),
        (between, "002", "777777"),
        (cast.buyer, "002", "777777"),
    ):
        BankAccount.objects.create(user=user, bank_code=code, number=number, holder="x")
    assert facts_of(cast.creator, [], clock.now()).near_buyers == {cast.buyer.id}


def test_somebody_closed_who_is_paid_into_the_same_account(cast: Cast) -> None:
    own = cast.creator.bank_account
    assert own is not None
    account = BankAccount.objects.create(user=cast.stranger, bank_code=own.bank_code, number=own.number, holder="x")
    twin = Creator.objects.create(user=cast.stranger, handle="twin", joined_at=clock.now(), bank_account=account)
    assert facts_of(cast.creator, [], clock.now()).closed_twin_id is None
    Creator.objects.filter(id=twin.id).update(closed_from=clock.now())
    assert facts_of(cast.creator, [], clock.now()).closed_twin_id == twin.id


def test_few_sales_cost_two_statements(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        facts_of(cast.creator, [], clock.now())
