"""What is withheld month by month, and the slips of the months that are over."""

from datetime import UTC, datetime

import pytest

from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.withholding.commands import give_back, issue_slips, name_for_tax, withhold
from lapak.affiliates.withholding.errors import SlipNotFound
from lapak.affiliates.withholding.models import Slip, TaxMonth
from lapak.affiliates.withholding.queries import slip_for_creator, slips_of_month
from lapak.flows.credit_creator import credit_creator
from lapak.flows.review_commission import freeze_commission
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.refusal import Refusal
from lapak.money.taxes.errors import TaxNameMissing, TaxNumberInvalid
from lapak.people.audit.models import Change
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]  # some earn here without an order

JANUARY, FEBRUARY, MARCH = (datetime(2026, month, 15, tzinfo=UTC) for month in (1, 2, 3))


@act
def earn(creator: Creator, amount_idr: int, at: datetime) -> int:
    [tax_idr] = withhold(creator.id, creator.tax_status, [amount_idr], at)
    return tax_idr


@act
def lose(creator: Creator, amount_idr: int, at: datetime) -> int:
    return give_back(creator.id, creator.tax_status, amount_idr, at)


@pytest.fixture
def credited(cast: Cast, variant: Variant) -> Commission:
    """The worked example's commission: Rp10.000, of which Rp250 are withheld."""
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
    return Commission.objects.get(order_id=order.id)


def months() -> list[tuple[int, int, int]]:
    return [(each.month.month, each.gross_idr, each.tax_idr) for each in TaxMonth.objects.order_by("month")]


def test_an_individual_s_months_are_reckoned_anew_when_something_goes_back(cast: Cast) -> None:
    assert earn(cast.creator, 120_000_000, JANUARY) == 3_000_000
    assert earn(cast.creator, 20_000_000, FEBRUARY) == 1_500_000  # 15 % of half: the first bracket is full
    assert lose(cast.creator, 20_000_000, JANUARY) == 1_500_000
    assert months() == [(1, 100_000_000, 2_500_000), (2, 20_000_000, 500_000)]


def test_a_company_s_months_stand_for_themselves(cast: Cast) -> None:
    cast.creator.tax_status = Creator.TaxStatus.COMPANY
    assert earn(cast.creator, 10_025, JANUARY) == 201
    assert earn(cast.creator, 500_000_000, FEBRUARY) == 10_000_000
    assert lose(cast.creator, 10_025, JANUARY) == 201
    assert months() == [(1, 0, 0), (2, 500_000_000, 10_000_000)]


def test_a_month_has_its_slip_once_it_is_over(cast: Cast, credited: Commission) -> None:
    assert issue_slips() == 0
    with clock.stopped_at(datetime(2027, 1, 1, tzinfo=UTC)):
        assert issue_slips() == 1
        assert issue_slips() == 0
    month = TaxMonth.objects.get()
    assert [each.of for each in slips_of_month(month.month)] == [month]
    slip = slip_for_creator(cast.creator_user, month.id)
    assert (slip.revision, slip.gross_idr, slip.base_idr, slip.tax_idr, slip.tax_number) == (0, 10_000, 5_000, 250, "")
    for other in (cast.stranger, cast.seller, cast.operator):
        with refused(SlipNotFound):
            slip_for_creator(other, month.id)


def test_what_is_taken_back_later_corrects_the_slip_of_its_month(cast: Cast, credited: Commission) -> None:
    with clock.stopped_at(datetime(2027, 1, 1, tzinfo=UTC)):
        issue_slips()
        freeze_commission(cast.operator, credited.pk, "Looked at.")
        assert issue_slips() == 1
    assert list(Slip.objects.order_by("revision").values_list("revision", "gross_idr", "tax_idr")) == [
        (0, 10_000, 250),
        (1, 0, 0),
    ]


def test_what_went_back_before_its_month_was_over_has_no_slip(cast: Cast) -> None:
    earn(cast.creator, 10_000, JANUARY)
    lose(cast.creator, 10_000, JANUARY)
    assert issue_slips() == 0
    assert not TaxMonth.objects.filter(slip_due=True).exists()


def test_a_slip_without_a_number_is_issued_anew_when_it_is_told(cast: Cast) -> None:
    earn(cast.creator, 10_000, JANUARY)
    issue_slips()
    name_for_tax(cast.creator_user, " Edoh Saedah ", "3201.2345.6789.0123")
    assert issue_slips() == 1
    assert Slip.objects.order_by("revision").values_list("name", "tax_number")[1] == ("Edoh Saedah", "3201234567890123")
    name_for_tax(cast.creator_user, "Edoh Saedah", "3201234567890124")
    assert issue_slips() == 0, "one that had a number stands as it was"
    kept = Change.objects.filter(field="tax_number").order_by("id").values_list("old", "new")
    assert list(kept) == [("", "…0123"), ("…0123", "…0124")]


@pytest.mark.parametrize(
    ("name", "number", "refusal"),
    [
        ("Edoh", "320123456789012", TaxNumberInvalid),
        ("Edoh", "3201abc", TaxNumberInvalid),
        ("Edoh", "", TaxNumberInvalid),
        (" ", "3201234567890123", TaxNameMissing),
        ("E" * 101, "3201234567890123", TaxNameMissing),
    ],
)
def test_what_no_tax_office_knows_is_refused(cast: Cast, name: str, number: str, refusal: type[Refusal]) -> None:
    with refused(refusal):
        name_for_tax(cast.creator_user, name, number)


def test_a_company_s_former_number_gets_its_zero(cast: Cast) -> None:
    Creator.objects.update(tax_status="company")
    assert name_for_tax(cast.creator_user, "PT Edoh", "01.234.567.8-901.000").number == "0012345678901000"
