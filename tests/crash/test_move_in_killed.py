"""A move-in that is killed over half-written rows: nothing is half there, and the same command brings the rest."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.moving.models import SourceRecord
from lapak.moving.tests.files import export, sku
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.stage import Stage, throwaway_stage
from tests.crash.test_clicks_survive_sigterm import PATIENCE_S, wait_until

PRODUCTS, SKUS_EACH = 30, 80
"""More than one transaction takes (2,000 SKUs), and a part of another."""
FIRST = 25 * SKUS_EACH
"""SKUs of the first transaction."""
GATE = 20231004

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def stage(django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), throwaway_stage() as stage:
        yield stage


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [sku(product, number) for product in range(PRODUCTS) for number in range(1, SKUS_EACH + 1)]
    return export(tmp_path_factory.mktemp("export") / "export.xlsx", rows)


@pytest.fixture
def shop(stage: Stage, request: pytest.FixtureRequest) -> Shop:
    name = request.node.callspec.id.replace("_", "-")
    seller = User.objects.create_user(f"{name}@example.com", name="Seller")
    return open_shop(seller, slug=name, name="Toko", city="Solo", province_code="33")


def begun(stage: Stage, file: Path, shop: Shop) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "lapak", "move-in", str(file), "--shop", shop.slug, "--json"]
    report = ["--report", str(stage.home / "report.xlsx")]
    return subprocess.Popen(
        [*command, *report], env=stage.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kill_process(process: "subprocess.Popen[str]", _gate: psycopg.Connection) -> None:
    os.kill(process.pid, signal.SIGKILL)


def end_connection(_process: "subprocess.Popen[str]", gate: psycopg.Connection) -> None:
    gate.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE objid = %s AND NOT granted", [GATE])


@pytest.mark.parametrize("end", [kill_process, end_connection])
def test_nothing_is_half_there_and_running_again_brings_the_rest(
    stage: Stage, file: Path, shop: Shop, end: Callable[["subprocess.Popen[str]", psycopg.Connection], None]
) -> None:
    """It stands in the middle of the last rows of its second transaction when it is killed: its goods are written by then."""
    last = str(sku(PRODUCTS - 1, SKUS_EACH)["sku_id"])
    with psycopg.connect(stage.owner_url, autocommit=True) as gate:
        gate.execute("SELECT pg_advisory_lock(%s)", [GATE])
        gate.execute(
            "CREATE OR REPLACE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM pg_advisory_xact_lock({GATE}); RETURN NEW; END $$"
        )
        gate.execute(
            "CREATE TRIGGER wait_at_gate BEFORE INSERT ON moving_sourcerecord FOR EACH ROW "
            f"WHEN (NEW.source_id = '{last}') EXECUTE FUNCTION wait_at_gate()"
        )
        waiting = "SELECT count(*) FROM pg_locks WHERE objid = %s AND NOT granted"
        with begun(stage, file, shop) as process:
            wait_until(lambda: gate.execute(waiting, [GATE]).fetchone() == (1,))
            assert brought(shop) == (FIRST, FIRST, FIRST)
            end(process, gate)
        gate.execute("SELECT pg_advisory_unlock(%s)", [GATE])
        gate.execute("DROP TRIGGER wait_at_gate ON moving_sourcerecord")
        moving = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
        wait_until(lambda: gate.execute(moving, [int.from_bytes(b"move", "big")]).fetchone() == (0,))
    assert process.returncode
    assert brought(shop) == (FIRST, FIRST, FIRST)
    assert Product.objects.filter(shop=shop).count() == FIRST // SKUS_EACH

    with begun(stage, file, shop) as again:
        said, errors = again.communicate(timeout=PATIENCE_S)
    assert again.returncode == 0, errors
    skus = json.loads(said.splitlines()[-1])["result"]["skus"]
    assert (skus["created"], skus["unchanged"]) == (PRODUCTS * SKUS_EACH - FIRST, FIRST)
    assert brought(shop) == (PRODUCTS * SKUS_EACH,) * 3


def brought(shop: Shop) -> tuple[int, int, int]:
    """SKUs that are here, that have a stock, and that are remembered."""
    return (
        Variant.objects.filter(product__shop=shop).count(),
        Stock.objects.filter(variant__product__shop=shop).count(),
        SourceRecord.objects.filter(shop=shop, kind="sku").count(),
    )
