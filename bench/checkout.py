"""`checkout`: a signed-in buyer's purchase over HTTP, against the same rows written by pgbench in one transaction.

python -m bench.checkout [--json] [--seconds 5] [--rounds 5]
"""

import argparse
import itertools
import json as jsonlib
import re
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection

from bench.load import Load, post_request, run_load
from bench.measure import Result, alternate, report, summarise
from bench.stage import Stage, postgres_program, running_server, throwaway_stage
from lapak.affiliates.models import Link
from lapak.affiliates.token import make_token
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.catalogue.stock import stock_new_variants
from lapak.lib.ids import new_id
from lapak.people.users.models import Address, User
from lapak.testing.books import broken_rules
from lapak.testing.cast import LISTED, Cast, assemble_cast, link_to
from lapak.trade.orders.models import Order, Purchase

BUYERS = 8
VARIANTS = 10_000
LIMIT_SCRIPT = Path(__file__).with_name("checkout_limit.sql")


def main(*, json: bool = False, seconds: float = 5, rounds: int = 5) -> Result:
    """Measure, print, and answer the result. Fails if a purchase that was answered is not there, or the books are off."""
    with throwaway_stage() as stage, running_server("lapak.config.worker:load", stage) as server:
        cast = assemble_cast()
        link = _fill_shop(cast)
        buyers = [_signed_in_buyer(n) for n in range(BUYERS)]
        purchases = _purchases(cast, link, buyers)
        run_load(server.port, itertools.islice(purchases, 500), connections=BUYERS)
        _analyse()
        run_load(server.port, itertools.islice(purchases, 500), connections=BUYERS)
        limit_script = _limit_script(cast, link)
        ours, limit = alternate(
            lambda: _measured(server.port, purchases, seconds), lambda: _pgbench(stage, limit_script, seconds), rounds
        )
        answered = 1000 + sum(load.answers for load in ours)
        placed = Purchase.objects.exclude(orders__contract__has_key="pgbench").count()
        problems = broken_rules()
    rates = [load.per_second for load in ours]
    result = summarise("checkout", "purchases/s", rates, limit, [ms for load in ours for ms in load.latencies_ms])
    books = problems or "sound"
    busiest = max(load.client_share for load in ours)
    notes = [
        f"{BUYERS} buyers, {VARIANTS:,} variants; {answered:,} answered, {placed:,} stored; books: {books}",
        f"the load generator used {busiest:.0%} of a core at most",
    ]
    report(result, rates, limit, notes, as_json=json)
    if problems or answered != placed:
        raise SystemExit("what was answered is not what is stored")
    return result


def _measured(port: int, purchases: Iterator[bytes], seconds: float) -> Load:
    load = run_load(port, purchases, connections=BUYERS, seconds=seconds)
    if set(load.statuses) != {303}:
        raise SystemExit(f"expected only 303, got {dict(load.statuses)}")
    return load


def _fill_shop(cast: Cast) -> Link:
    """Goods of one variant each, with stock for ever; one of them is what the creator's link leads to."""
    products = Product.objects.bulk_create(
        Product(
            shop=cast.shop,
            title=f"Kemeja Batik {n}",
            slug=f"kemeja-batik-{n}",
            status=Product.Status.PUBLISHED,
            weight_g=300,
        )
        for n in range(VARIANTS)
    )
    Variant.objects.bulk_create(
        Variant(id=_variant_id(n), product=product, price_idr=100_000) for n, product in enumerate(products)
    )
    stock_new_variants(cast.shop.id, {_variant_id(n): 10**6 for n in range(VARIANTS)}, LISTED)
    return link_to(cast, products[0])


def _variant_id(n: int) -> uuid.UUID:
    """Known to pgbench without a look-up: see `checkout_limit.sql`."""
    return uuid.UUID(f"00000000-0000-7000-8000-{n:012x}")


def _signed_in_buyer(n: int) -> tuple[User, Address, str]:
    """A buyer, their address, and the cookie of their session."""
    user = User.objects.create_user(f"bench-{n}@example.com", "x", name=f"Buyer {n}")
    address = Address.objects.create(
        user=user, recipient=user.name, phone="081234567890", street="Jl. Melati 5", district="Tebet",
        city="Jakarta Selatan", province_code="31", postal_code="12810",
    )  # fmt: skip
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return user, address, f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _purchases(cast: Cast, link: Link, buyers: list[tuple[User, Address, str]]) -> Iterator[bytes]:
    """What the buyers' browsers send: the checkout form, with the token of a click on the creator's link."""
    csrf = "b" * 32
    for n in itertools.count():
        _user, address, session = buyers[n % BUYERS]
        form = urlencode(
            {
                "csrfmiddlewaretoken": csrf,
                "key": new_id(),
                "address": address.id,
                "line": f"{_variant_id(n * 7919 % VARIANTS)}:1:100000:{cast.shop.id}",
                f"service.{cast.shop.id}": "jne-reg:15000",
            }
        )
        cookies = f"{session}; {settings.CSRF_COOKIE_NAME}={csrf}; lapak_clicks={make_token(link.id, new_id())}"
        yield post_request("/checkout", form, f"Cookie: {cookies}")


def _limit_script(cast: Cast, link: Link) -> str:
    """The limit's script for this stage: the buyer, shop and link it writes about, and a contract of the usual size."""
    order = Order.objects.select_related("purchase", "agreement").latest("placed_at")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        (version,) = cursor.fetchone()
    known = {
        "new_id": "uuidv7()" if version >= 180_000 else "gen_random_uuid()",
        "buyer": order.buyer_id,
        "shop": cast.shop.id,
        "creator": cast.creator.id,
        "link": link.id,
        "programme": cast.programme.id,
        "last_variant": VARIANTS - 1,
        "address": jsonlib.dumps(order.purchase.address),
        "contract": jsonlib.dumps(order.contract | {"pgbench": True}).replace("'", "''"),
    }
    return re.sub(r"\{(\w+)\}", lambda match: str(known[match[1]]), LIMIT_SCRIPT.read_text())


def _pgbench(stage: Stage, script: str, seconds: float) -> float:
    """Transactions a second of the limit, as pgbench counts them."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        finished = subprocess.run(
            [
                postgres_program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={BUYERS}", "--jobs=2",
                f"--time={max(1, round(seconds))}", f"--file={file.name}", stage.database_url,
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    counted = re.search(r"tps = ([\d.]+)", finished.stdout)
    if finished.returncode or not counted:
        raise SystemExit(f"pgbench did not run: {finished.stderr.strip()}")
    return float(counted[1])


def _analyse() -> None:
    """What autovacuum does within its first minute, done now: the plans are made on tables that are no longer empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="print the result as one JSON object in the last line")
    arguments.add_argument("--seconds", type=float, default=5, help="of each run")
    arguments.add_argument("--rounds", type=int, default=5)
    main(**vars(arguments.parse_args()))
