"""The tax of a creator's year with its bracket, their slips, and what the tax office is told."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.withholding.commands import issue_slips
from lapak.affiliates.withholding.models import TaxIdentity, TaxMonth
from lapak.flows.credit_creator import credit_creator
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import delivered_order

NIK = "3201234567890123"


@pytest.fixture
def credited(cast: Cast, variant: Variant) -> TaxMonth:
    """The month of the worked example's commission: Rp10.000, of which Rp250 are withheld."""
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
    return TaxMonth.objects.get()


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_year_says_its_bracket_and_what_the_next_rupiah_costs(creator: Client, credited: TaxMonth) -> None:
    page = " ".join(creator.get("/create/tax").text.split())
    for words in (
        "Rp10.000",
        "Rp5.000",
        "Rp250",
        "Of your next rupiah",
        "2.5%",
        "is withheld",
        "Rp120.000.000",
        "You are here",
    ):
        assert words in page
    assert "its slip comes when the month is over" in page


def test_a_company_pays_the_same_of_each_rupiah(creator: Client, credited: TaxMonth) -> None:
    Creator.objects.update(tax_status="company")
    page = creator.get("/create/tax").text
    assert "A company pays 2%" in page
    assert "Brackets of the year" not in page


def test_a_slip_names_its_creator_and_is_nobody_else_s(
    client: Client, creator: Client, cast: Cast, credited: TaxMonth
) -> None:
    creator.post("/create/tax/identity", {"name": "Edoh Saedah", "number": NIK})
    path = f"/create/tax/{credited.id}.pdf"
    assert creator.get(path).status_code == 404, "the month is not over"
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        issue_slips()
    assert credited.number in creator.get(f"/create/tax?year={credited.month.year}").text
    answer = creator.get(path)
    assert answer["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    for expected in ("PPh 21", credited.number, "Edoh Saedah", NIK, "Rp10.000", "Rp5.000", "Rp250"):
        assert expected in words
    assert credited.number in words_of(creator.get(f"/create/tax/{credited.month.year}.pdf").content)
    assert creator.get("/create/tax/2019.pdf").status_code == 404
    Creator.objects.create(user=cast.stranger, handle="another", joined_at=clock.now())
    client.force_login(cast.stranger)
    assert client.get(path).status_code == 404


def test_what_is_no_number_is_said_at_the_field(creator: Client, cast: Cast) -> None:
    page = creator.post("/create/tax/identity", {"name": "Edoh", "number": "12"})
    assert "has 16 digits" in page.text
    assert 'value="12"' in page.text
    assert not TaxIdentity.objects.exists()


def test_the_operator_has_the_month_as_a_file(client: Client, cast: Cast, credited: TaxMonth) -> None:
    TaxIdentity.objects.create(creator=cast.creator, name="=Edoh", number=NIK, changed_at=clock.now())
    later = clock.now() + timedelta(days=32)
    with clock.stopped_at(later):
        issue_slips()
    client.force_login(cast.operator)
    path = f"/staff/house-desk/withheld-{credited.month:%Y-%m}.csv"
    answer = client.get(path)
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [
        credited.number, "0", "PPh 21", f"{credited.month:%Y-%m}", "'=Edoh", "3201 2345 6789 0123", "'@ceu-edoh", "10000", "5000",
        "250",
    ]  # fmt: skip
    assert client.get("/staff/house-desk/withheld-2026-13.csv").status_code == 404
    client.force_login(cast.creator_user)
    assert client.get(path).status_code in {302, 404}


def test_nothing_yet_says_what_will_come(creator: Client, cast: Cast) -> None:
    page = creator.get("/create/tax?year=nonsense").text
    assert "No tax yet" in page
    assert "Who are you for the tax office?" in page
    assert not Commission.objects.exists()
