"""A letter exempts whom it names, and their turnover is counted whole: whoever changes, hides or waits wins nothing by it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.tests.test_withhold import AUGUST
from lapak.flows.withhold import tell_crossing
from lapak.lib import clock
from lapak.lib.dated import always
from lapak.money.gateways.contract import ChargeReport
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Status
from lapak.money.taxes import letters
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.errors import LetterDaysRefused, LetterMoved, TaxpayerNotNamed, TooManyLetters
from lapak.money.taxes.letters import accept_letter, name_taxpayer, withdraw_letter
from lapak.money.taxes.models import Letter, Withholding
from lapak.money.taxes.months import month_named, shops_of_month
from lapak.money.taxes.pph22_rules import SMALL_UP_TO_IDR
from lapak.people.shops.commands import open_shop
from lapak.people.users.models import User
from lapak.testing.books import broken_rules
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.histories import asked_return
from lapak.testing.refused import refused
from lapak.testing.taxes import DECREE, NIK, on, person, set_from, skb, sold_on, stated
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
ANOTHER = "3299999999990009"


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of it."""
    monkeypatch.setattr(letters, "SMALL_UP_TO_IDR", always(SMALL_UP_TO_IDR.on(AUGUST) // 100))


@pytest.fixture(autouse=True)
def switched_on(cast: Cast) -> None:
    set_from(cast, AUGUST, is_on=True)


def accepted(cast: Cast) -> Letter:
    with on(AUGUST):
        return accept_letter(cast.operator, stated(cast).id)


def second_shop(cast: Cast, owner: User) -> Cast:
    shop = open_shop(owner, slug="kedua", name="Kedua", city="Cirebon", province_code="32")
    return replace(cast, seller=owner, shop=shop)


def at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.WIB)


def asked_to_pay(cast: Cast, price_idr: int) -> PaymentIntent:
    bought = place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop, price_idr=price_idr), 1)))
    return PaymentIntent.objects.get(pays_for=bought)


def told(intent: PaymentIntent, paid_at: datetime) -> Order:
    receive_payment(ChargeReport(intent.id, Status.PAID, intent.amount_idr, 0, paid_at), intent.provider)
    return Order.objects.get(purchase_id=intent.pays_for)


