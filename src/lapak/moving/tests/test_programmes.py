"""Those who promoted a shop under a programme elsewhere: its people, their links, and what they got."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from lapak.goods.catalogue.models import Product
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.partners.models import Partner, PartnerLink, PartnerPay
from lapak.moving.partners.money import amount_in
from lapak.moving.past.queries import creators_of_past
from lapak.moving.plan import Tally
from lapak.moving.tests.files import sku
from lapak.moving.tests.moved import Again, upload_of
from lapak.moving.tests.programmes import (
    DUB_COMMISSIONS,
    DUB_LINKS,
    DUB_PARTNERS,
    LISTS,
    REFERSION_AFFILIATES,
    TAPFILIATE_AFFILIATES,
    TAPFILIATE_CONVERSIONS,
)
from lapak.moving.undo import undo_upload
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

Given = Callable[..., MoveInResult]


@pytest.fixture
def given(seller: User, shop: Shop, tmp_path: Path) -> Given:
    """Moves in lists, by the names of their files."""

    def move(lists: dict[str, str], **options: object) -> MoveInResult:
        for name, text in lists.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return move_in(seller, [tmp_path / name for name in lists], shop, **options)  # type: ignore[arg-type]  # as the test says

    return move


@pytest.mark.parametrize("platform", LISTS)
def test_a_programme_s_lists_come_in_whole_and_again_change_nothing(platform: str, given: Given) -> None:
    result = given(LISTS[platform])
    assert result.errors == []
    assert {found.platform.casefold() for found in result.found} == {platform}
    assert result.done is not None
    assert (result.done.partners.created, result.done.partner_pays.created) == (
        Partner.objects.count(),
        PartnerPay.objects.count(),
    )
    assert [partner.name for partner in Partner.objects.order_by("name")] == ["Alex Tan", "Budi Hartono"]
    again = given(LISTS[platform]).done
    assert again is not None
    for tally in (again.partners, again.partner_links, again.partner_pays):
        assert (tally.created, tally.changed) == (0, 0)


def test_nothing_of_a_buyer_comes_along(given: Given) -> None:
    for lists in LISTS.values():
        given(lists)
    kept = repr([*Partner.objects.values(), *PartnerLink.objects.values(), *PartnerPay.objects.values()])
    assert [word for word in ("siti", "joko", "cust-", "pay@", "in_1", "nakal") if word in kept.casefold()] == []


def test_mailboxes_are_in_small_letters_and_one_person_is_one(given: Given) -> None:
    """A list of conversions names people by e-mail alone, in any capitals."""
    given(LISTS["tapfiliate"])
    alex = Partner.objects.get(handle="alex")
    assert alex.email == "alex@example.com"
    assert PartnerPay.objects.filter(partner=alex.source_id, kind="commission").count() == 2


def test_currencies_are_never_added_up(given: Given, shop: Shop) -> None:
    given(LISTS["tapfiliate"])
    alex = creators_of_past(shop).get(handle="alex")
    assert (alex.orders, alex.goods_idr, alex.commission_idr, alex.rate_bp) == (2, 150_000, 15_000, 1_000)
    assert alex.abroad == {"EUR": ["99.90", "9.99"]}


def test_a_rate_that_the_list_says_goes_before_what_was_paid(given: Given, shop: Shop) -> None:
    given(LISTS["rewardful"])
    assert {c.handle: c.rate_bp for c in creators_of_past(shop)} == {"alex": 3_000, "budi": 1_250}
    result = given({"affiliates.csv": REFERSION_AFFILIATES})
    assert {c.handle: c.rate_bp for c in creators_of_past(shop).filter(platform="refersion")} == {
        "a3y7": 1_500,
        "694c": None,
    }
    assert [problem.address for problem in result.notes] == ["J3"]


def test_whole_numbers_of_dub_are_hundredths_and_it_says_so(given: Given) -> None:
    result = given(LISTS["dub"])
    first = PartnerPay.objects.get(source_id="cm_1")
    assert (first.sale, first.amount, first.currency, first.state) == (
        Decimal("200.00"),
        Decimal("20.00"),
        "USD",
        "paid",
    )
    assert any("hundredths" in problem.message for problem in result.notes)
    given({"commissions.csv": DUB_COMMISSIONS.replace("20000,2000", "200.00,20.00").replace("cm_", "new_")})
    assert PartnerPay.objects.get(source_id="new_1").amount == Decimal("20.00")
    assert PartnerPay.objects.get(source_id="new_2").amount == Decimal("505.00")


def test_a_link_keeps_its_label_and_utm_and_is_theirs_by_its_likeness(given: Given) -> None:
    result = given(LISTS["dub"])
    link = PartnerLink.objects.get(code="alex-tan")
    assert (link.partner, link.label, link.utm) == ("pn_1AA", "tiktok", "utm_source=tiktok&utm_campaign=lebaran-2025")
    assert PartnerLink.objects.get(code="promo25").partner == ""
    assert any("does not say whose" in problem.message for problem in result.notes)


def test_a_link_leads_to_the_goods_that_moved_in(moved: Again, given: Given) -> None:
    moved(sku())
    product = Product.objects.get()
    given({"links.csv": DUB_LINKS.replace("https://batik.example/,3", f"https://lapak.example{product.path},3")})
    assert PartnerLink.objects.get(code="promo25").product == product


def test_codes_of_people_are_links_of_theirs(given: Given) -> None:
    text = TAPFILIATE_AFFILIATES.replace(",alex,", ',"alex, alex-tiktok",')
    given({"affiliates.csv": text})
    assert {*PartnerLink.objects.values_list("code", "partner")} == {
        ("alex", "af-alex"),
        ("alex-tiktok", "af-alex"),
        ("budi-h", "af-budi"),
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$1,234.50", ("1234.50", "USD")), ("1.234,50 €", ("1234.50", "EUR")), ("Rp 125.000", ("125000.00", "IDR")),
        ("(10.00)", ("-10.00", "")), ("-$5.00", ("-5.00", "USD")), ("1,234", ("1234.00", "")), ("0.005", ("0.00", "")),
        ("12.5", ("12.50", "")), ("10 pcs", None), ("1,2,3", None), ("=1+1", None), ("9" * 50, None), ("1.5E+3", None),
        ("USD 1 EUR", None), ("$", None), ("", None),
    ],
)  # fmt: skip
def test_amounts_are_read_in_any_currency_or_not_at_all(written: str, read: tuple[str, str] | None) -> None:
    amount = amount_in(written)
    assert (amount and (str(amount.value), amount.currency)) == read


def test_bad_rows_are_said_by_their_cells_and_stop_no_good_ones(given: Given) -> None:
    bad = (
        "104,INV-4,1,2024-03-01 09:00:00,alex@example.com,Batik,IDR,,approved,sale,banyak\n"
        "105,INV-5,1,besok,alex@example.com,Batik,IDR,,approved,sale,1\n"
        "106,INV-6,1,2024-03-01 09:00:00,alex@example.com,Batik,rupiahs,,approved,sale,1\n"
    )
    result = given({"affiliates.csv": TAPFILIATE_AFFILIATES, "conversions.csv": TAPFILIATE_CONVERSIONS + bad})
    assert result.done is not None
    assert result.done.partner_pays == Tally(created=3, left_out=3)
    assert [problem.address for problem in result.errors] == ["K5", "D6", "G7"]


@pytest.mark.parametrize(
    "cell",
    ["=HYPERLINK(1)", "<script>alert(1)</script>", "x" * 5_000, "\u202eAlex", "a@b", "-", "'"],
)
def test_hostile_cells_do_no_harm(cell: str, given: Given) -> None:
    """As a name, an e-mail, a code: what is no e-mail is none, and what is too long is cut or said."""
    head, first, _rest = TAPFILIATE_AFFILIATES.splitlines()
    rows = [
        head,
        first,
        *(
            f"af-{n},{c[0]},X,{c[1]},{c[2]},,2024-01-05"
            for n, c in enumerate([(cell, "", "aa"), ("A", cell, "bb"), ("A", "", cell)])
        ),
    ]
    result = given({"affiliates.csv": "\n".join(rows)})
    assert result.done is not None
    assert sum((result.done.partners.created, result.done.partners.left_out)) == 4
    assert {partner.email for partner in Partner.objects.all()} <= {"", "alex@example.com"}


def test_taking_an_upload_back_takes_them_along(seller: User, shop: Shop, given: Given) -> None:
    upload = upload_of(seller, shop)
    given(LISTS["dub"], upload_id=upload.id)
    undo_upload(seller, upload.id)
    assert [rows.count() for rows in (Partner.objects, PartnerLink.objects, PartnerPay.objects)] == [0, 0, 0]
    assert not creators_of_past(shop).exists()


def test_those_whom_the_programme_sent_away_stay_there(given: Given) -> None:
    result = given({"partners.csv": DUB_PARTNERS})
    assert result.done is not None
    assert result.done.partners == Tally(created=2, left_out=1)
    assert [problem.address for problem in result.notes] == ["E4"]
