"""Links under chosen codes, with UTM values, changed, archived and brought back; and many at once."""

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates import links, many_links
from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import (
    CodeInvalid,
    CodeTaken,
    LabelTooLong,
    LinkNotFound,
    TooManyCodes,
    TooManyLines,
    UtmTooLong,
)
from lapak.affiliates.link_rules import MOST_LINES, Outcome
from lapak.affiliates.links import archive_link, change_link, create_link, restore_link
from lapak.affiliates.many_links import create_links
from lapak.affiliates.models import Link
from lapak.affiliates.queries import link_for_code, showcase_links
from lapak.goods.catalogue.models import Product, Variant
from lapak.people.audit.models import Change
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.crowd import many_products
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


class TestCode:
    def test_chosen_in_any_spelling_and_found_as_it_is_kept(self, cast: Cast) -> None:
        made = create_link(cast.creator_user, code="https://lapak.example/r/Batik-Edoh")
        assert (made.code, made.is_chosen) == ("batik-edoh", True)
        target = link_for_code("batik-edoh")
        assert target
        assert target.link_id == made.id

    def test_one_s_own_handle_may_be_one(self, cast: Cast) -> None:
        assert create_link(cast.creator_user, code="ceu-edoh").code == "ceu-edoh"

    def test_what_cannot_be_one_and_what_is_another_s_is_refused(self, cast: Cast) -> None:
        create_link(cast.creator_user, code="batik-edoh")
        become_creator(cast.buyer, "mbak-sari")
        for code, refusal in (
            ("ba", CodeInvalid),
            ("batik edoh", CodeInvalid),
            ("BATIK-EDOH", CodeTaken),
            ("promo-lapak", CodeTaken),
            ("mbak-sari", CodeTaken),
        ):
            with refused(refusal):
                create_link(cast.creator_user, code=code)

    def test_there_is_an_end_to_them_and_archived_ones_count(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(links, "MOST_CHOSEN", 1)
        create_link(cast.creator_user, code="batik-edoh")
        archive_link(cast.creator_user, "batik-edoh")
        with refused(TooManyCodes):
            create_link(cast.creator_user, code="batik-lain")
        assert not create_link(cast.creator_user).is_chosen


class TestUtm:
    def test_it_is_kept_as_it_stands_in_the_address(self, cast: Cast) -> None:
        made = create_link(cast.creator_user, utm={"source": "TikTok", "campaign": "Lebaran 2026"})
        target = link_for_code(made.code)
        assert target
        assert target.utm == "utm_source=tiktok&utm_campaign=lebaran-2026"

    def test_a_long_one_is_refused(self, cast: Cast) -> None:
        with refused(UtmTooLong):
            create_link(cast.creator_user, utm={"term": "x" * 51})


class TestChanging:
    def test_label_and_utm_and_both_stand_on_record(self, cast: Cast, variant: Variant) -> None:
        link = link_to(cast, variant.product)
        change_link(cast.creator_user, link.code, label=" ig-bio ", utm={"source": "ig"})
        link.refresh_from_db()
        assert (link.label, link.utm, link.product) == ("ig-bio", "utm_source=ig", variant.product)
        changed = set(Change.objects.filter(kind="link").values_list("field", "old", "new"))
        assert ("utm", "", "utm_source=ig") in changed

    def test_unfit_ones_are_refused(self, cast: Cast, variant: Variant) -> None:
        link = link_to(cast, variant.product)
        with refused(LabelTooLong):
            change_link(cast.creator_user, link.code, label="x" * 31, utm={})
        with refused(UtmTooLong):
            change_link(cast.creator_user, link.code, label="", utm={"source": "x" * 51})

    def test_strangers_find_none(self, cast: Cast, variant: Variant) -> None:
        code = link_to(cast, variant.product).code
        for other in (cast.stranger, cast.seller, cast.operator):
            for act in (archive_link, restore_link):
                with refused(LinkNotFound):
                    act(other, code)
            with refused(LinkNotFound):
                change_link(other, code, label="", utm={})


class TestArchiving:
    def test_it_leads_on_but_is_off_the_showcase_until_it_is_brought_back(self, cast: Cast, variant: Variant) -> None:
        older, link = link_to(cast, variant.product), link_to(cast, variant.product)
        before = link_for_code(link.code)
        archive_link(cast.creator_user, link.code)
        archived_at = Link.objects.get(pk=link.pk).archived_at
        archive_link(cast.creator_user, link.code)
        assert Link.objects.get(pk=link.pk).archived_at == archived_at
        assert link_for_code(link.code) == before
        assert list(showcase_links(cast.creator)) == [older]
        archive_link(cast.creator_user, older.code)
        assert not showcase_links(cast.creator).exists()
        restore_link(cast.creator_user, link.code)
        assert list(showcase_links(cast.creator)) == [link]


class TestMany:
    def test_each_line_is_answered_and_the_same_again_makes_nothing(self, cast: Cast, variant: Variant) -> None:
        other = open_shop(cast.stranger, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
        coffee, withdrawn = stocked_variant(other).product, stocked_variant(cast.shop).product
        Product.objects.filter(pk=withdrawn.pk).update(status=Product.Status.ARCHIVED)
        had = create_link(cast.creator_user, product=stocked_variant(cast.shop).product, label="tiktok")
        assert had.product
        pasted = "\n".join(
            [
                variant.product.path,
                f"lapak.example{had.product.path}",
                "halo",
                coffee.path,
                withdrawn.path,
                variant.product.path,
            ]
        )
        answers = create_links(cast.creator_user, pasted, label="tiktok", utm={"source": "tiktok"})
        assert [answer.outcome for answer in answers] == [
            Outcome.MADE, Outcome.MADE, Outcome.UNKNOWN, Outcome.NO_PROGRAMME, Outcome.UNKNOWN, Outcome.DOUBLED,
        ]  # fmt: skip
        made = answers[0].link
        assert made == answers[5].link
        assert made
        assert (made.product, made.shop, made.label) == (variant.product, cast.shop, "tiktok")
        before = set(Link.objects.values_list("code", flat=True))
        again = create_links(cast.creator_user, pasted, label="tiktok", utm={"source": "tiktok"})
        assert [answer.outcome for answer in again[:2]] == [Outcome.HAD, Outcome.HAD]
        assert set(Link.objects.values_list("code", flat=True)) == before
        assert create_links(cast.creator_user, had.product.path, label="tiktok")[0].link == had

    def test_an_archived_one_is_no_answer(self, cast: Cast, variant: Variant) -> None:
        archive_link(cast.creator_user, link_to(cast, variant.product).code)
        assert create_links(cast.creator_user, variant.product.path)[0].outcome == Outcome.MADE

    def test_a_taken_code_is_drawn_again(self, cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
        taken = link_to(cast, stocked_variant(cast.shop).product)
        codes = iter([taken.code, "bbbbbbb"])
        monkeypatch.setattr(many_links, "drawn_code", lambda: next(codes))
        (answer,) = create_links(cast.creator_user, variant.product.path)
        assert answer.link
        assert answer.link.code == "bbbbbbb"

    def test_two_hundred_cost_no_more_statements_than_two(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        goods = many_products(cast.shop, MOST_LINES)
        with django_assert_max_num_queries(13):
            answers = create_links(cast.creator_user, "\n".join(each.path for each in goods))
        assert {answer.outcome for answer in answers} == {Outcome.MADE}
        assert Link.objects.count() == MOST_LINES

    @pytest.mark.parametrize("pasted", ["", " \n ", "x\n" * (MOST_LINES + 1)])
    def test_none_and_too_many_lines_are_refused(self, cast: Cast, pasted: str) -> None:
        with refused(TooManyLines):
            create_links(cast.creator_user, pasted)
