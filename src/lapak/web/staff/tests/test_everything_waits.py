"""Something of every kind waits: it is counted on the first page, stands on its desk, and each case opens."""

import re

import pytest
from django.test import Client

from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.waiting import everything_waits

CASE = re.compile(r'href="(/staff/(?:return-desk|money-desk/dispute|affiliates/commission|payments)/[^"]+)"')


@pytest.mark.unsound_books  # a difference to a statement is one of the books' checks
def test_everything_that_waits_is_on_a_desk_and_opens(operator: Client, cast: Cast) -> None:
    everything_waits(cast, stocked_variant(cast.shop, on_hand=20))
    first = operator.get("/staff/").text
    assert "Decide the returns that wait for you" in first
    assert "Look at the money that nobody can explain" in first
    assert "Decide the reviews that are reported" in first
    assert "Nothing is reported" not in operator.get("/staff/review-desk").text
    desks = {desk: operator.get(f"/staff/{desk}").text for desk in ("money-desk", "return-desk", "payout-desk")}
    for empty in (
        "Every payment came as it was asked",
        "None is under review",
        "Nothing is stuck",
        "Every refund is with its buyer",
        "They agree.",
    ):
        assert empty not in desks["money-desk"]
    assert "Every parcel has arrived" not in desks["return-desk"]
    assert "Rp" in desks["payout-desk"].split("On their way")[0]  # what came back is owed again
    cases = {address for desk in desks.values() for address in CASE.findall(desk)}
    assert len(cases) >= 8
    pages = {address: operator.get(address) for address in cases}
    assert {address for address, page in pages.items() if page.status_code != 200} == set()
    returned = next(
        page.text for address, page in pages.items() if re.fullmatch(r"/staff/return-desk/[0-9a-f-]{36}", address)
    )
    assert returned.count("<figcaption>") == 2
