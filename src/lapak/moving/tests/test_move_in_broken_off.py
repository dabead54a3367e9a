"""Moving in that is refused, broken off, or met by another; and how far it is."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from lapak.goods.catalogue.models import Variant
from lapak.moving import apply, records
from lapak.moving.errors import IdsLost, MoveInRefused, MoveInRunning, NothingToMove, PicturesRefused
from lapak.moving.models import SourceRecord
from lapak.moving.move_in import move_in
from lapak.moving.plan import Tally
from lapak.moving.progress import Progress
from lapak.moving.tests.files import EXPORT, PICTURES, export, packed, picture, sku, table
from lapak.moving.tests.moved import Again
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused


def goods_of(shop: Shop) -> list[tuple[Any, ...]]:
    """Everything a buyer could see of a shop, with the sources' ids in place of ours."""
    variants = {
        variant.id: variant
        for variant in Variant.objects.filter(product__shop=shop).select_related("stock", "product__category")
    }
    goods = []
    for record in SourceRecord.objects.filter(shop=shop, kind="sku").order_by("source_id"):
        variant = variants[record.target_id]
        product = variant.product
        about_product = (product.title, product.description, product.category, product.status, product.option_names)
        about_variant = (variant.position, variant.option_values, variant.price_idr, variant.seller_sku)
        goods.append((record.source_id, *about_product, product.attributes, *about_variant, variant.stock.on_hand))
    assert len(goods) == len(variants)
    return goods


def test_a_killed_run_is_continued_by_running_again(seller: User, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    other = open_shop(seller, slug="lain", name="Toko Lain", city="Solo", province_code="33")
    move_in(seller, [EXPORT], other)
    monkeypatch.setattr(apply, "_SKUS_A_TRANSACTION", 100)
    writes = 0

    def dies_in_the_third_transaction(*arguments: Any) -> None:
        nonlocal writes
        writes += 1
        records.remember_new(*arguments)
        if writes == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("lapak.moving.apply.remember_new", dies_in_the_third_transaction)
    with pytest.raises(KeyboardInterrupt):
        move_in(seller, [EXPORT], shop)
    half = Variant.objects.filter(product__shop=shop).count()
    assert 200 <= half < 300
    assert SourceRecord.objects.filter(shop=shop, kind="sku").count() == half

    result = move_in(seller, [EXPORT], shop)
    assert result.done is not None
    assert result.done.skus == Tally(created=633 - half, unchanged=half)
    assert goods_of(shop) == goods_of(other)


@pytest.mark.django_db(transaction=True)
def test_what_is_written_anew_after_a_collision_is_remembered_once(
    moved: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    collisions = [psycopg.errors.DeadlockDetected()]

    def remember(*entries: Any) -> None:
        if collisions:
            raise collisions.pop()
        records.remember_new(*entries)

    monkeypatch.setattr(apply, "remember_new", remember)
    result = moved(sku(1, 1), sku(1, 2))
    assert result.done is not None
    assert (result.done.skus, Variant.objects.count()) == (Tally(created=2), 2)
    assert SourceRecord.objects.filter(kind="sku").count() == 2


def test_progress_is_told(seller: User, shop: Shop) -> None:
    told: list[Progress] = []
    move_in(seller, [EXPORT], shop, progress=told.append)
    assert told[-1] == Progress("apply", 124, 124)
    assert Progress("read", 633) in told


def test_a_second_run_beside_a_first_is_refused(seller: User, shop: Shop, nothing_written: None) -> None:
    with psycopg.connect(_dsn(), autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(%s, %s)", [int.from_bytes(b"move", "big"), shop.id.int % 2**31])
        with refused(MoveInRunning):
            move_in(seller, [EXPORT], shop)
        first.execute("SELECT pg_advisory_unlock_all()")
    assert move_in(seller, [EXPORT], shop, dry_run=True).plan.skus.created == 633


def test_a_stranger_moves_nothing_into_the_shop(shop: Shop, nothing_written: None) -> None:
    with refused(ShopNotFound):
        move_in(User(email="stranger@example.com"), [EXPORT], shop)


def test_nothing_is_written_when_a_file_is_refused(
    seller: User, shop: Shop, tmp_path: Path, media: Path, nothing_written: None
) -> None:
    lost = export(tmp_path / "lost.xlsx", [sku(1), sku(2, product_id="1.72E+18")])
    trick = packed(tmp_path / "trick.zip", {"../luar.jpeg": picture()})
    bomb = packed(tmp_path / "bomb.zip", {"bom.jpeg": picture() + bytes(9_000_000)})
    for files, refusal in (
        ([EXPORT, lost], IdsLost),
        ([EXPORT, trick], PicturesRefused),
        ([EXPORT, bomb], PicturesRefused),
        ([PICTURES, table(tmp_path / "income.xlsx", [["Order/adjustment ID", "Type"], ["1"]])], MoveInRefused),
        ([EXPORT, tmp_path / "tiada.xlsx"], MoveInRefused),
        ([PICTURES], NothingToMove),
        ([], NothingToMove),
    ):
        with pytest.raises(refusal):
            move_in(seller, files, shop)
    assert not media.exists()


def _dsn() -> str:
    """The test database, for a connection of one's own."""
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return psycopg.conninfo.make_conninfo("", **{name: parameters[name] for name in names if parameters.get(name)})
