"""Pictures of goods: in the sizes that are drawn, the first without delay, and none that moves what is below it."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from lapak.goods.catalogue.models import ProductImage, StoredImage
from lapak.testing.cast import Cast
from lapak.web.shop.tests.conftest import many_products


class Pictures(HTMLParser):
    """The attributes of each `<img>` of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


@pytest.fixture
def pages(visitor: Client, cast: Cast, search_index: Callable[[], int]) -> dict[str, list[dict[str, str | None]]]:
    """The home page with six products, and the page of one with two pictures."""
    first, *_ = many_products(cast.shop, 6)
    other = StoredImage.objects.create(
        sha256="1" * 64, file="pictures/11/b.png", width_px=300, height_px=900, size_bytes=1
    )
    ProductImage.objects.create(product=first, image=other, position=1)
    search_index()
    return {
        "home": [shown for shown in Pictures(visitor.get("/").text).found if "srcset" in shown],
        "product": [
            shown for shown in Pictures(visitor.get(first.path).text).found if "thumb" not in (shown.get("class") or "")
        ],
    }


def test_the_first_pictures_come_at_once_and_the_others_when_they_are_near(
    pages: dict[str, list[dict[str, str | None]]],
) -> None:
    assert [(shown.get("fetchpriority"), shown.get("loading")) for shown in pages["home"]] == [
        ("high", "eager"), (None, "eager"), (None, "eager"), (None, "eager"), (None, "lazy"), (None, "lazy"),
    ]  # fmt: skip
    assert [(shown.get("fetchpriority"), shown.get("loading")) for shown in pages["product"][:2]] == [
        ("high", None), (None, "lazy"),
    ]  # fmt: skip


def test_a_picture_comes_in_the_sizes_it_is_drawn_in(pages: dict[str, list[dict[str, str | None]]]) -> None:
    sides = ((240, 80), (480, 160), (800, 267), (1280, 300))
    assert pages["home"][0]["srcset"] == "/media/images/00/a-240.webp 240w, /media/images/00/a-480.webp 480w"
    assert [shown["srcset"] for shown in pages["product"][:2]] == [
        "/media/images/00/a-240.webp 240w, /media/images/00/a-480.webp 480w, /media/images/00/a-800.webp 800w",
        ", ".join(f"/media/pictures/11/b-{side}.webp {width}w" for side, width in sides),
    ]
    assert all(shown["sizes"] for shown in [*pages["home"], *pages["product"][:2]])


def test_every_picture_says_how_much_room_it_takes(pages: dict[str, list[dict[str, str | None]]]) -> None:
    assert [(shown["width"], shown["height"]) for shown in pages["product"][:2]] == [("800", "600"), ("300", "900")]
    assert all(shown.get("width") and shown.get("height") for found in pages.values() for shown in found)
