"""The creator's own page, put together and looked at."""

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from lapak.affiliates.models import Link
from lapak.affiliates.showcase.models import Section
from lapak.affiliates.showcase.queries import arrangement_of, showcase_of
from lapak.goods.catalogue.models import Product
from lapak.testing.cast import Cast, link_to, stocked_variant

EDITOR = "/create/showcase"


@pytest.fixture
def goods(cast: Cast) -> tuple[Product, Product]:
    """Two products that the creator links to."""
    made = stocked_variant(cast.shop).product, stocked_variant(cast.shop).product
    for number, product in enumerate(made, 1):
        Product.objects.filter(id=product.id).update(title=f"Sarung {number}")
        link_to(cast, product)
    return made


def arrange(client: Client, one: Product, other: Product, title: str = "Sarung") -> str:
    """Both in a new section, the second first; answers the page that comes."""
    wished = {f"in-{one.id.hex}": "new", f"in-{other.id.hex}": "new", f"place-{one.id.hex}": "2", "title-new": title}
    return client.post(f"{EDITOR}/arrange", wished | {f"place-{other.id.hex}": "1"}, follow=True).text


def test_what_is_arranged_stands_so_on_the_public_page(
    creator: Client, client: Client, cast: Cast, goods: tuple[Product, Product]
) -> None:
    one, other = goods
    page = arrange(creator, one, other)
    assert "Your page shows it now" in page
    assert page.index("Sarung 2") < page.index("Sarung 1")
    visitor = Client(headers={"accept-language": "en"})
    public = visitor.get("/@ceu-edoh").text
    assert "<h2>Sarung</h2>" in public
    assert public.index("Sarung 2") < public.index("Sarung 1")
    for link in Link.objects.filter(product__in=goods):
        assert public.count(f'href="/r/{link.code}"') == 1


def test_a_refused_arrangement_keeps_what_was_typed(
    creator: Client, cast: Cast, goods: tuple[Product, Product]
) -> None:
    page = arrange(creator, *goods, title="x" * 61)
    assert "at most 60" in page
    assert "x" * 61 in page
    assert not Section.objects.exists()


def test_nonsense_places_nothing(creator: Client, cast: Cast, goods: tuple[Product, Product]) -> None:
    one, _other = goods
    creator.post(
        f"{EDITOR}/arrange",
        {"in-x": "pinned", f"in-{one.id.hex}": "9", "title-1": "A\0", "order-1": "²", f"place-{one.id.hex}": "-1"},
    )
    assert [(section.title, section.product_ids) for section in arrangement_of(cast.creator)] == [("", ()), ("A", ())]


def test_the_look_is_chosen_and_a_refused_one_is_kept(creator: Client, cast: Cast) -> None:
    creator.post(f"{EDITOR}/look", {"words": "Racun batik dari Cirebon", "theme": "daun"})
    public = creator.get("/@ceu-edoh").text
    assert "theme-daun" in public
    assert "Racun batik dari Cirebon" in public
    again = creator.post(f"{EDITOR}/look", {"words": "Lain", "theme": "neon"})
    assert again.status_code == 200
    assert "Lain" in again.text
    assert showcase_of(cast.creator).words == "Racun batik dari Cirebon"


def test_a_cover_is_put_up_and_taken_away(creator: Client, cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = io.BytesIO()
    Image.new("RGB", (900, 300), "teal").save(file, "PNG")
    file.seek(0)
    file.name = "sampul.png"
    creator.post(f"{EDITOR}/cover", {"picture": file})
    assert "showcase-cover" in creator.get("/@ceu-edoh").text
    creator.post(f"{EDITOR}/cover", {"remove": "1"})
    assert "showcase-cover" not in creator.get("/@ceu-edoh").text
    refused = creator.post(f"{EDITOR}/cover", {"picture": io.BytesIO(b"nonsense")})
    assert refused.status_code == 200


def test_without_links_it_says_how_the_page_fills(creator: Client, cast: Cast) -> None:
    assert "Your page fills itself" in creator.get(EDITOR).text
