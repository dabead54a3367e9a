"""The operator switches PPh 22, looks at letters, gives it back, and has the month's file."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.flows.clocks import run_due_clocks
from lapak.flows.withheld_back import refund_pph22
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.taxes.models import Letter, Pph22Step
from lapak.people.audit.models import Change
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.testing.taxes import DECREE, PDF, letter_to_look_at, on, person, set_from, sold_on, withheld_yesterday

pytestmark = pytest.mark.django_db
DESK = "/staff/tax-desk"


def test_it_is_set_for_a_day_to_come(operator: Client, cast: Cast) -> None:
    assert "Nothing is set" in operator.get(DESK).text
    tomorrow = clock.today() + timedelta(days=1)
    press(operator, f"{DESK}/switch", {"begins_on": tomorrow, "words": DECREE, "is_on": "begins"})
    assert Pph22Step.objects.get().begins_on == tomorrow
    assert DECREE in operator.get(DESK).text


def test_a_day_that_is_past_is_refused_beside_its_field(operator: Client, cast: Cast) -> None:
    shown = operator.post(f"{DESK}/switch", {"begins_on": clock.today(), "words": DECREE, "is_on": "begins"}).text
    assert "It begins tomorrow at the earliest" in shown
    assert not Pph22Step.objects.exists()


def test_a_letter_waits_and_is_accepted(operator: Client, cast: Cast) -> None:
    letter = letter_to_look_at(cast)
    assert cast.shop.name in operator.get(DESK).text
    assert b"".join(operator.get(f"{DESK}/letters/{letter.id}/file")) == PDF
    read = Change.objects.get(field="tax_letter_read")
    assert (read.by_id, read.new) == (cast.operator.id, f"statement {letter.first_day}")
    operator.post(f"{DESK}/letters/{letter.id}/decide", {"decision": "accept"})
    assert Letter.objects.get().state == "accepted"
    assert "No letter waits for you." in operator.get(DESK).text


def test_the_file_of_a_month_sums_to_what_stands_in_the_books(operator: Client, cast: Cast) -> None:
    person(cast)
    first = clock.today().replace(day=1) - timedelta(days=40)
    set_from(cast, first, is_on=True)
    sold_on(cast, first)
    sold_on(cast, first + timedelta(days=1), 33_333)
    withheld_idr = balance_idr(AccountKey(AccountKind.TAX_PPH22, PLATFORM))
    address = f"/staff/tax-desk/pph22-{first.year}-{first.month}.csv"
    rows = b"".join(operator.get(address)).decode().splitlines()
    assert f"Sekar Ayu,3201 2345 6789 0001,Batik Sekar,133333,0.5%,{withheld_idr}" in rows[1]
    assert rows[-1].endswith(f"133333,0.5%,{withheld_idr}")


def test_what_is_given_back_stands_in_the_month_in_which_it_is(operator: Client, cast: Cast) -> None:
    order = withheld_yesterday(cast)
    day = clock.today() - timedelta(days=1)
    refund_pph22(cast.operator, first_day=day, last_day=day, words=DECREE)
    with on(clock.today() + timedelta(days=40)):
        run_due_clocks()
        later = clock.today()
        rows = b"".join(operator.get(f"/staff/tax-desk/pph22-{later.year}-{later.month}.csv")).decode()
    assert order.shop_id == cast.shop.id
    assert rows.splitlines()[-1].endswith("-100000,0.5%,-500")
