"""A change of many goods, and somebody at one of them at the same moment: neither undoes the other unseen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from lapak.goods.catalogue.commands import archive_product, set_variant_price
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.mass.commands import take_back_mass_change
from lapak.goods.mass.models import MassChangeRow
from lapak.goods.mass.tests.conftest import Change, begun, outcomes
from lapak.people.audit.models import Change as Audited
from lapak.testing.cast import Cast, stocked_variant

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """The work goes on in another thread, and has come to wait for the block's locks before the block ends."""

    def and_close() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=and_close)
    with transaction.atomic():
        yield
        thread.start()
        while thread.is_alive() and not _somebody_waits():
            pass
    thread.join()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_a_percentage_is_of_the_price_that_somebody_typed_meanwhile(cast: Cast, change: Change) -> None:
    variant = stocked_variant(cast.shop)
    Variant.objects.update(price_idr=100_000)
    with meanwhile(lambda: change([variant.product], "price", by_bp=-1_000)):
        set_variant_price(cast.seller, variant.id, 50_000)
    noted = Audited.objects.filter(subject_id=str(variant.id)).order_by("id").values_list("old", "new")
    assert list(noted) == [("100000", "50000"), ("50000", "45000")]
    assert Variant.objects.get().price_idr == 45_000


def test_two_who_type_a_price_both_leave_what_they_replaced(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    Variant.objects.update(price_idr=100_000)
    with meanwhile(lambda: set_variant_price(cast.seller, variant.id, 60_000)):
        set_variant_price(cast.seller, variant.id, 50_000)
    noted = Audited.objects.filter(subject_id=str(variant.id)).order_by("id").values_list("old", "new")
    assert list(noted) == [("100000", "50000"), ("50000", "60000")]


def test_what_somebody_changes_meanwhile_is_not_taken_back(cast: Cast, change: Change) -> None:
    variant = stocked_variant(cast.shop)
    done = change([variant.product], "price", by_bp=1_000)
    back = take_back_mass_change(cast.seller, done.id)
    with meanwhile(lambda: begun(cast.seller, back)):
        set_variant_price(cast.seller, variant.id, 77_000)
    assert [outcome for outcome, _ in outcomes(back)] == ["refused"]
    assert Variant.objects.get().price_idr == 77_000


def test_what_somebody_takes_off_sale_meanwhile_is_put_back_off_sale(cast: Cast, change: Change) -> None:
    product = stocked_variant(cast.shop).product
    Product.objects.update(status="draft")
    with meanwhile(lambda: change([product], "publish", only_whole=False)):
        archive_product(cast.seller, product.id)
    assert Product.objects.get().status == "published"
    assert MassChangeRow.objects.get().was == {"status": ["archived", "published"]}
