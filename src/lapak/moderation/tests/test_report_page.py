"""Anybody reports a page: reports of the same are one case, and nobody buries what others report."""

import uuid

import pytest
from django.core import mail

from lapak.affiliates.integrity.signs import Ground
from lapak.goods.catalogue.commands import add_picture, archive_product, remove_picture
from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.tests.conftest import picture as a_picture
from lapak.lib.private import private_storage
from lapak.moderation.deciding import dismiss_case, hide_reported_page
from lapak.moderation.errors import (
    CasePicturesRefused,
    CaseReasonRefused,
    CaseWordsRefused,
    NothingToReport,
    OwnPage,
    PageReportedAlready,
    PageReportsUsedUp,
)
from lapak.moderation.models import Case, CaseReport
from lapak.moderation.queries import has_reported_page
from lapak.moderation.reporting import report_page, report_page_as_visitor
from lapak.moderation.rules import REPORTS_A_DAY_OF_MAILBOX
from lapak.people.notices.models import Mail
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.moderation import WORDS, reported_creator, reported_goods
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def by_mail(kind: str, id_: uuid.UUID, email: str = "visitor@example.com", language: str = "en") -> None:
    report_page_as_visitor(kind, id_, email=email, reason="dangerous", words="", language=language)


def test_reports_of_one_thing_are_one_case_that_keeps_how_it_looked(cast: Cast, product: Product) -> None:
    case = reported_goods(cast, product)
    Product.objects.update(title="Quite another thing")
    report_page(cast.buyer, "product", product.id, reason="prohibited")
    by_mail("product", product.id)
    assert Case.objects.count() == 1
    assert case.reports.count() == 3
    case.refresh_from_db()
    assert (case.title, case.shop) == (product.title, cast.shop)
    assert has_reported_page(cast.buyer, "product", product.id)
    assert not has_reported_page(cast.buyer, "shop", cast.shop.id), "goods are not their shop"


def test_a_shop_its_goods_and_a_creator_are_cases_of_their_own(cast: Cast, product: Product) -> None:
    reported_goods(cast, product)
    report_page(cast.buyer, "shop", cast.shop.id, reason="misleading")
    reported_creator(cast)
    assert Case.objects.count() == 3
    assert has_reported_page(cast.buyer, "shop", cast.shop.id)
    assert has_reported_page(cast.stranger, "creator", cast.creator.id)


def test_what_was_decided_is_reported_anew(cast: Cast, product: Product) -> None:
    dismiss_case(cast.operator, reported_goods(cast, product).id, "Nothing.")
    assert not has_reported_page(cast.stranger, "product", product.id)
    assert reported_goods(cast, product).state == "open"
    assert Case.objects.count() == 2


def test_a_report_has_a_reason_and_something_else_has_words(cast: Cast, product: Product) -> None:
    with refused(CaseReasonRefused):
        report_page(cast.buyer, "product", product.id, reason="ugly")
    with refused(CaseWordsRefused):
        report_page(cast.buyer, "product", product.id, reason="other", words="  ")
    with refused(CaseWordsRefused):
        report_page(cast.buyer, "product", product.id, reason="dangerous", words="x" * 1_001)


def test_nobody_reports_what_nobody_sees(cast: Cast, product: Product) -> None:
    archive_product(cast.seller, product.id)
    hide_reported_page(cast.operator, reported_creator(cast).id, ground=Ground.MISLEADING, words="It deceives.")
    for kind, id_ in (("product", product.id), ("creator", cast.creator.id), ("shop", uuid.uuid4())):
        with refused(NothingToReport):
            report_page(cast.buyer, kind, id_, reason="dangerous")


def test_nobody_reports_their_own(cast: Cast, product: Product) -> None:
    with refused(OwnPage):
        report_page(cast.seller, "product", product.id, reason="dangerous")
    with refused(OwnPage):
        report_page(cast.creator_user, "creator", cast.creator.id, reason="dangerous")


def test_a_person_reports_once_and_so_often_a_day(
    cast: Cast, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported_goods(cast, product)
    with refused(PageReportedAlready):
        reported_goods(cast, product)
    monkeypatch.setattr("lapak.moderation.reporting.REPORTS_A_DAY", REPORTS_A_DAY_OF_MAILBOX)
    for _ in range(4):
        reported_goods(cast)
    another = stocked_variant(cast.shop).product
    with refused(PageReportsUsedUp):
        reported_goods(cast, another)


def test_a_mailbox_learns_nothing_and_fills_nothing(cast: Cast, product: Product) -> None:
    by_mail("product", product.id)
    by_mail("product", product.id, email=" Visitor@Example.com ")
    assert CaseReport.objects.count() == 1
    for _ in range(6):
        by_mail("product", stocked_variant(cast.shop).product.id)
    assert CaseReport.objects.count() == 5


def test_a_visitor_is_told_in_their_language_and_forgotten(cast: Cast, product: Product) -> None:
    by_mail("product", product.id, language="id")
    by_mail("product", product.id, email="other@example.com")
    dismiss_case(cast.operator, Case.objects.get().id, "Nothing.")
    letters = {letter.to: letter for letter in Mail.objects.all()}
    assert set(letters) == {"visitor@example.com", "other@example.com"}
    assert "Laporan Anda" in letters["visitor@example.com"].subject
    assert "it stays" in letters["other@example.com"].subject
    assert set(CaseReport.objects.values_list("email", flat=True)) == {""}
    assert mail.outbox == []


def test_a_report_shows_pictures(cast: Cast, product: Product) -> None:
    with refused(CasePicturesRefused):
        report_page(cast.buyer, "product", product.id, reason="dangerous", pictures=[a_picture()] * 4)
    with refused(ImageRefused, of_this_family=True):
        report_page(cast.buyer, "product", product.id, reason="dangerous", pictures=[a_picture(), b"no picture"])
    report = report_page(cast.buyer, "product", product.id, reason="dangerous", words=WORDS, pictures=[a_picture()])
    (picture,) = report.pictures.all()
    assert private_storage().exists(str(picture.file.name))


def test_how_it_looked_is_a_copy_of_its_own(cast: Cast, product: Product) -> None:
    """Whoever finds their photo among goods, and the shop that takes it away, have it gone from the public."""
    image = add_picture(cast.seller, product.id, a_picture()).image
    case = reported_goods(cast, product)
    (shown,) = case.pictures.all()
    assert shown.is_as_shown
    remove_picture(cast.seller, product.id, image.pk)
    image.delete()
    assert private_storage().exists(str(shown.file.name))