class TestWhom:
    def test_the_statement_of_another_person_exempts_nobody(self, cast: Cast) -> None:
        letter = accepted(cast)
        with on(AUGUST + timedelta(days=1)):
            name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Orang Lain", number=ANOTHER)
        assert sold_on(cast, AUGUST + timedelta(days=2)).pph22_bp == 50
        letter.refresh_from_db()
        assert letter.state == "ended"

    def test_nor_does_a_person_s_exemption_a_company(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
            accept_letter(cast.operator, skb(cast, AUGUST, date(2026, 12, 31)).id)
        with on(AUGUST + timedelta(days=1)):
            name_taxpayer(cast.seller, cast.shop.id, kind="company", name="PT Lain", number="0999999999999999")
        assert sold_on(cast, AUGUST + timedelta(days=2)).pph22_bp == 50

    def test_a_name_that_was_misspelt_changes_nothing(self, cast: Cast) -> None:
        accepted(cast)
        with on(AUGUST):
            name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Sekar Ayu Lestari", number=NIK)
        assert sold_on(cast, AUGUST + timedelta(days=2)).pph22_bp == 0

    def test_a_letter_names_somebody(self, cast: Cast) -> None:
        with on(AUGUST), refused(TaxpayerNotNamed):
            skb(cast, AUGUST, AUGUST)


@pytest.mark.usefixtures("small_limit")
class TestTurnover:
    def test_another_number_hides_nothing(self, cast: Cast) -> None:
        """Two shops of one person are over the limit together; one of them takes another number."""
        other = second_shop(cast, cast.seller)
        sold_on(cast, date(2026, 7, 5), 6_000_000)
        accepted(cast)
        with on(AUGUST):
            name_taxpayer(cast.seller, other.shop.id, kind="individual", name="Sekar Ayu", number=NIK)
            accept_letter(cast.operator, stated(other).id)
            name_taxpayer(cast.seller, other.shop.id, kind="individual", name="Sekar Ayu", number=ANOTHER)
        assert sold_on(other, SEPTEMBER).pph22_bp == 50
        assert sold_on(cast, SEPTEMBER).pph22_bp == 50

    def test_a_stranger_s_shop_counts_for_nobody(self, cast: Cast) -> None:
        """Whoever writes another's number of their own shop does not end that person's exemption."""
        accepted(cast)
        strange = second_shop(cast, cast.stranger)
        with on(AUGUST):
            name_taxpayer(cast.stranger, strange.shop.id, kind="individual", name="x", number=NIK)
        sold_on(strange, date(2026, 8, 5), 6_000_000)
        assert sold_on(cast, SEPTEMBER).pph22_bp == 0

    def test_until_somebody_has_looked_at_it(self, cast: Cast) -> None:
        accepted(cast)
        other = second_shop(cast, cast.stranger)
        with on(AUGUST):
            name_taxpayer(cast.stranger, other.shop.id, kind="individual", name="Sekar Ayu", number=NIK)
            accept_letter(cast.operator, stated(other).id)
        sold_on(other, date(2026, 8, 5), 6_000_000)
        assert sold_on(cast, SEPTEMBER).pph22_bp == 50

    def test_telling_it_before_the_first_sale_wins_no_month(self, cast: Cast) -> None:
        letter = accepted(cast)
        sold_on(cast, date(2026, 8, 20), 6_000_000)
        with clock.stopped_at(at(SEPTEMBER, 0, 5)):
            tell_crossing(cast.seller, letter.id)
        assert sold_on(cast, date(2026, 9, 2)).pph22_bp == 50

    def test_what_is_told_late_of_the_month_before_counts(self, cast: Cast) -> None:
        """From the next payment on: what was paid before anybody knew stays as it was, for the books as well."""
        accepted(cast)
        with clock.stopped_at(at(date(2026, 8, 31), 23, 50)):
            late = asked_to_pay(cast, 6_000_000)
        with clock.stopped_at(at(SEPTEMBER, 0, 10)):
            assert told(asked_to_pay(cast, 50_000), clock.now()).pph22_bp == 0
        with clock.stopped_at(at(SEPTEMBER, 0, 40)):
            assert told(late, at(date(2026, 8, 31), 23, 55)).pph22_bp == 0
        assert sold_on(cast, date(2026, 9, 10)).pph22_bp == 50

    def test_this_year_s_crossing_is_not_said_of_the_next_year_s(self, cast: Cast) -> None:
        accepted(cast)
        with on(date(2026, 12, 10)):
            letter = accept_letter(cast.operator, stated(cast, 2027).id)
            with refused(LetterMoved):
                tell_crossing(cast.seller, letter.id)
        assert sold_on(cast, date(2027, 1, 2)).pph22_bp == 0


class TestBounds:
    def test_so_many_wait(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
            for n in range(3):
                skb(cast, AUGUST + timedelta(days=n), date(2026, 12, 31))
            with refused(TooManyLetters):
                stated(cast)

    def test_and_so_many_come_in_a_year(self, cast: Cast) -> None:
        with on(AUGUST):
            for _ in range(12):
                withdraw_letter(cast.seller, stated(cast).id)
            with refused(TooManyLetters):
                stated(cast)
        with on(AUGUST + timedelta(days=366)):
            stated(cast)

    def test_none_is_for_a_far_year(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
            with refused(LetterDaysRefused):
                skb(cast, date(2028, 1, 1), date(2028, 12, 31))

    def test_a_month_to_come_has_no_file(self) -> None:
        with on(AUGUST):
            assert month_named(2026, 12) is None


class TestKept:
    def test_a_month_that_is_over_names_whom_it_was_withheld_from(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
        sold_on(cast, AUGUST)
        with on(SEPTEMBER):
            name_taxpayer(cast.seller, cast.shop.id, kind="company", name="PT Lain", number="0999999999999999")
        assert [(each.tax_name, each.tax_number) for each, _ in shops_of_month(AUGUST)] == [("Sekar Ayu", NIK)]

    def test_who_changes_in_a_month_has_two(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
        sold_on(cast, AUGUST)
        with on(AUGUST + timedelta(days=9)):
            name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Orang Lain", number=ANOTHER)
        sold_on(cast, AUGUST + timedelta(days=10), 300_000)
        rows = [(each.tax_number, each.tax_idr) for each, _ in shops_of_month(AUGUST)]
        assert rows == [(NIK, 500), (ANOTHER, 1_500)]
        assert len({each.number for each, _ in shops_of_month(AUGUST)}) == 2

    def test_what_was_said_later_names_what_had_no_name(self, cast: Cast) -> None:
        sold_on(cast, AUGUST)
        before = [each.number for each, _ in shops_of_month(AUGUST)]
        with on(SEPTEMBER):
            person(cast)
        assert [(each.number, each.tax_number) for each, _ in shops_of_month(AUGUST)] == [(before[0], NIK)]


class TestChecked:
    def test_a_partner_s_clock_leaves_no_difference(self, cast: Cast) -> None:
        noon = at(AUGUST, 12, 0)
        with clock.stopped_at(noon):
            letter = stated(cast)
            assert told(asked_to_pay(cast, 50_000), noon + timedelta(minutes=4)).pph22_bp == 50
        with clock.stopped_at(noon + timedelta(minutes=2)):
            accept_letter(cast.operator, letter.id)

    def test_nor_does_a_step_that_is_set_just_before_midnight(self, cast: Cast) -> None:
        day = AUGUST + timedelta(days=4)
        with clock.stopped_at(at(day, 23, 57)):
            order = told(asked_to_pay(cast, 50_000), at(day, 23, 57) + timedelta(minutes=4))
        with clock.stopped_at(at(day, 23, 58)):
            set_pph22(cast.operator, begins_on=day + timedelta(days=1), is_on=False, words=DECREE)
        assert order.pph22_bp == 50

    @pytest.mark.unsound_books
    def test_what_is_kept_for_another_shop_is_noticed(self, cast: Cast) -> None:
        other = second_shop(cast, cast.stranger)
        kept = _withheld_once(cast)
        for shop_id, sign in ((cast.shop.id, -1), (other.shop.id, 1)):
            Withholding.objects.create(
                order_id=kept.order_id,
                shop_id=shop_id,
                base_idr=sign * kept.base_idr,
                tax_idr=sign * kept.tax_idr,
                withheld_at=kept.withheld_at,
            )
        assert any("withholdings" in each for each in broken_rules())

    @pytest.mark.unsound_books
    def test_and_for_another_month(self, cast: Cast) -> None:
        kept = _withheld_once(cast)
        for sign, ago in ((-1, timedelta()), (1, timedelta(days=90))):
            Withholding.objects.create(
                order_id=kept.order_id,
                shop_id=kept.shop_id,
                base_idr=sign * kept.base_idr,
                tax_idr=sign * kept.tax_idr,
                withheld_at=kept.withheld_at - ago,
            )
        assert any("withholdings" in each for each in broken_rules())


def _withheld_once(cast: Cast) -> Withholding:
    sold_on(cast, AUGUST)
    return Withholding.objects.get()


class TestGoesBack:
    def test_under_the_name_under_which_it_was_withheld(self, cast: Cast) -> None:
        with on(AUGUST):
            person(cast)
        order = sold_on(cast, AUGUST)
        with on(SEPTEMBER):
            name_taxpayer(cast.seller, cast.shop.id, kind="company", name="PT Lain", number="0999999999999999")
            approve_return(cast.seller, asked_return(cast, order, goods_come_back=False).id)
        assert [(each.tax_number, each.tax_idr) for each, _ in shops_of_month(SEPTEMBER)] == [(NIK, -500)]

    def test_a_name_that_was_misspelt_is_right_on_the_slip(self, cast: Cast) -> None:
        for day, name in ((AUGUST, "Zekar Ayu"), (AUGUST + timedelta(days=1), "Sekar Ayu")):
            with on(day):
                name_taxpayer(cast.seller, cast.shop.id, kind="individual", name=name, number=NIK)
            sold_on(cast, day)
        assert [each.tax_name for each, _ in shops_of_month(AUGUST)] == ["Sekar Ayu"]


@pytest.mark.usefixtures("small_limit")
class TestToldLate:
    def test_of_before_the_letter_was_accepted(self, cast: Cast) -> None:
        with clock.stopped_at(at(AUGUST, 9, 0)):
            late = asked_to_pay(cast, 6_000_000)
            letter = stated(cast)
        with clock.stopped_at(at(AUGUST, 12, 0)):
            accept_letter(cast.operator, letter.id)
        with clock.stopped_at(at(SEPTEMBER, 0, 10)):
            assert told(asked_to_pay(cast, 50_000), clock.now()).pph22_bp == 0
        with clock.stopped_at(at(SEPTEMBER, 0, 40)):
            told(late, at(AUGUST, 10, 0))
        assert sold_on(cast, date(2026, 9, 10)).pph22_bp == 50

    def test_out_of_order_leaves_the_books_sound(self, cast: Cast) -> None:
        """What was paid before anybody knew stays, also what was paid after the payment that counted, and told before it."""
        accepted(cast)
        with clock.stopped_at(at(date(2026, 8, 31), 23, 50)):
            late, early, later = (asked_to_pay(cast, idr) for idr in (6_000_000, 50_000, 50_000))
        with clock.stopped_at(at(SEPTEMBER, 9, 31)):
            assert told(later, at(SEPTEMBER, 9, 30)).pph22_bp == 0
        with clock.stopped_at(at(SEPTEMBER, 9, 40)):
            told(late, at(date(2026, 8, 31), 23, 55))
        with clock.stopped_at(at(SEPTEMBER, 9, 50)):
            assert told(early, at(SEPTEMBER, 9, 10)).pph22_bp == 0
        assert sold_on(cast, date(2026, 9, 10)).pph22_bp == 50


@pytest.mark.usefixtures("small_limit")
class TestWonNothing:
    def test_by_another_number_and_back(self, cast: Cast) -> None:
        letter = accepted(cast)
        with on(AUGUST):
            tell_crossing(cast.seller, letter.id)
        with on(date(2026, 9, 3)):
            name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Sekar Ayu", number=ANOTHER)
            name_taxpayer(cast.seller, cast.shop.id, kind="individual", name="Sekar Ayu", number=NIK)
            accept_letter(cast.operator, stated(cast).id)
        assert sold_on(cast, date(2026, 9, 4)).pph22_bp == 50

    def test_nor_lost_by_a_shop_that_was_sold_to_another(self, cast: Cast) -> None:
        accepted(cast)
        sold = second_shop(cast, cast.stranger)
        with on(AUGUST):
            name_taxpayer(cast.stranger, sold.shop.id, kind="individual", name="Sekar Ayu", number=NIK)
            accept_letter(cast.operator, stated(sold).id)
            name_taxpayer(cast.stranger, sold.shop.id, kind="company", name="PT Lain", number="0999999999999999")
        sold_on(sold, date(2026, 8, 5), 6_000_000)
        assert sold_on(cast, SEPTEMBER).pph22_bp == 0
