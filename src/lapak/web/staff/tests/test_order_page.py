"""What the operator reads of an order, in the order in which it is asked; and what an empty list and a row say."""

import html
import re

import pytest
from django.contrib import admin
from django.test import Client
from django.utils.html import strip_tags

from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.staff.inspection import Inspection


def read(operator: Client, order: Order) -> str:
    """The words of the main part, one space between each."""
    page = operator.get(f"/staff/orders/order/{order.id}/change/").text
    return re.sub(r"\s+", " ", strip_tags(page.partition("<main")[2]))


def test_state_money_and_people_come_first_then_the_story_and_last_what_programs_ask_for(
    operator: Client, settled: Order, cast: Cast
) -> None:
    page = read(operator, settled)
    asked = [
        f"{cast.shop.name} · {cast.buyer}", "Completed", "Rp115.000", "What happened", "Ordered", str(cast.buyer),
        "Arrived at the buyer", "Send to", "Its transfers", settled.purchase.number, "Every moment, term and id", str(settled.id),
    ]  # fmt: skip
    places = [page.find(words) for words in asked]
    assert -1 not in places
    assert page.find("Every moment") < page.find(str(settled.id))
    assert page.find("What happened") < page.find("Every moment")


def test_it_leads_to_the_payment_the_parcel_the_commission_and_the_books(operator: Client, settled: Order) -> None:
    page = operator.get(f"/staff/orders/order/{settled.id}/change/").text
    for table in ("payments/paymentintent", "shipping/parcel", "affiliates/commission", "orders/purchase"):
        assert f'href="/staff/{table}/' in page, table
    assert f'href="/staff/books/{settled.id}"' in page


def test_it_leads_to_its_returns(operator: Client, returned: Return) -> None:
    assert (
        f'href="/staff/return-desk/{returned.id}"'
        in operator.get(f"/staff/orders/order/{returned.order_id}/change/").text
    )


def test_the_id_of_a_row_stands_last() -> None:
    pages = [page for page in admin.site._registry.values() if isinstance(page, Inspection) and page.fields]
    led = {page.model.__name__: page.get_fields(None) for page in pages if "id" in page.fields}  # type: ignore[arg-type]
    assert len(led) > 5
    assert {name for name, fields in led.items() if fields[-1] != "id"} == set()


def test_no_row_explains_itself_to_those_who_write_code(operator: Client, settled: Order) -> None:
    assert "PP 80/2019 Art. 53" not in operator.get(f"/staff/orders/order/{settled.id}/change/").text


def test_its_contract_is_read_in_words(operator: Client, settled: Order) -> None:
    page = operator.get(f"/staff/orders/order/{settled.id}/change/").text
    assert "What is sold" in page
    assert settled.contract["payment"] in html.unescape(page)
    assert "choice_of_law" not in page


@pytest.mark.parametrize(
    ("query", "said", "unsaid"),
    [
        ("", "Nothing here yet.", "Nothing fits"),
        ("", "A payment that the buyer", "Nothing fits"),
        ("?q=nobody", "Nothing fits all you have chosen.", "Nothing here yet."),
    ],
)
def test_an_empty_list_speaks_of_filters_only_where_there_are_any(
    operator: Client, query: str, said: str, unsaid: str
) -> None:
    page = operator.get(f"/staff/payments/dispute/{query}").text
    assert said in page
    assert unsaid not in page


def test_a_list_of_one_page_has_nothing_to_turn(operator: Client, settled: Order) -> None:
    assert ">\n        Next" not in operator.get("/staff/orders/order/").text


def test_there_is_one_way_to_another_password(operator: Client) -> None:
    assert operator.get("/staff/password_change/").headers["Location"] == "/account/password"
