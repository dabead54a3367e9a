"""Commissions of orders that never settle, and what each side reads; the rest is in flows/tests."""

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.commissions import reverse_commissions
from lapak.affiliates.errors import CommissionNotFound
from lapak.affiliates.models import Commission, Link
from lapak.affiliates.queries import commission_for_creator, commission_totals_idr, commissions_of_creator
from lapak.affiliates.tests.sales import commission_on, order_line
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(cast: Cast, variant: Variant) -> Link:
    return link_to(cast, variant.product)


@pytest.fixture
def pending(cast: Cast, variant: Variant, link: Link) -> Commission:
    return commission_on(order_line(cast, variant), link, cast.programme)


def state_of(commission: Commission) -> str:
    return Commission.objects.get(pk=commission.pk).state


class TestReversing:
    @pytest.mark.parametrize("before", ["pending", "frozen"])
    def test_what_has_not_settled(self, pending: Commission, before: str) -> None:
        Commission.objects.update(state=before, frozen_at=clock.now())
        assert reverse_commissions(pending.order_id, "not paid in time") == 1
        assert state_of(pending) == "reversed"

    @pytest.mark.unsound_books  # a commission without its order's money: only its state is under test
    @pytest.mark.parametrize("state", ["payable", "paid"])
    def test_not_what_has_settled(self, cast: Cast, variant: Variant, link: Link, state: str) -> None:
        earned = commission_on(order_line(cast, variant), link, cast.programme, state=state)
        assert reverse_commissions(earned.order_id, "not paid in time") == 0
        assert state_of(earned) == state

    def test_only_of_that_order(self, cast: Cast, link: Link, pending: Commission) -> None:
        other = commission_on(order_line(cast, stocked_variant(cast.shop)), link, cast.programme)
        reverse_commissions(pending.order_id, "not paid in time")
        assert state_of(other) == "pending"


class TestReading:
    def test_the_list_names_order_and_goods_in_one_query(
        self, cast: Cast, pending: Commission, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            rows = [
                (found.line.order.number, found.line.title, found.link.code, found.amount_idr)
                for found in commissions_of_creator(cast.creator)
            ]
        order = Order.objects.get()
        assert rows == [(order.number, "Kemeja Batik Kawung", pending.link.code, 10_000)]

    @pytest.mark.usefixtures("pending")
    def test_by_state(self, cast: Cast, variant: Variant, link: Link) -> None:
        reversed_one = commission_on(order_line(cast, variant), link, cast.programme, state="reversed")
        assert list(commissions_of_creator(cast.creator, "reversed")) == [reversed_one]
        assert commission_totals_idr(cast.creator) == {
            "pending": 10_000, "payable": 0, "paid": 0, "reversed": 10_000, "frozen": 0,
        }  # fmt: skip

    def test_a_stranger_finds_nothing(self, cast: Cast, pending: Commission) -> None:
        assert commission_for_creator(cast.creator_user, pending.pk) == pending
        for other in (cast.stranger, cast.seller, cast.buyer):
            with refused(CommissionNotFound):
                commission_for_creator(other, pending.pk)
