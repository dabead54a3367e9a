"""Reading what a browser sends to `/checkout`: the honest form whole, anything else refused and never a fault."""

import contextlib
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.trade.orders.asked import AskedLine, AskedOrder, AskedPurchase
from lapak.trade.orders.carts import Wish
from lapak.trade.orders.errors import AddressMissing, PurchaseMalformed, PurchaseRefused, TotalChanged
from lapak.web.shop.checkout_form import Fields, read_draft, read_purchase

KEY, ADDRESS, SHIRT, COFFEE, BATIK, KOPI = (uuid.UUID(int=n) for n in range(1, 7))


def form(**changes: Any) -> dict[str, list[str]]:
    """A shirt from one shop and two coffees from another, as the page sends them; a change of None leaves a field out."""
    fields: dict[str, list[str] | None] = {
        "key": [str(KEY)],
        "address": [str(ADDRESS)],
        "line": [f"{SHIRT}:1:100000:{BATIK}", f"{COFFEE}:2:45000:{KOPI}"],
        f"service.{BATIK}": ["jne-reg:15000"],
        f"service.{KOPI}": ["jnt-ez:14000"],
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_an_honest_form() -> None:
    assert read_purchase(form()) == AskedPurchase(
        idempotency_key=KEY,
        address_id=ADDRESS,
        orders=(
            AskedOrder(BATIK, "jne-reg", 15_000, (AskedLine(SHIRT, 1, 100_000),)),
            AskedOrder(KOPI, "jnt-ez", 14_000, (AskedLine(COFFEE, 2, 45_000),)),
        ),
    )


def test_a_changed_quantity_outweighs_the_line() -> None:
    asked = read_purchase(form(**{f"quantity.{COFFEE}": ["5"], f"quantity.{SHIRT}": ["0"]}))
    assert [(line.variant_id, line.quantity) for line in asked.lines] == [(COFFEE, 5)]


@pytest.mark.parametrize(
    "changes",
    [
        {"key": None},
        {"key": ["me"]},
        {"address": ["home"]},
        {"line": ["shirt"]},
        {"line": [f"{SHIRT}:1:100000"]},
        {"line": [f"{SHIRT}:1:100000:{BATIK}:more"]},
        {"line": [f"{SHIRT}:-1:100000:{BATIK}"]},
        {"line": [f"{SHIRT}:0:100000:{BATIK}"]},
        {"line": [f"{SHIRT}:1.5:100000:{BATIK}"]},
        {"line": [f"{SHIRT}:٣:100000:{BATIK}"]},
        {"line": [f"{SHIRT}:1:{'9' * 5000}:{BATIK}"]},
        {"line": [f"{SHIRT}:1:100000:shop"]},
        {f"service.{BATIK}": None},
        {f"service.{BATIK}": ["jne-reg"]},
        {f"service.{BATIK}": ["jne-reg:free"]},
        {f"service.{BATIK}": ["jne\x00reg:15000"]},
        {f"service.{BATIK}": ["jne-reg:-15000"]},
        {f"quantity.{SHIRT}": ["many"]},
        {"total": ["much"]},
    ],
)
def test_no_honest_page_sends_this(changes: dict[str, list[str] | None]) -> None:
    with pytest.raises(PurchaseMalformed):
        read_purchase(form(**changes))


@pytest.mark.parametrize("address", [None, [""]])
def test_without_an_address(address: list[str] | None) -> None:
    with pytest.raises(AddressMissing):
        read_purchase(form(address=address))


def test_another_sum_than_was_shown() -> None:
    shown = 100_000 + 2 * 45_000 + 15_000 + 14_000
    assert read_purchase(form(total=[str(shown)])) == read_purchase(form())
    for changed in ({f"service.{BATIK}": ["jnt-ez:14000"]}, {f"quantity.{SHIRT}": ["2"]}):
        with pytest.raises(TotalChanged):
            read_purchase(form(total=[str(shown)], **changed))


def test_how_it_is_paid() -> None:
    assert [read_purchase(form(method=method)).method for method in (None, [""], ["cod"])] == ["qris", "qris", "cod"]


def test_no_lines_are_no_purchase() -> None:
    assert not read_purchase(form(line=None)).is_well_formed


def test_a_draft_need_not_be_complete() -> None:
    draft = read_draft(form(address=None, **{f"service.{BATIK}": None, f"quantity.{SHIRT}": ["3"]}))
    assert (draft.key, draft.address_id) == (KEY, None)
    assert draft.wishes == {SHIRT: Wish(3, 100_000), COFFEE: Wish(2, 45_000)}
    assert draft.service_codes == {KOPI: "jnt-ez"}


_texts = st.lists(st.text(max_size=60) | st.sampled_from([str(KEY), f"{SHIRT}:1:1:{BATIK}", "jne-reg:1"]), max_size=3)
_names = st.sampled_from(["key", "address", "line", f"service.{BATIK}", f"quantity.{SHIRT}", "csrfmiddlewaretoken"])


@given(st.dictionaries(_names, _texts))
def test_whatever_comes_is_read_or_refused(fields: Fields) -> None:
    for read in (read_purchase, read_draft):
        with contextlib.suppress(PurchaseRefused):
            read(fields)
