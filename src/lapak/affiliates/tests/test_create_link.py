"""Making links, and reading what they lead to and brought."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates import links
from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import LabelTooLong, LinkNotFound, NoProgramme, NotOnSale, TooManyLinks
from lapak.affiliates.links import create_link
from lapak.affiliates.many_links import create_links
from lapak.affiliates.models import Creator
from lapak.affiliates.programmes import join_programme, open_platform_programme
from lapak.affiliates.queries import link_for_code, link_for_creator, links_of_creator, showcase_links
from lapak.affiliates.tests.sales import commission_on, order_line
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.clicks import clicked
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(cast: Cast) -> Creator:
    return become_creator(cast.buyer, "mbak-sari")


class TestMaking:
    def test_a_product_link_carries_its_shop(self, cast: Cast, variant: Variant) -> None:
        link = create_link(cast.creator_user, product=variant.product, label=" tiktok ")
        assert (link.product, link.shop, link.label) == (variant.product, cast.shop, "tiktok")
        assert len(link.code) == 7
        assert set(link.code) <= set("23456789abcdefghjkmnpqrstuvwxyz")

    def test_more_in_a_day_than_a_person_makes_are_refused(
        self, cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(links, "MOST_LINKS_A_DAY", 3)
        create_link(cast.creator_user)
        create_links(cast.creator_user, f"{variant.product_id}\n{variant.product_id}")
        with refused(TooManyLinks):
            create_links(cast.creator_user, "x\ny")
        create_link(cast.creator_user)
        with refused(TooManyLinks):
            create_link(cast.creator_user)
        with clock.stopped_at(clock.now() + timedelta(days=1)):
            create_link(cast.creator_user)

    def test_a_shop_link_and_a_showcase_link(self, cast: Cast) -> None:
        assert create_link(cast.creator_user, shop=cast.shop).shop == cast.shop
        assert create_link(cast.creator_user).shop is None

    def test_a_taken_code_is_drawn_again(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        codes = iter(["aaaaaaa", "aaaaaaa", "bbbbbbb"])
        monkeypatch.setattr(links, "drawn_code", lambda: next(codes))
        assert [create_link(cast.creator_user).code, create_link(cast.creator_user).code] == ["aaaaaaa", "bbbbbbb"]

    def test_the_platforms_programme_is_enough(self, cast: Cast, variant: Variant, newcomer: Creator) -> None:
        join_programme(newcomer.user, open_platform_programme(cast.operator, 500))
        assert create_link(newcomer.user, product=variant.product).creator == newcomer

    @pytest.mark.usefixtures("variant", "newcomer", "nothing_written")
    def test_without_a_programme_there_is_no_link(self, cast: Cast, variant: Variant, newcomer: Creator) -> None:
        with refused(NoProgramme):
            create_link(newcomer.user, product=variant.product)
        with refused(NoProgramme):
            create_link(newcomer.user, shop=cast.shop)

    @pytest.mark.usefixtures("variant", "nothing_written")
    def test_goods_not_on_sale_and_a_long_label_are_refused(self, cast: Cast, variant: Variant) -> None:
        with refused(LabelTooLong):
            create_link(cast.creator_user, label="x" * 31)
        variant.product.status = Product.Status.ARCHIVED
        with refused(NotOnSale):
            create_link(cast.creator_user, product=variant.product)
        cast.shop.is_open = False
        with refused(NotOnSale):
            create_link(cast.creator_user, shop=cast.shop)


class TestLeading:
    def test_to_the_product_then_its_shop_then_the_showcase(self, cast: Cast, variant: Variant) -> None:
        link = link_to(cast, variant.product)
        target = link_for_code(link.code)
        assert target
        assert (target.link_id, target.product_id, target.shop_slug) == (link.id, variant.product_id, "batik-sekar")
        Product.objects.update(status=Product.Status.ARCHIVED)
        withdrawn = link_for_code(link.code)
        assert withdrawn
        assert (withdrawn.product_id, withdrawn.shop_slug) == (None, "batik-sekar")
        cast.shop.is_open = False
        cast.shop.save()
        closed = link_for_code(link.code)
        assert closed
        assert (closed.shop_slug, closed.handle) == (None, "ceu-edoh")

    def test_an_unknown_code_leads_nowhere(self) -> None:
        assert link_for_code("nothing") is None

    def test_the_showcase_has_each_product_on_sale_once(
        self, cast: Cast, variant: Variant, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        other, withdrawn = stocked_variant(cast.shop), stocked_variant(cast.shop)
        first, again = link_to(cast, variant.product), link_to(cast, variant.product)
        link_to(cast, withdrawn.product)
        Product.objects.filter(id=withdrawn.product_id).update(status=Product.Status.DRAFT)
        second = link_to(cast, other.product)
        create_link(cast.creator_user, shop=cast.shop)
        with django_assert_num_queries(1):
            assert list(showcase_links(cast.creator)) == [second, again]
        assert first.product == again.product


class TestCounting:
    @pytest.mark.unsound_books  # commissions without their orders' money: only the figures are under test
    def test_what_each_link_brought_in_one_query(
        self, cast: Cast, variant: Variant, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        link, quiet = link_to(cast, variant.product), link_to(cast, variant.product)
        for device in ("phone", "computer", "bot"):
            clicked(link, device=device)
        noon = datetime(2026, 11, 20, 12, tzinfo=clock.WIB)
        clicked(link, noon, noon + timedelta(minutes=1), visitor="budi")
        for state in ("pending", "paid", "reversed"):
            commission_on(order_line(cast, variant), link, cast.programme, state=state)
        figures = ("click_count", "people_count", "order_count", "commission_idr")
        with django_assert_num_queries(1):
            found = list(links_of_creator(cast.creator).values_list("id", *figures))
        assert found == [(quiet.id, 0, 0, 0, 0), (link.id, 4, 3, 2, 20_000)]

    def test_commission_is_what_stands_on_the_row(self, cast: Cast, variant: Variant) -> None:
        link = link_to(cast, variant.product)
        commission_on(order_line(cast, variant), link, cast.programme)
        assert links_of_creator(cast.creator).values_list("commission_idr", flat=True)[0] == 10_000


def test_a_stranger_finds_no_link(cast: Cast, variant: Variant) -> None:
    link = link_to(cast, variant.product)
    before = rows_everywhere()
    assert link_for_creator(cast.creator_user, link.code) == link
    for other in (cast.stranger, cast.seller, cast.operator):
        with refused(LinkNotFound):
            link_for_creator(other, link.code)
    assert rows_everywhere() == before
