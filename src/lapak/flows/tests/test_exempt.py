"""From whom PPh 22 is withheld while it is in force: from everybody but persons who state little, and exemption letters."""

from datetime import date, timedelta

import pytest

from lapak.flows.tests.test_withhold import AUGUST
from lapak.flows.tests.told import facts_of
from lapak.flows.withhold import tell_crossing
from lapak.lib import clock
from lapak.lib.dated import always
from lapak.money.taxes import letters
from lapak.money.taxes.errors import (
    LetterDaysRefused,
    LetterFileRefused,
    LetterMoved,
    LetterNotForCompanies,
    LetterNotFound,
    TaxNumberInvalid,
    TaxWordsRefused,
)
from lapak.money.taxes.letters import (
    accept_letter,
    decline_letter,
    end_letter,
    hand_in_letter,
    name_taxpayer,
    withdraw_letter,
)
from lapak.money.taxes.models import Letter
from lapak.money.taxes.pph22_rules import SMALL_UP_TO_IDR, LetterKind, Standing, days_of_statement, standing
from lapak.money.taxes.queries import standings
from lapak.people.audit.models import Change
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import ShopNotFound
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.testing.taxes import NIK, PDF, on, person, set_from, skb, sold_on, stated

DAY = date(2026, 9, 10)


def test_the_limit_is_half_a_billion() -> None:
    assert SMALL_UP_TO_IDR.on(AUGUST) == 500_000_000


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"is_on": False}, Standing.OFF),
        ({}, Standing.WITHHELD_NO_LETTER),
        ({"taxed_as": "company"}, Standing.WITHHELD_COMPANY),
        ({"states_small": True}, Standing.EXEMPT_SMALL),
        ({"states_small": True, "crossed_in": date(2026, 9, 1)}, Standing.EXEMPT_SMALL),
        ({"states_small": True, "crossed_in": date(2026, 8, 1)}, Standing.WITHHELD_CROSSED),
        ({"states_small": True, "crossed_in": date(2026, 8, 1), "has_skb": True}, Standing.EXEMPT_SKB),
        ({"taxed_as": "company", "has_skb": True}, Standing.EXEMPT_SKB),
    ],
)
def test_who_is_exempt(given: dict[str, object], found: Standing) -> None:
    usual = {"is_on": True, "has_skb": False, "states_small": False, "crossed_in": None, "taxed_as": "individual"}
    assert standing(**{**usual, **given}, day=DAY) is found  # type: ignore[arg-type]


