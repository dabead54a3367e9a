"""Pictures for whoever shares a page: right in size, in letters that can be read, drawn once, and never somebody else's."""

import io
import re
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image, ImageFont
from pytest_django import Settings

from lapak.goods.catalogue.models import Product, Variant
from lapak.testing.cast import Cast
from lapak.web.shop import share_cards, share_drawing
from lapak.web.shop.share_drawing import HEIGHT_PX, WIDTH_PX, ShareCard, drawn, legible, lines_of
from lapak.web.shop.tests.conftest import many_products

RED = (200, 30, 30)


@pytest.fixture(autouse=True)
def cards(settings: Settings) -> Iterator[None]:
    """A place for cards of the test's own."""
    settings.CACHES = settings.CACHES | {"cards": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    caches["cards"].clear()


def picture(colour: tuple[int, int, int] = RED, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(file, kind)
    return file.getvalue()


def pixels(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def near(one: object, other: tuple[int, int, int]) -> bool:
    return isinstance(one, tuple) and all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


class TestDrawing:
    def test_a_picture_fills_its_half_and_words_stand_beside_it(self) -> None:
        card = pixels(drawn(ShareCard("Kemeja", "Rp129.000", "Batik Sekar"), [picture()]))
        assert card.size == (WIDTH_PX, HEIGHT_PX) == (1200, 630)
        assert near(card.getpixel((5, 5)), RED)
        assert near(card.getpixel((624, 620)), RED)
        assert not near(card.getpixel((640, 5)), RED)

    def test_four_pictures_share_it_and_two_do_not(self) -> None:
        blue = picture((20, 20, 200))
        shared = pixels(drawn(ShareCard("@ceu-edoh", "", ""), [picture(), blue, blue, blue]))
        assert near(shared.getpixel((500, 100)), (20, 20, 200))
        alone = pixels(drawn(ShareCard("@ceu-edoh", "", ""), [picture(), blue]))
        assert near(alone.getpixel((500, 100)), RED)

    def test_what_is_no_picture_is_left_out(self) -> None:
        words = ShareCard("Kemeja", "Rp129.000", "Batik Sekar")
        assert drawn(words, [b"nonsense", picture()[:200]]) == drawn(words, [])

    def test_what_would_be_a_box_is_left_out_and_ornate_letters_are_made_plain(self) -> None:
        assert legible("Batik 👕 𝓑𝓪𝓽𝓲𝓴\u0000 藍染 “é”") == "Batik Batik “é”"
        assert legible("👕 藍染") == ""
        assert drawn(ShareCard("👕 藍染", "Rp5.000", "👕"), []) == drawn(ShareCard("", "Rp5.000", ""), [])

    @pytest.mark.parametrize("text", ["", "W" * 255, "kemeja " * 40, "a\u00adb " * 100, "i" * 3000])
    def test_no_line_is_wider_than_its_room(self, text: str) -> None:
        font = share_drawing._font("plus-jakarta-sans-latin-800-normal.woff", 50)
        assert isinstance(font, ImageFont.FreeTypeFont)
        lines = lines_of(text, font, 450, 4)
        assert len(lines) <= 4
        assert all(font.getlength(line) <= 450 for line in lines)


@pytest.mark.django_db
class TestOfPages:
    def test_each_page_names_its_own_in_full(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        for page in (variant.product.path, "/s/batik-sekar", "/s/batik-sekar/bio", "/@ceu-edoh"):
            text = visitor.get(page).text
            found = re.search(r'og:image" content="http://localhost:8000(/cards/[^"]+)"', text)
            assert found, page
            assert 'name="twitter:card" content="summary_large_image"' in text
            answer = visitor.get(found[1])
            assert answer["Content-Type"] == "image/jpeg"
            assert pixels(answer.content).size == (1200, 630)

    def test_another_price_has_another_address_and_picture(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        def now() -> tuple[str, bytes]:
            found = re.search(r"/cards/p/[^\"]+", visitor.get(variant.product.path).text)
            assert found
            return found[0], visitor.get(found[0]).content

        before = now()
        assert now() == before
        Variant.objects.update(price_idr=77_000)
        after = now()
        assert (after[0] == before[0], after[1] == before[1]) == (False, False)

    def test_it_is_drawn_once_and_asked_for_changes_only(
        self, visitor: Client, variant: Variant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = f"/cards/p/{variant.product_id.hex}.jpg"
        first = visitor.get(path)
        monkeypatch.setattr(share_cards, "drawn", lambda *_: pytest.fail("drawn twice"))
        assert visitor.get(path).content == first.content
        again = visitor.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "public" in first["Cache-Control"]

    def test_a_picture_that_is_not_there_yet_is_drawn_when_it_is(self, visitor: Client, cast: Cast) -> None:
        product = many_products(cast.shop, 1)[0]
        path = f"/cards/p/{product.id.hex}.jpg"
        assert not near(pixels(visitor.get(path).content).getpixel((5, 5)), RED)
        name = default_storage.save("images/00/a-800.webp", ContentFile(picture(kind="WEBP")))
        try:
            assert near(pixels(visitor.get(path).content).getpixel((5, 5)), RED)
        finally:
            default_storage.delete(name)

    def test_what_is_not_shown_has_none(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        Product.objects.update(status=Product.Status.ARCHIVED)
        cast.shop.is_open = False
        cast.shop.save()
        for path in (f"/cards/p/{variant.product_id.hex}.jpg", "/cards/s/batik-sekar.jpg", "/cards/@nobody.jpg"):
            assert visitor.get(path).status_code == 404
