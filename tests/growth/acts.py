"""Every act of a person, done to things of those to whom most of the market happened."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.fitting import BEFORE, OF_FILES
from lapak.flows.tests.one_of_each import World, one_of_each
from lapak.flows.tests.who_may import COMMANDS, rightful
from lapak.lib import clock
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops import closings
from lapak.testing.cast import Cast, asked_for, click_on
from lapak.testing.market import charge_report
from lapak.testing.rows_read import rows_touched
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.queries import purchases_to_pay


def acts_done(cast: Cast) -> Iterator[tuple[str, Counter[str]]]:
    """Each act, and the rows it went through by table. None of them has been done in the end."""
    for purchase_id in purchases_to_pay(cast.buyer):
        cancel_unpaid_purchase(cast.buyer, purchase_id, "")  # who has many may not order
    world = one_of_each(cast)
    for command, (who, do) in COMMANDS.items():
        if command not in OF_FILES:
            before = _all_but_one_paid_out if command is send_due_payouts else BEFORE.get(command)
            yield _name(command), _undone(world, before, partial(do, world, rightful(who, world)))
    for name, do_it in _OF_BUYERS.items():
        yield name, _undone(world, None, partial(do_it, world))
    closings.call_off_closing(cast.seller, cast.shop.id)  # the market goes on


def _undone(world: World, came_before: Callable[[World], None] | None, do: Callable[[], object]) -> Counter[str]:
    with transaction.atomic():
        if came_before:
            came_before(world)
        with rows_touched() as touched:
            do()
            connection.check_constraints()  # as the end of the transaction would
        transaction.set_rollback(True)
    return touched


def _all_but_one_paid_out(world: World) -> None:
    """As every day: what was due the day before has arrived, and little has become due since."""
    with clock.stopped_at(clock.now() - timedelta(hours=1)):
        batch = send_due_payouts(None, "bank_file")
        for payout in batch.payouts.all() if batch else ():
            confirm_payout(None, payout.id)
    confirm_receipt(world.cast.buyer, world.delivered.id)


def _name(command: Callable[..., Any]) -> str:
    return f"{command.__module__.removeprefix('lapak.')}.{command.__qualname__}"


def _buy(world: World) -> None:
    cast = world.cast
    clicks = [click_on(link) for link in cast.creator.links.order_by("code")[:5]]
    place_purchase(cast.buyer.id, asked_for(cast, (world.variant, 1)), clicks)


def _pay(world: World) -> None:
    intent = PaymentIntent.objects.get(pays_for=world.unpaid.purchase_id)
    receive_payment(charge_report(intent), intent.provider)


_OF_BUYERS: dict[str, Callable[[World], object]] = {
    "buy after five clicks": _buy,
    "pay": _pay,
    "put into the cart": lambda world: add_to_cart(cart_of_user(world.cast.buyer), world.variant.id, 1),
}
"""What is not told who acts."""
