"""Complaints as whoever makes them sees them."""

import pytest
from django.test import Client

from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.complaints import WORDS, answered_by_shop, complaint_about, complaint_with_lapak
from lapak.testing.histories import delivered_order
from lapak.trade.complaints.commands import answer_complaint
from lapak.trade.complaints.models import Complaint

pytestmark = pytest.mark.django_db

OWN = "/account/complaints"
MINISTRY = "pengaduan.konsumen@kemendag.go.id"


def in_main(page: str) -> str:
    """Without the footer, which names the Ministry on every page."""
    return page.partition("<footer")[0]


def test_everybody_reads_the_terms_and_the_figures(visitor: Client, cast: Cast) -> None:
    page = visitor.get("/complaints")
    assert "public" in page["Cache-Control"]
    assert "Nobody has complained" in page.text
    assert MINISTRY in in_main(page.text)
    answer_complaint(cast.operator, complaint_with_lapak(cast).id, "We have changed it for you.")
    assert ">100%<" in visitor.get("/complaints").text


def test_a_visitor_signs_in_first(visitor: Client) -> None:
    assert visitor.get(f"{OWN}/new").url.startswith("/account/sign-in")  # type: ignore[attr-defined]


def test_from_the_order_to_its_end(buyer: Client, cast: Cast) -> None:
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    form = f"{OWN}/new?order={order.id}"
    assert form in buyer.get(f"/orders/{order.id}").text.replace("&amp;", "&")
    assert "A complaint stops no time limit" in buyer.get(form).text
    assert "A complaint stops no time limit" not in buyer.get(f"{OWN}/new").text
    made = buyer.post(form, {"topic": "goods", "words": WORDS})
    assert made.status_code == 303
    complaint = Complaint.objects.get(order=order, shop=cast.shop)
    page = buyer.get(made["Location"]).text
    assert WORDS in page
    assert complaint.number in page
    assert WORDS in buyer.get(OWN).text
    buyer.post(f"{OWN}/{complaint.id}/withdraw")
    assert Complaint.objects.get().state == "withdrawn"


def test_without_an_order_and_with_one_that_is_none(buyer: Client) -> None:
    for order in ("", "?order=nonsense"):
        assert buyer.post(f"{OWN}/new{order}", {"topic": "data", "words": WORDS}).status_code == 303
    assert Complaint.objects.filter(state="with_lapak", order=None).count() == 2


def test_what_is_wrong_in_the_form_stands_there_with_what_was_typed(buyer: Client) -> None:
    page = buyer.post(f"{OWN}/new", {"topic": "", "words": "Torn."})
    assert page.status_code == 200
    assert "Torn." in page.text
    assert not Complaint.objects.exists()


def test_the_shops_answer_is_accepted_or_goes_to_lapak(buyer: Client, cast: Cast) -> None:
    good, bad = answered_by_shop(cast), answered_by_shop(cast)
    assert "We send you another one." in buyer.get(f"{OWN}/{good.id}").text
    buyer.post(f"{OWN}/{good.id}/accept")
    refused = buyer.post(f"{OWN}/{bad.id}/go-on", {"words": "No"})
    assert (refused.status_code, "No</textarea>" in refused.text) == (200, True)
    buyer.post(f"{OWN}/{bad.id}/go-on", {"words": "It is wrong again."})
    assert set(Complaint.objects.values_list("id", "state")) == {(good.id, "settled"), (bad.id, "with_lapak")}


def test_lapaks_answer_says_who_else_listens(buyer: Client, cast: Cast) -> None:
    complaint = complaint_with_lapak(cast)
    assert MINISTRY not in in_main(buyer.get(f"{OWN}/{complaint.id}").text)
    answer_complaint(cast.operator, complaint.id, "We have changed it for you.")
    page = in_main(buyer.get(f"{OWN}/{complaint.id}").text)
    assert "We have changed it for you." in page
    assert MINISTRY in page


def test_another_persons_is_not_there(client: Client, cast: Cast) -> None:
    complaint = complaint_about(cast)
    client.force_login(cast.stranger)
    assert client.get(f"{OWN}/{complaint.id}").status_code == 404
    assert client.post(f"{OWN}/{complaint.id}/withdraw").status_code == 404
    assert client.get(f"{OWN}/new?order={complaint.order_id}").status_code == 404