@pytest.mark.django_db
class TestExempt:
    @pytest.fixture(autouse=True)
    def in_force(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """The limit is a hundredth of what it is: no purchase comes to more than ten million."""
        monkeypatch.setattr(letters, "SMALL_UP_TO_IDR", always(SMALL_UP_TO_IDR.on(AUGUST) // 100))
        set_from(cast, AUGUST, is_on=True)

    def accepted(self, cast: Cast, day: date = AUGUST) -> Letter:
        with on(day):
            return accept_letter(cast.operator, stated(cast).id)

    def test_without_a_letter_it_is_withheld(self, cast: Cast) -> None:
        assert sold_on(cast, AUGUST).pph22_bp == 50

    def test_a_letter_counts_from_when_it_is_accepted(self, cast: Cast) -> None:
        with on(AUGUST):
            letter = stated(cast)
        assert sold_on(cast, AUGUST + timedelta(days=1)).pph22_bp == 50
        with on(AUGUST + timedelta(days=2)):
            accept_letter(cast.operator, letter.id)
        assert sold_on(cast, AUGUST + timedelta(days=3)).pph22_bp == 0
        assert sold_on(cast, date(2026, 12, 31)).pph22_bp == 0
        assert sold_on(cast, date(2027, 1, 1)).pph22_bp == 50

    def test_who_crosses_it_in_a_month_is_withheld_from_with_the_next(self, cast: Cast) -> None:
        sold_on(cast, date(2026, 1, 5), 4_000_000)
        letter = self.accepted(cast)
        assert sold_on(cast, date(2026, 8, 20), 1_000_001).pph22_bp == 0
        assert sold_on(cast, date(2026, 8, 31), 50_000).pph22_bp == 0
        assert sold_on(cast, date(2026, 9, 1), 50_000).pph22_bp == 50
        letter.refresh_from_db()
        assert letter.crossed_in == date(2026, 8, 1)

    def test_exactly_the_limit_is_not_crossed(self, cast: Cast) -> None:
        sold_on(cast, date(2026, 1, 5), 5_000_000)
        self.accepted(cast)
        assert sold_on(cast, date(2026, 9, 1), 50_000).pph22_bp == 0

    def test_the_turnover_of_another_year_does_not_count(self, cast: Cast) -> None:
        sold_on(cast, date(2025, 12, 31), 6_000_000)
        self.accepted(cast)
        assert sold_on(cast, date(2026, 9, 1)).pph22_bp == 0

    def test_all_shops_of_one_person_count(self, cast: Cast) -> None:
        other = open_shop(cast.seller, slug="kedua", name="Kedua", city="Cirebon", province_code="32")
        sold_on(cast, date(2026, 8, 5), 6_000_000)
        person(cast)
        name_taxpayer(cast.seller, other.id, kind="individual", name="Sekar Ayu", number=NIK)
        with on(AUGUST):
            days = days_of_statement(2026)
            letter = hand_in_letter(
                cast.seller, other.id, kind=LetterKind.STATEMENT, first_day=days[0], last_day=days[1], file=PDF
            )
            accept_letter(cast.operator, letter.id)
        second = Cast(**{**{f: getattr(cast, f) for f in cast.__dataclass_fields__}, "shop": other})
        assert sold_on(second, date(2026, 9, 1)).pph22_bp == 50

    def test_an_exemption_letter_holds_on_its_days(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
            accept_letter(cast.operator, skb(cast, date(2026, 8, 3), date(2026, 8, 4)).id)
        days = [date(2026, 8, day) for day in (2, 3, 4, 5)]
        assert [sold_on(cast, day).pph22_bp for day in days] == [50, 0, 0, 50]

    def test_a_company_states_nothing(self, cast: Cast) -> None:
        self.accepted(cast)
        with on(AUGUST + timedelta(days=1)):
            name_taxpayer(cast.seller, cast.shop.id, kind="company", name="PT Sekar", number=NIK)
        assert sold_on(cast, AUGUST + timedelta(days=2)).pph22_bp == 50
        with on(AUGUST + timedelta(days=2)), refused(LetterNotForCompanies):
            days = days_of_statement(2026)
            hand_in_letter(
                cast.seller, cast.shop.id, kind=LetterKind.STATEMENT, first_day=days[0], last_day=days[1], file=PDF
            )

    def test_the_owner_says_that_it_is_crossed(self, cast: Cast) -> None:
        letter = self.accepted(cast)
        with on(date(2026, 8, 10)):
            tell_crossing(cast.seller, letter.id)
        assert [sold_on(cast, day).pph22_bp for day in (date(2026, 8, 31), date(2026, 9, 1))] == [0, 50]

    def test_the_operator_ends_it(self, cast: Cast) -> None:
        letter = self.accepted(cast)
        with on(AUGUST + timedelta(days=1)):
            end_letter(cast.operator, letter.id, "The NIK is another's.")
        assert sold_on(cast, AUGUST + timedelta(days=2)).pph22_bp == 50
        assert standings([cast.shop.id], clock.now())[cast.shop.id] is Standing.WITHHELD_NO_LETTER


@pytest.mark.django_db
class TestLetters:
    def test_what_became_of_it_is_told_and_on_record(self, cast: Cast) -> None:
        letter = stated(cast)
        decline_letter(cast.operator, letter.id, "It is not signed at all.")
        again = stated(cast)
        accept_letter(cast.operator, again.id)
        assert facts_of(cast.seller)[-2:] == ["tax_letter_declined", "tax_letter_accepted"]
        kept = Change.objects.filter(field="tax_letter").order_by("id").values_list("new", flat=True)
        assert list(kept) == ["asked", "declined", "asked", "accepted"]

    def test_only_one_of_a_kind_waits(self, cast: Cast) -> None:
        stated(cast)
        with refused(LetterMoved):
            stated(cast)

    def test_one_that_is_taken_back_is_not_decided(self, cast: Cast) -> None:
        letter = withdraw_letter(cast.seller, stated(cast).id)
        with refused(LetterMoved):
            accept_letter(cast.operator, letter.id)

    @pytest.mark.parametrize("file", [b"<html>", b"", b"%PDF-" + b"x" * 5 * 1024 * 1024])
    def test_what_is_no_letter(self, cast: Cast, file: bytes) -> None:
        person(cast)
        today = clock.today()
        with refused(LetterFileRefused):
            hand_in_letter(cast.seller, cast.shop.id, kind=LetterKind.SKB, first_day=today, last_day=today, file=file)

    @pytest.mark.parametrize(("first", "last"), [(-10, -1), (1, 0), (0, 366)])
    def test_days_that_no_letter_has(self, cast: Cast, first: int, last: int) -> None:
        today = clock.today()
        with refused(LetterDaysRefused):
            skb(cast, today + timedelta(days=first), today + timedelta(days=last))

    def test_a_number_that_is_none(self, cast: Cast) -> None:
        with refused(TaxNumberInvalid):
            name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Sekar", number="123")

    def test_declined_without_words(self, cast: Cast) -> None:
        letter = stated(cast)
        with refused(TaxWordsRefused):
            decline_letter(cast.operator, letter.id, "")

    def test_a_stranger_finds_nothing(self, cast: Cast) -> None:
        letter = stated(cast)
        with refused(LetterNotFound):
            accept_letter(cast.stranger, letter.id)
        with refused(ShopNotFound):
            withdraw_letter(cast.stranger, letter.id)


def test_of_next_year_s_statement_no_crossing_is_told(cast: Cast) -> None:
    set_from(cast, AUGUST, is_on=True)
    with on(date(2026, 12, 10)):
        letter = accept_letter(cast.operator, stated(cast, 2027).id)
        with refused(LetterMoved):
            tell_crossing(cast.seller, letter.id)
