"""What buyers say of goods, as everybody reads it, and as whoever received them writes it."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.goods.catalogue.commands import archive_product
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.histories import delivered_order
from lapak.testing.storage import own_review_storage, photo
from lapak.trade.orders.models import OrderLine
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import hide_answer, hide_review
from lapak.trade.reviews.models import Review, ReviewReport
from lapak.trade.reviews.writing import write_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return own_review_storage(monkeypatch, tmp_path)


@pytest.fixture
def line(cast: Cast, variant: Variant) -> OrderLine:
    return delivered_order(cast, (variant, 1)).lines.get()


@pytest.fixture
def buyer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.buyer)
    client.cookies["django_language"] = "en"
    return client


def test_written_on_its_page_and_read_on_the_products(buyer: Client, line: OrderLine) -> None:
    page = f"/reviews/{line.id}"
    assert page in buyer.get(f"/orders/{line.order_id}").text
    picture = SimpleUploadedFile("foto.jpg", photo(), "image/jpeg")
    answered = buyer.post(page, {"stars": "4", "words": "Soft <b>cloth</b>.", "pictures": [picture]})
    assert (answered.status_code, answered["Location"]) == (303, page)
    shown = Client().get(line.variant.product.path).text
    assert "Soft &lt;b&gt;cloth&lt;/b&gt;." in shown
    assert "★★★★☆" in shown, "told by shape as well as by colour"
    assert "B***r" in shown
    assert "Buyer" not in shown
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', shown, re.DOTALL)[0])
    assert data["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": "4.0", "reviewCount": 1, "bestRating": 5,
    }  # fmt: skip
    small = re.findall(r"/reviews/pictures/[0-9a-f-]+/small", shown)[0]
    assert Client().get(small)["Content-Type"] == "image/webp"


def test_without_a_review_no_stars_are_told(line: OrderLine) -> None:
    assert "aggregateRating" not in Client().get(line.variant.product.path).text


def test_whoever_is_content_is_not_asked_what_is_wrong(client: Client, cast: Cast, line: OrderLine) -> None:
    client.force_login(cast.buyer)
    asked = client.get(f"/reviews/{line.id}").text
    assert "Yang perlu diketahui orang lain" in asked
    assert "masalah" not in asked.partition("<main")[2].partition("</main")[0]


def test_what_is_refused_stands_in_its_form(buyer: Client, line: OrderLine) -> None:
    page = buyer.post(f"/reviews/{line.id}", {"words": "I think that it is soft."})
    assert page.status_code == 200
    assert "I think that it is soft." in page.text
    no_picture = SimpleUploadedFile("foto.jpg", b"no picture", "image/jpeg")
    assert buyer.post(f"/reviews/{line.id}", {"stars": "5", "pictures": [no_picture]}).status_code == 200
    assert not Review.objects.exists()


def test_changed_with_a_picture_less_and_deleted(buyer: Client, cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=4, words="Soft.", pictures=[photo(), photo(40, 40)])
    page = f"/reviews/{line.id}"
    assert "Soft." in buyer.get(f"{page}?change=1").text
    gone = review.pictures.all()[0]
    buyer.post(page, {"stars": "2", "words": "It tore.", "without": [str(gone.id)]})
    review.refresh_from_db()
    assert (review.stars, review.words, review.picture_count) == (2, "It tore.", 1)
    buyer.post(f"{page}/delete")
    assert not Review.objects.exists()


def test_what_was_changed_says_so(buyer: Client, cast: Cast, line: OrderLine) -> None:
    write_review(cast.buyer, line.id, stars=1, words="It tore.")
    shown = line.variant.product.path
    assert "(changed" not in Client().get(shown).text
    buyer.post(f"/reviews/{line.id}", {"stars": "5", "words": "It is whole."})
    page = Client()
    page.cookies["django_language"] = "en"
    assert "(changed" in page.get(shown).text


def test_after_its_days_nobody_is_promised_another(buyer: Client, cast: Cast, line: OrderLine) -> None:
    review, page = write_review(cast.buyer, line.id, stars=1), f"/reviews/{line.id}"
    assert "You may write another." in buyer.get(page).text
    with clock.stopped_at(review.changed_until + timedelta(days=1)):
        buyer.force_login(cast.buyer)
        assert "You cannot write another" in buyer.get(page).text
        buyer.post(f"{page}/delete")
        assert "You have reviewed these goods" in buyer.get(page).text
        assert page not in buyer.get(f"/orders/{line.order_id}").text


def test_a_stranger_finds_nothing(client: Client, cast: Cast, line: OrderLine) -> None:
    write_review(cast.buyer, line.id, stars=4)
    client.force_login(cast.stranger)
    assert client.get(f"/reviews/{line.id}").status_code == 404
    assert client.post(f"/reviews/{line.id}", {"stars": "1"}).status_code == 404
    assert client.post(f"/reviews/{line.id}/delete").status_code == 404
    assert Review.objects.get().stars == 4


def test_hidden_its_author_reads_why_and_nobody_else_reads_it(buyer: Client, cast: Cast, line: OrderLine) -> None:
    review = write_review(cast.buyer, line.id, stars=4, words="Soft.", pictures=[photo()])
    address = f"/reviews/pictures/{review.pictures.get().id}"
    assert Client().get(address).status_code == 200
    hide_review(cast.operator, review.id, "It names somebody.")
    assert "It names somebody." in buyer.get(f"/reviews/{line.id}").text
    assert buyer.get(address)["Cache-Control"] == "private, no-store"
    assert Client().get(address).status_code == 404
    product = line.variant.product
    for page in (product.path, f"{product.path}/reviews"):
        assert "Soft." not in Client().get(page).text


def test_the_shops_answer_stands_below(cast: Cast, line: OrderLine) -> None:
    answer_review(cast.seller, write_review(cast.buyer, line.id, stars=5).id, "Thank you, really.")
    assert "Thank you, really." in Client().get(line.variant.product.path).text


def test_all_of_them_by_stars_with_pictures_and_page_by_page(
    cast: Cast, line: OrderLine, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lapak.web.shop.reviews.ON_A_PAGE", 2)
    write_review(cast.buyer, line.id, stars=1, words="The first.", pictures=[photo()])
    for n in range(2):
        again = delivered_order(cast, (variant, 1)).lines.get()
        write_review(cast.buyer, again.id, stars=5, words=f"Number {n}.")
    page = f"{variant.product.path}/reviews"
    first = Client().get(page).text
    assert "The first." not in first
    assert "Number 1." in first
    (older,) = re.findall(r"\?older_than=[0-9a-f-]+", first)
    second = Client().get(page + older).text
    assert "The first." in second
    assert "Number" not in second
    for asked in ("?stars=1", "?pictures=1"):
        assert "The first." in (chosen := Client().get(page + asked).text)
        assert "Number" not in chosen
    assert Client().get(f"{page}?stars=9&older_than=x").status_code == 200


def test_what_is_off_sale_is_still_read_of(cast: Cast, line: OrderLine) -> None:
    write_review(cast.buyer, line.id, stars=5, words="It was soft.")
    product = line.variant.product
    archive_product(cast.seller, product.id)
    gone = Client().get(product.path)
    assert gone.status_code == 404
    assert f"{product.path}/reviews" in gone.text
    assert "It was soft." in Client().get(f"{product.path}/reviews").text


def test_stars_stand_on_cards_and_on_the_shop(cast: Cast, line: OrderLine) -> None:
    client = Client()
    client.cookies["django_language"] = "id"
    write_review(cast.buyer, line.id, stars=4)
    shown = client.get(f"/s/{cast.shop.slug}").text
    assert shown.count(">4,0</span>") == 2


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    client.force_login(cast.stranger)
    client.cookies["django_language"] = "en"
    return client


def test_anyone_signed_in_reports_from_where_they_read(reader: Client, line: OrderLine, cast: Cast) -> None:
    review = write_review(cast.buyer, line.id, stars=1, words="Ask Tono.")
    page = f"/reviews/{review.id}/report"
    assert page in reader.get(f"{review.product.path}/reviews").text
    assert page in reader.get(review.product.path).text
    assert 'value="answer"' not in reader.get(page).text, "there is no answer to report"
    answered = reader.post(page, {"reason": "personal", "words": "That is me."})
    assert (answered.status_code, answered["Location"]) == (303, f"{review.product.path}/reviews")
    assert ReviewReport.objects.get().reason == "personal"
    assert "You have reported it" in reader.get(page).text


def test_who_reports_is_signed_in_and_says_why(reader: Client, line: OrderLine, cast: Cast) -> None:
    review = write_review(cast.buyer, line.id, stars=1)
    page = f"/reviews/{review.id}/report"
    assert Client().get(page)["Location"].endswith(f"next={page}")
    refused = reader.post(page, {"reason": "answer", "words": "So I say."})
    assert "So I say." in refused.text
    assert not ReviewReport.objects.exists()
    hide_review(cast.operator, review.id, "It names somebody.")
    assert reader.get(page).status_code == 404


def test_its_author_reports_the_answer_and_nobody_reads_it_once_hidden(
    buyer: Client, line: OrderLine, cast: Cast
) -> None:
    review = write_review(cast.buyer, line.id, stars=1)
    answer_review(cast.seller, review.id, "You cannot read.")
    page = f"/reviews/{review.id}/report"
    assert "your own words" in buyer.post(page, {"reason": "insult"}).text
    assert buyer.post(page, {"reason": "answer"}).status_code == 303
    hide_answer(cast.operator, review.id, "It insults.")
    assert "cannot read" not in buyer.get(f"{review.product.path}/reviews").text
    assert "cannot read" not in buyer.get(f"/reviews/{line.id}").text
