"""Shops that leave, and what becomes of them where they arrive."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image

from lapak.goods.catalogue.commands import add_picture, create_product
from lapak.goods.catalogue.models import Category, Product
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.lib.ids import new_id
from lapak.moving.leaving import LeavingPicture, leaving_goods
from lapak.moving.move_in import move_in
from lapak.moving.move_out import move_out
from lapak.moving.seal import MANIFEST, SIGNATURE, Seal
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast

SHIRT = "=Kemeja Batik, 100% katun"


def shirt() -> NewProduct:
    """With everything that a product can have, and what spreadsheets and HTML stumble over."""
    return NewProduct(
        title=SHIRT,
        description="Baris satu\nbaris dua\n\n-Paragraf <dua> & tiga",
        brand="Batik Trusmi (asli)",
        attributes={"Bahan": "Katun, rayon", "+Motif": "Parang"},
        weight_g=350,
        length_cm=30,
        width_cm=20,
        height_cm=3,
        origin="domestic",
        has_ai_words=True,
        status="published",
        option_names=("Warna", "Ukuran"),
        variants=(
            NewVariant(
                price_idr=149_000,
                on_hand=7,
                option_values=("Merah, tua", "M"),
                seller_sku="-KBT-M",
                barcode="8991002101234",
            ),
            NewVariant(
                price_idr=159_000,
                on_hand=0,
                option_values=("Merah, tua", "XL"),
                seller_sku="0012",
                barcode="036000291452",
            ),
        ),
    )


def sambal(title: str = "Sambal Roa") -> NewProduct:
    return NewProduct(title=title, weight_g=250, variants=(NewVariant(price_idr=40_000, on_hand=12),))


def stocked(cast: Cast) -> Shop:
    """The cast's shop, with a product that has everything, on sale, and a draft with little."""
    batik = Category.objects.filter(children=None).exclude(parent=None)[0]
    dressed = create_product(cast.seller, cast.shop, shirt())
    Product.objects.filter(id=dressed.id).update(category=batik)
    add_picture(cast.seller, dressed.id, picture("red"))
    add_picture(cast.seller, dressed.id, picture("blue"))
    create_product(cast.seller, cast.shop, sambal())
    return cast.shop


def picture(colour: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "JPEG")
    return drawn.getvalue()


def written(cast: Cast, platform: str, into: Path, template: Path | None = None) -> zipfile.ZipFile:
    path = into / f"{platform}.zip"
    with path.open("wb") as to:
        move_out(cast.seller, cast.shop, platform, to, template)
    return zipfile.ZipFile(path)


def goods(shop: Shop) -> list[dict[str, Any]]:
    """All that the shop offers, without what is another's here: ids and addresses. Pictures are painted anew when they come
    in, so they are told by what they show."""
    found = []
    for product in leaving_goods(shop):
        told_apart = {"id", "path", "variants", "pictures"}
        said = {name: getattr(product, name) for name in product.__slots__ if name not in told_apart}
        variants = [(v.options, v.seller_sku, v.barcode, v.price_idr, v.stock) for v in product.variants]
        pictures = [colour_of(shown) for shown in product.pictures]
        found.append(said | {"variants": variants, "pictures": pictures})
    return sorted(found, key=lambda each: (each["title"], str(each)))


def colour_of(shown: LeavingPicture) -> str:
    with default_storage.open(shown.stored) as file, Image.open(file) as opened:
        red, _green, blue = opened.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    return "red" if red > blue else "blue"


def moved_over(cast: Cast, platform: str, into: Path, template: Path | None = None) -> Shop:
    """Another shop, into which the file has moved."""
    archive = written(cast, platform, into, template)
    assert archive.filename
    other = open_shop(cast.seller, slug=f"lain-{platform}", name="Lain", city="Solo", province_code="33")
    result = move_in(cast.seller, [Path(archive.filename)], other)
    assert [problem for problem in result.problems if problem.weight.value == "error"] == []
    return other


def from_elsewhere(path: Path) -> Path:
    """The file as another marketplace would have written it: with its own numbers of orders, and its own key."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name not in {MANIFEST, SIGNATURE}}
    for row in csv.DictReader(io.StringIO(members["orders.csv"].decode("utf-8-sig"), newline="")):
        theirs = str(new_id()).encode()
        members = {name: content.replace(row["order_id"].encode(), theirs) for name, content in members.items()}
    other = path.with_name(f"elsewhere-{path.name}")
    with override_settings(SECRET_KEY="another marketplace's"), zipfile.ZipFile(other, "w") as archive:
        seal = Seal(archive)
        for name, content in members.items():
            with seal.open(name) as member:
                member.write(content)
        seal.close({})
    return other
