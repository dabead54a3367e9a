"""What a shop says of its goods here stays when its file says other things of them; what the file changes comes along."""

from lapak.goods.catalogue.models import Product
from lapak.moving.tests.files import sku
from lapak.moving.tests.moved import Again
from lapak.moving.writes import merged

MATERIAL = "product_property/100198"


def typed_here(**said: str) -> Product:
    product = Product.objects.get()
    product.attributes |= said
    product.save(update_fields=["attributes"])
    return product


def test_a_number_that_was_typed_here_stays(moved: Again) -> None:
    moved(sku())
    product = typed_here(BPOM="NA18201234567")
    moved(sku() | {MATERIAL: "Sutra"})
    product.refresh_from_db()
    assert product.attributes == {"Bahan": "Sutra", "BPOM": "NA18201234567"}


def test_each_side_s_changes_are_kept() -> None:
    before = {"Bahan": "Katun", "Warna": "Biru", "Motif": "Kawung"}
    here = {"Bahan": "Katun", "Warna": "Biru tua", "Motif": "Kawung", "BPOM": "NA18201234567"}
    now = {"Bahan": "Sutra", "Warna": "Biru", "Asal": "Cirebon"}
    assert merged(here, before, now) == {
        "Bahan": "Sutra", "Warna": "Biru tua", "BPOM": "NA18201234567", "Asal": "Cirebon",
    }  # fmt: skip
