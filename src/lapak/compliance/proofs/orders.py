"""What was agreed with buyers."""

from datetime import date

from django.db import connection

from lapak.books.records import missing_guards
from lapak.compliance.proofs.days import end_of
from lapak.compliance.retention import BY_LAW, Keep
from lapak.compliance.rules import Found
from lapak.lib import clock
from lapak.trade.orders.models import Order, OrderContract

NINE = (
    "parties", "specification", "legality", "value", "payment", "delivery", "return", "cancellation", "choice_of_law",
)  # fmt: skip
"""The items of PP 80/2019 Art. 53, as a contract keeps them."""


def every_order_has_its_contract(on: date) -> Found:
    """Orders that were placed up to that day."""
    placed = Order.objects.filter(placed_at__lt=end_of(on))
    without = placed.filter(agreement=None)
    return Found(not without.exists(), {"orders": placed.count(), "without_contract": without.count()})


def contracts_have_nine_items(on: date) -> Found:
    """Of the contracts up to that day, those that lack an item or leave it empty."""
    term = clock.now() - BY_LAW[Keep.FINANCE].on(clock.today())  # older ones are put away
    placed = OrderContract.objects.filter(order__placed_at__lt=end_of(on), order__placed_at__gte=term)
    lacking = {item: placed.exclude(body__has_key=item).count() for item in NINE}
    return Found(
        not any(lacking.values()),
        {"contracts": placed.count(), "items": list(NINE), "lacking": {item: n for item, n in lacking.items() if n}},
    )


def contracts_cannot_change(_on: date) -> Found:
    """Whether the database refuses to change or delete one."""
    table = OrderContract._meta.db_table  # noqa: SLF001 - Django's documented API
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'record_%%'", [table]
        )
        guards = cursor.fetchone()[0]
    missing = [guard.name for guard in missing_guards() if guard.table == table]
    return Found(guards > 0 and not missing, {"guards": guards, "missing": missing})
