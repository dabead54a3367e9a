"""Long lists of orders that settle: in batches, by as many workers as there are."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import Mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from lapak.flows import settle_order
from lapak.flows.credit_creator import credit_creator
from lapak.flows.settle_order import SETTLE_JOB, settle_in_batches, settle_with_help
from lapak.flows.tasks import settle_too
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.crowd import many_commissions, many_orders
from lapak.trade.orders.clocks import orders_to_settle
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.unsound_books]


@pytest.fixture
def completed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    monkeypatch.setattr(settle_order, "SETTLED_AT_ONCE", 2)
    return many_orders(cast, stocked_variant(cast.shop), 5, Order.State.COMPLETED)


def test_another_worker_is_asked_to_help_with_a_long_list(completed: list[Order]) -> None:
    assert settle_with_help(orders_to_settle()) == len(completed)
    assert ProcrastinateJob.objects.filter(task_name=SETTLE_JOB).count() == 1


def test_a_short_list_is_done_alone(completed: list[Order]) -> None:
    assert settle_with_help(orders_to_settle().filter(id=completed[0].id)) == 1
    assert not ProcrastinateJob.objects.filter(task_name=SETTLE_JOB).exists()


def test_who_helps_asks_nobody_again(completed: list[Order], monkeypatch: pytest.MonkeyPatch) -> None:
    """Were all that is left stuck, the job would be there again and again without a pause."""
    monkeypatch.setattr(settle_order, "settle_orders", Mock(side_effect=RuntimeError))
    settle_too()
    assert orders_to_settle().count() == len(completed)
    assert not ProcrastinateJob.objects.filter(task_name=SETTLE_JOB).exists()


def test_an_order_that_somebody_holds_is_left_to_them_and_taken_later(completed: list[Order]) -> None:
    with held_by_another(completed[0]):
        assert settle_in_batches(orders_to_settle()) == len(completed) - 1
    assert list(orders_to_settle()) == [completed[0]]
    assert settle_in_batches(orders_to_settle()) == 1


def test_many_settle_with_as_many_statements_as_few(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    link = link_to(cast, variant.product)

    def statements_for(count: int) -> int:
        orders = many_orders(cast, variant, count, Order.State.COMPLETED)
        many_commissions(cast, link, orders)
        with CaptureQueriesContext(connection) as settling:
            assert settle_order.settle_orders([order.id for order in orders]) == count
        with CaptureQueriesContext(connection) as crediting:
            assert credit_creator(cast.creator.id) == count
        return len(settling) + len(crediting)

    statements_for(1)  # the creator's year begins, the shop's accounts are opened
    assert statements_for(20) == statements_for(2)


@contextmanager
def held_by_another(order: Order) -> Iterator[None]:
    """Another connection has locked the order."""
    is_held, is_enough = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Order.objects.select_for_update(no_key=True).get(pk=order.pk)
            is_held.set()
            is_enough.wait(timeout=60)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_held.wait(timeout=60)
    try:
        yield
    finally:
        is_enough.set()
        holder.join()
