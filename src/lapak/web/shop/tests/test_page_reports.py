"""Reporting a page: with one's account, or with a mailbox alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.goods.catalogue.tests.conftest import picture
from lapak.moderation.deciding import dismiss_case
from lapak.moderation.models import Case, CaseReport
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.moderation import WORDS, goods_taken_down, reported_goods, shop_suspended
from lapak.web.shop.page_reports import OF_AN_ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(client: Client, cast: Cast) -> Client:
    client.force_login(cast.stranger)
    return client


def test_every_page_leads_to_its_report(client: Client, cast: Cast) -> None:
    product = stocked_variant(cast.shop).product
    for page, address in (
        (product.path, f"/report/product/{product.id}"),
        (f"/s/{cast.shop.slug}", f"/report/shop/{cast.shop.id}"),
        (f"/@{cast.creator.handle}", f"/report/creator/{cast.creator.id}"),
    ):
        assert f'href="{address}"' in client.get(page).text
        assert "It misleads buyers" in client.get(address, headers={"accept-language": "en"}).text


def test_who_is_signed_in_reports_with_pictures_and_reads_what_came_of_it(stranger: Client, cast: Cast) -> None:
    product = stocked_variant(cast.shop).product
    address = f"/report/product/{product.id}"
    assert stranger.post(address, {"reason": "other"}).status_code == 200, "something else has words"
    files = [_file("a.jpg"), _file("b.jpg", "navy")]
    sent = stranger.post(address, {"reason": "counterfeit", "words": WORDS, "pictures": files})
    assert sent.headers["Location"] == product.path
    report = CaseReport.objects.get()
    assert (report.reporter, report.pictures.count()) == (cast.stranger, 2)
    picture_address = f"/cases/pictures/{report.pictures.earliest('id').id}"
    assert b"".join(stranger.get(picture_address)).startswith(b"RIFF")
    assert "<textarea" not in stranger.get(address).text, "it waits"
    dismiss_case(cast.operator, report.case_id, "Nothing.")
    assert product.title in stranger.get("/account/reports").text
    stranger.force_login(cast.buyer)
    assert stranger.get(picture_address).status_code == 404
    assert product.title not in stranger.get("/account/reports").text


def test_a_visitor_reads_the_same_whoever_reported_before(client: Client, cast: Cast) -> None:
    address = f"/report/shop/{cast.shop.id}"
    assert client.post(address, {"reason": "misleading"}).status_code == 200, "without a mailbox nobody is answered"
    for _twice in range(2):
        sent = client.post(address, {"reason": "misleading", "email": "visitor@example.com"})
        assert sent.headers["Location"] == f"/s/{cast.shop.slug}"
    report = CaseReport.objects.get()
    assert (report.email, report.language, report.case.shop) == ("visitor@example.com", "id", cast.shop)


def test_one_network_address_sends_only_so_much(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OF_AN_ADDRESS, "report_page", "1/h/ip")
    address, typed = f"/report/shop/{cast.shop.id}", {"reason": "misleading", "email": "visitor@example.com"}
    assert client.post(address, typed).status_code == 303
    assert client.post(address, typed | {"email": "another@example.com"}).status_code == 429
    assert client.get(address).status_code == 200


def test_nothing_is_reported_that_is_not_there(client: Client, cast: Cast) -> None:
    product = goods_taken_down(cast).product
    assert product
    assert client.get(product.path).status_code == 404
    assert product.title not in client.get(product.path).text
    assert client.get(f"/report/product/{product.id}").status_code == 404
    assert client.get(f"/report/nothing/{product.id}").status_code == 404
    assert Case.objects.count() == 1


def test_a_suspended_shop_is_shown_and_not_sold(client: Client, cast: Cast) -> None:
    product = stocked_variant(cast.shop).product
    shop_suspended(cast)
    for page in (product.path, f"/s/{cast.shop.slug}"):
        assert "This shop sells nothing until" in client.get(page, headers={"accept-language": "en"}).text


def test_figures_are_published(client: Client, cast: Cast) -> None:
    assert "Nobody has reported anything" in client.get("/complaints", headers={"accept-language": "en"}).text
    dismiss_case(cast.operator, reported_goods(cast).id, "Nothing.")
    assert "Objections that were right" in client.get("/complaints", headers={"accept-language": "en"}).text


def _file(name: str, colour: str = "maroon") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(colour=colour), "image/jpeg")
