"""Product feeds in XML: written as RSS 2.0, read as RSS and Atom, and refused in words where they are broken."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lapak.goods.catalogue.commands import create_product
from lapak.goods.catalogue.models import Product
from lapak.moving.check import check
from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileUnknown, FileUnreadable
from lapak.moving.formats.registry import recognise
from lapak.moving.progress import tell_nobody
from lapak.moving.reader import read
from lapak.moving.tests.files import packed
from lapak.moving.tests.left import SHIRT, goods, moved_over, sambal, stocked, written
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast

GOOGLE = "{http://base.google.com/ns/1.0}"
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Toko</title><link>https://a.example</link>
<item><g:id>S1</g:id><title>kaos (RSS)</title><g:title>Kaos Lurik</g:title>
<description><![CDATA[<p>Adem &amp; halus</p>]]></description>
<link>https://a.example/1</link><g:image_link>https://a.example/a1.jpg</g:image_link>
<g:additional_image_link>https://a.example/a2.jpg</g:additional_image_link>
<g:additional_image_link>https://a.example/a3.jpg</g:additional_image_link>
<g:availability>in_stock</g:availability><g:price>125000 IDR</g:price><g:item_group_id>K</g:item_group_id>
<g:size>M</g:size></item>
<item><g:id>S2</g:id><g:title>Kaos Lurik</g:title><link>https://a.example/1</link><g:availability>in_stock</g:availability>
<g:price>130000 IDR</g:price><g:item_group_id>K</g:item_group_id><g:size>L</g:size>
<g:shipping><g:country>ID</g:country><g:price>9000 IDR</g:price></g:shipping></item>
</channel></rss>"""
ATOM = FEED.replace('<rss version="2.0"', '<feed xmlns="http://www.w3.org/2005/Atom"').replace("<channel>", "").replace(
    "</channel></rss>", "</feed>"
).replace("<item>", "<entry>").replace("</item>", "</entry>").replace(
    "<link>https://a.example/1</link>", '<link href="https://a.example/1"/>'
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [FEED.encode(), ATOM.encode(), FEED.replace("UTF-8", "UTF-16").encode("utf-16")],
    ids=["rss", "atom", "utf-16"],
)
def test_a_feed_is_read_item_by_item(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "feed.bin").write_bytes(content)
    (sheet,) = recognise(sorted_by_content([tmp_path / "feed.bin"]).documents[0])
    assert sheet.platform == "google_merchant"
    bundle = read([sheet], tell_nobody)
    assert check(bundle).problems == []
    (shirt,) = bundle.products.values()
    assert (shirt.title, shirt.description, shirt.option_names) == ("Kaos Lurik", "Adem & halus", ("Ukuran",))
    assert [(v.sku_id, v.price_idr, v.options) for v in shirt.variants] == [
        ("S1", 125_000, ("M",)),
        ("S2", 130_000, ("L",)),
    ]
    assert shirt.images == ("a1", "a2", "a3")
    assert {v.unmapped["link"] for v in shirt.variants} == {"https://a.example/1"}


def test_a_feed_is_read_from_a_zip_as_well(tmp_path: Path) -> None:
    zipped = packed(tmp_path / "feed.zip", {"products.xml": FEED.encode()})
    (document,) = sorted_by_content([zipped]).documents
    assert [sheet.platform for sheet in recognise(document)] == ["google_merchant"]


BOMB = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]><rss><channel><item><title>&i;</title></item></channel></rss>"  # fmt: skip


ANOTHER_FILE = "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&f;</title></item></channel></rss>"


@pytest.mark.parametrize(
    "xml",
    [FEED[:900], FEED.replace("UTF-8", "KLINGON"), BOMB, ANOTHER_FILE, FEED.replace("<g:id>S1</g:id>", "<g:id>S1")],
)
def test_a_broken_feed_is_refused_in_words(tmp_path: Path, xml: str) -> None:
    (tmp_path / "feed.xml").write_text(xml, encoding="utf-8")
    with pytest.raises(FileUnreadable, match="broken"):
        sorted_by_content([tmp_path / "feed.xml"])


def test_other_xml_is_no_feed(tmp_path: Path) -> None:
    (tmp_path / "drawing.svg").write_text(
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><g', encoding="utf-8"
    )
    (document,) = sorted_by_content([tmp_path / "drawing.svg"]).documents
    with pytest.raises(FileUnknown):
        recognise(document)


def test_a_feed_of_nothing_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss><channel><title>Toko</title></channel></rss>", encoding="utf-8")
    (document,) = sorted_by_content([tmp_path / "feed.xml"]).documents
    with pytest.raises(FileUnknown):
        recognise(document)


@pytest.fixture
def stocked_shop(cast: Cast) -> Shop:
    return stocked(cast)


def test_goods_are_written_as_rss(cast: Cast, stocked_shop: Shop, tmp_path: Path) -> None:
    channel = ET.fromstring(written(cast, "google_rss", tmp_path).read("google-products.xml")).find("channel")
    assert channel is not None
    m, xl = channel.findall("item")
    assert m.findtext("title") == f"{SHIRT} – Merah, tua, M"
    assert (m.findtext(f"{GOOGLE}price"), xl.findtext(f"{GOOGLE}availability")) == ("149000 IDR", "out_of_stock")
    assert len(m.findall(f"{GOOGLE}additional_image_link")) == 1
    assert m.findtext("description") == "Baris satu\nbaris dua\n\n-Paragraf <dua> & tiga"


def test_what_is_on_sale_comes_back_from_rss(cast: Cast, stocked_shop: Shop, tmp_path: Path) -> None:
    (shirt,) = (each for each in goods(stocked_shop) if each["title"] == SHIRT)
    (back,) = goods(moved_over(cast, "google_rss", tmp_path))
    kept = ("description", "category", "brand", "status", "weight_g", "option_names", "pictures")
    assert {name: back[name] for name in kept} == {name: shirt[name] for name in kept}
    assert [(options, barcode, price) for options, _sku, barcode, price, _stock in back["variants"]] == [
        (options, barcode, price) for options, _sku, barcode, price, _stock in shirt["variants"]
    ]


def test_what_no_xml_may_hold_breaks_no_feed(cast: Cast, tmp_path: Path) -> None:
    product = create_product(cast.seller, cast.shop, sambal("Sambal \ufffe & <roa>"))
    Product.objects.filter(id=product.id).update(status="published")
    channel = ET.fromstring(written(cast, "google_rss", tmp_path).read("google-products.xml")).find("channel")
    assert channel is not None
    assert [item.findtext("title") for item in channel.findall("item")] == ["Sambal  & <roa>"]
