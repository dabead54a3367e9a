"""How a creator's page looks, and what stands where."""

import io
import uuid
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.links import archive_link
from lapak.affiliates.showcase.commands import arrange_showcase, dress_showcase, put_cover, remove_cover
from lapak.affiliates.showcase.errors import TitleTooLong, TooManyInSection, TooManySections, WordsTooLong
from lapak.affiliates.showcase.queries import arrangement_of, loose_links, sections_of, showcase_of
from lapak.affiliates.showcase.rules import MOST_PINNED, MOST_SECTIONS, Arranged
from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.goods.catalogue.models import Product, Variant
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.crowd import many_products
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(cast: Cast) -> list[Product]:
    """Three products that the creator links to."""
    products = [stocked_variant(cast.shop).product for _ in range(3)]
    for product in products:
        link_to(cast, product)
    return products


def shown(cast: Cast) -> list[tuple[str, list[uuid.UUID | None]]]:
    return [(section.title, [link.product_id for link in section.links]) for section in sections_of(cast.creator)]


class TestLook:
    def test_it_is_said_and_coloured(self, cast: Cast) -> None:
        assert showcase_of(cast.creator).theme == "nila"
        dress_showcase(cast.creator_user, words=" Racun batik ", theme="daun")
        found = showcase_of(cast.creator)
        assert (found.words, found.theme) == ("Racun batik", "daun")

    def test_long_words_are_refused(self, cast: Cast) -> None:
        with refused(WordsTooLong):
            dress_showcase(cast.creator_user, words="x" * 301, theme="nila")

    def test_a_cover_is_painted_anew_and_taken_away(self, cast: Cast, settings: Settings, tmp_path: Path) -> None:
        settings.MEDIA_ROOT = tmp_path
        file = io.BytesIO()
        exif = Image.Exif()
        exif[271] = "Kamera Edoh"
        Image.new("RGB", (900, 300), "teal").save(file, "JPEG", exif=exif)
        dress_showcase(cast.creator_user, words="Racun", theme="bata")
        cover = put_cover(cast.creator_user, file.getvalue()).cover
        assert cover
        assert (cover.width_px, cover.height_px) == (900, 300)
        assert b"Kamera Edoh" not in (tmp_path / str(cover.file.name)).read_bytes()
        assert showcase_of(cast.creator).words == "Racun"
        remove_cover(cast.creator_user)
        assert showcase_of(cast.creator).cover is None
        with refused(ImageUnreadable):
            put_cover(cast.creator_user, b"nonsense")


class TestArranging:
    def test_it_stands_as_wanted_and_the_rest_below(self, cast: Cast, goods: list[Product]) -> None:
        first, second, third = goods
        arrange_showcase(cast.creator_user, [Arranged("", (third.id,)), Arranged("Batik", (first.id,))])
        assert shown(cast) == [("", [third.id]), ("Batik", [first.id])]
        loose = loose_links(cast.creator, [third.id, first.id])
        assert [link.product_id for link in loose] == [second.id]
        arrange_showcase(cast.creator_user, [Arranged("Batik", (second.id, first.id))])
        assert shown(cast) == [("Batik", [second.id, first.id])]

    def test_goods_of_no_link_are_passed_over_and_none_stands_twice(self, cast: Cast, goods: list[Product]) -> None:
        unlinked = stocked_variant(cast.shop).product
        first = goods[0].id
        arrange_showcase(
            cast.creator_user, [Arranged("", (first,)), Arranged("Batik", (first, unlinked.id, uuid.UUID(int=1)))]
        )
        assert [section.product_ids for section in arrangement_of(cast.creator)] == [(first,), ()]

    def test_what_is_not_on_sale_or_archived_keeps_its_place_unseen(self, cast: Cast, goods: list[Product]) -> None:
        first, second, _third = (product.id for product in goods)
        arrange_showcase(cast.creator_user, [Arranged("Batik", (first, second))])
        Product.objects.filter(id=first).update(status=Product.Status.ARCHIVED)
        for link in cast.creator.links.filter(product=second):
            archive_link(cast.creator_user, link.code)
        assert shown(cast) == [("Batik", [])]
        Product.objects.filter(id=first).update(status="published")
        assert shown(cast) == [("Batik", [first])]

    def test_what_does_not_fit_is_refused(self, cast: Cast, goods: list[Product]) -> None:
        for wanted, refusal in (
            ([Arranged(f"Bagian {n}", ()) for n in range(MOST_SECTIONS + 1)], TooManySections),
            ([Arranged("x" * 61, ())], TitleTooLong),
            ([Arranged("", tuple(uuid.UUID(int=n) for n in range(MOST_PINNED + 1)))], TooManyInSection),
        ):
            with refused(refusal):
                arrange_showcase(cast.creator_user, wanted)

    def test_who_is_no_creator_has_no_page(self, cast: Cast) -> None:
        for act in (
            lambda: arrange_showcase(cast.stranger, []),
            lambda: dress_showcase(cast.stranger, words="", theme="nila"),
            lambda: put_cover(cast.stranger, b""),
            lambda: remove_cover(cast.stranger),
        ):
            with refused(CreatorNotFound):
                act()

    def test_a_full_page_costs_three_statements(
        self, cast: Cast, variant: Variant, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        products = many_products(cast.shop, 40)
        for product in products:
            link_to(cast, product)
        ids = [product.id for product in products]
        arrange_showcase(cast.creator_user, [Arranged("Satu", tuple(ids[:20])), Arranged("Dua", tuple(ids[20:]))])
        with django_assert_num_queries(3):
            assert [len(section.links) for section in sections_of(cast.creator)] == [20, 20]
