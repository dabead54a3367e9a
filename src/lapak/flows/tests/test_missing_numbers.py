"""Goods without the number of a standard, lived through: moved in, told of, taken off sale, and back with the number."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from lapak.flows.clocks import run_due_clocks
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.testing.cast import Cast, assemble_cast

pytestmark = pytest.mark.django_db

SEEN = datetime(2026, 11, 28, 10, tzinfo=clock.WIB)
DUE = datetime(2026, 12, 28, tzinfo=clock.WIB)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NUMBERS = "/sell/batik-sekar/products/numbers"


@pytest.fixture
def moved_in(db: None) -> Cast:
    """With two kinds of coffee on sale, and without a number."""
    with clock.stopped_at(SEEN):
        cast = assemble_cast()
        tell_of_deadlines()
        category = Category.objects.get(code="makanan.kopi").id
        goods = [
            NewProduct(
                title=title, weight_g=250, category_id=category, status="published",
                variants=(NewVariant(price_idr=90_000, on_hand=5),),
            )
            for title in ("Kopi Gayo", "Kopi Toraja")
        ]  # fmt: skip
        bulk.create_products(cast.shop, goods, Cause(Reason.MOVED_IN, None))
        return cast


def told_by(moment: datetime, cast: Cast) -> list[tuple[str, int]]:
    with clock.stopped_at(moment):
        run_due_clocks()
        tell_of_deadlines()
    about = Notice.objects.filter(reader_id=cast.seller.id, fact__startswith="numbers").order_by("id")
    return [(fact, said["count"]) for fact, said in about.values_list("fact", "said")]


def test_two_are_told_of_as_one_and_one_with_its_numbers_stays(moved_in: Cast, client: Client) -> None:
    client.force_login(moved_in.seller)
    client.cookies["django_language"] = "en"
    gayo, toraja = Product.objects.order_by("title")
    assert told_by(SEEN + MINUTE, moved_in) == []
    missing, soon = ("numbers_missing", 2), ("numbers_soon", 1)
    assert told_by(SEEN + DAY, moved_in) == [missing]
    with clock.stopped_at(SEEN + 2 * DAY):
        assert "2 products lack a number" in client.get("/sell/batik-sekar").text
        page = client.get(NUMBERS).text
        assert page.count("on sale until 28 Dec 2026".replace(" Dec ", "\N{NO-BREAK SPACE}Dec\N{NO-BREAK SPACE}")) == 2
        assert "BPOM number or P-IRT number" in page
        form = client.get(f"/sell/batik-sekar/products/{gayo.id}")
        assert "Goods of this category need" in form.text
        typed = {
            "title": gayo.title, "weight_g": "250", "category_id": gayo.category_id, "number_bpom": "md 867031001123",
            "number_halal": "Tidak Halal",
        }  # fmt: skip
        wrong = client.post(f"/sell/batik-sekar/products/{gayo.id}", {**typed, "number_bpom": "punya"})
        assert "One looks like NA18201234567" in wrong.text
        client.post(f"/sell/batik-sekar/products/{gayo.id}", typed)
        assert Product.objects.get(id=gayo.id).attributes == {"BPOM": "MD 867031001123", "Halal": "Tidak halal"}
        assert gayo.title not in client.get(NUMBERS).text
        shown = client.get(gayo.path).text
        assert "MD 867031001123" in shown
        assert '"certificationIdentification": "MD 867031001123"' in shown
    assert told_by(DUE - 7 * DAY, moved_in) == [missing, soon]
    assert told_by(DUE, moved_in) == [missing, soon, ("numbers_over", 1)]
    with clock.stopped_at(DUE):
        assert Product.objects.get(id=gayo.id).status == "published"
        assert Product.objects.get(id=toraja.id).status == "archived"
        assert "off sale" in client.get(NUMBERS).text
        answer = client.post(f"/sell/batik-sekar/products/{toraja.id}/publish", follow=True)
        assert "Goods of this category need" in answer.text


def test_others_do_not_see_the_list(moved_in: Cast, client: Client) -> None:
    client.force_login(moved_in.stranger)
    assert client.get(NUMBERS).status_code == 404
