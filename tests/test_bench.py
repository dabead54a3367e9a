"""What the measures write by hand, SQL and files, is what the schema and the readers of today ask for."""

import re
from pathlib import Path

import pytest
from bench.checkout import _limit_script
from bench.hot_sku import LIMIT
from bench.market import open_market, variant_id
from bench.move_in import upload_of
from bench.move_in_file import write_export
from bench.move_in_worker import look, move_in, parse_and_copy, undo
from django.db import connection

from lapak.affiliates.models import Commission
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.moving.models import Upload
from lapak.testing.cast import asked_for, assemble_cast
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]  # pgbench writes rows and keeps no books


def as_pgbench(script: str, **given: int) -> None:
    """Each statement once: `:name` is what was given, or what an earlier statement returned with `\\gset`."""
    said: dict[str, object] = dict(given)

    def known(match: re.Match[str]) -> str:
        return f"'{said[match[1]]}'" if match[1] in said else match[0]

    statements = re.split(
        r";\n|(?<=\\gset)", re.sub(r"^(--.*|\\set .*|BEGIN;|COMMIT;)$", "", script, flags=re.MULTILINE)
    )
    with connection.cursor() as cursor:
        for statement in filter(str.strip, statements):
            cursor.execute(re.sub(r"(?<!:):([a-z]\w*)", known, statement.removesuffix("\\gset")))
            if statement.endswith("\\gset"):
                said |= dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def test_the_limit_of_checkout_is_a_whole_purchase() -> None:
    market = open_market(buyers=1, on_hand=[10])
    place_purchase(market.cast.buyer.id, asked_for(market.cast, (Variant.objects.get(id=variant_id(0)), 1)))
    as_pgbench(_limit_script(market), n=0, b=1)
    written = Order.objects.select_related("agreement").exclude(buyer=market.cast.buyer).get()
    assert written.contract["pgbench"] is True
    assert [line.variant_id for line in written.lines.all()] == [variant_id(0)]
    assert Commission.objects.get(order_id=written.id).creator == market.cast.creator
    assert Stock.objects.get(variant_id=variant_id(0)).reserved == 2


def test_the_limit_of_the_hot_variant_takes_a_piece() -> None:
    open_market(buyers=1, on_hand=[10])
    as_pgbench(LIMIT)
    assert Stock.objects.get(variant_id=variant_id(0)).reserved == 1


def test_each_row_of_the_made_export_comes_in_and_goes_again(tmp_path: Path) -> None:
    cast = assemble_cast()
    file, upload = write_export(tmp_path / "a.xlsx", 23), upload_of(cast.seller, cast.shop)
    before = Product.objects.count()
    assert look(file, upload) == move_in(file, upload) == parse_and_copy(file, upload) == 23
    assert Product.objects.count() == before + 5
    Upload.objects.update(state=Upload.State.DONE)
    assert undo(file, upload) == 23
    assert Product.objects.count() == before
