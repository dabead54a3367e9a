"""A review that a shop brought along is reported, hidden and shown again like one written here."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from lapak.flows.tests.told import facts_of, notice_of, tell_all
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.moving.models import Upload
from lapak.moving.past.hiding import dismiss_past_reports, hide_past_review, show_past_review
from lapak.moving.past.models import PastReview, PastReviewReport
from lapak.moving.past.queries import count_reported_past, past_reviews_of, reported_past_reviews
from lapak.moving.past.reporting import report_past_review
from lapak.moving.tests.left import moved_over
from lapak.moving.tests.reviews import SHOPEE, commented
from lapak.moving.tests.test_past_reviews import Reviewed
from lapak.moving.undo import undo_upload
from lapak.people.audit.models import Change
from lapak.people.notices.words import words_of
from lapak.testing.cast import Cast
from lapak.testing.past import past_review
from lapak.testing.refused import refused
from lapak.trade.reviews.errors import (
    ReportedAlready,
    ReportReasonRefused,
    ReportsUsedUp,
    ReviewMoved,
    ReviewNotFound,
    ReviewReasonMissing,
    ReviewWordsRefused,
)
from lapak.trade.reviews.rules import REPORTS_A_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirt(variant: Variant) -> Product:
    return variant.product


@pytest.fixture
def review(shirt: Product) -> PastReview:
    return past_review(shirt)


def counted(product: Product) -> dict[str, int]:
    product.refresh_from_db()
    return dict(product.reviewed_before)


def test_several_reports_are_one_case_and_hiding_decides_them(cast: Cast, review: PastReview, shirt: Product) -> None:
    assert counted(shirt) == {"Shopee": 1}
    report_past_review(cast.stranger, review.pk, "personal", "I am Tono.")
    report_past_review(cast.buyer, review.pk, "insult")
    assert [(each.pk, vars(each)["report_count"]) for each in reported_past_reviews()] == [(review.pk, 2)]
    hide_past_review(cast.operator, review.pk, "It names somebody.")
    assert {each.decision.new for each in PastReviewReport.objects.all() if each.decision} == {"It names somebody."}
    assert (count_reported_past(), counted(shirt), list(past_reviews_of(shirt.id))) == (0, {}, [])
    show_past_review(cast.operator, review.pk, "Tono agrees.")
    assert (counted(shirt), past_reviews_of(shirt.id).get()) == ({"Shopee": 1}, review)


def test_who_hears_of_it(cast: Cast, review: PastReview) -> None:
    report_past_review(cast.stranger, review.pk, "personal")
    report_past_review(cast.buyer, review.pk, "insult")
    assert facts_of(cast.operator).count("case_past_review") == 1
    case = f"/staff/review-desk/from-elsewhere/{review.pk}"
    assert words_of(notice_of(cast.operator, "case_past_review")).path == case
    hide_past_review(cast.operator, review.pk, "It names somebody.")
    assert facts_of(cast.stranger)[-1] == facts_of(cast.buyer)[-1] == "report_heeded"
    assert facts_of(cast.seller)[-1] == "shop_past_review_hidden"
    show_past_review(cast.operator, review.pk, "It does not.")
    assert facts_of(cast.seller)[-1] == "shop_past_review_shown"
    assert facts_of(cast.stranger).count("report_heeded") == 1


def test_left_as_it_is_those_who_reported_it_are_told(cast: Cast, review: PastReview) -> None:
    report_past_review(cast.stranger, review.pk, "insult")
    with refused(ReviewReasonMissing):
        dismiss_past_reports(cast.operator, review.pk, " ")
    dismiss_past_reports(cast.operator, review.pk, "That is an opinion.")
    assert (count_reported_past(), facts_of(cast.stranger)[-1]) == (0, "report_dismissed")
    with refused(ReviewMoved):
        dismiss_past_reports(cast.operator, review.pk, "Once more.")
    with refused(ReportedAlready):
        report_past_review(cast.stranger, review.pk, "insult")


def test_who_reported_it_is_known_to_the_operator_alone(cast: Cast, review: PastReview) -> None:
    report_past_review(cast.stranger, review.pk, "insult")
    dismiss_past_reports(cast.operator, review.pk, "That is an opinion.")
    assert not Change.objects.filter(kind="past_review", shop_id=cast.shop.id).exists()
    hide_past_review(cast.operator, review.pk, "It insults.")
    assert Change.objects.get(kind="past_review", shop_id=cast.shop.id).new == "It insults."


def test_with_one_of_the_reasons_and_as_many_a_day(cast: Cast, review: PastReview, shirt: Product) -> None:
    for reason in ("", "because", "answer"):
        with refused(ReportReasonRefused):
            report_past_review(cast.stranger, review.pk, reason)
    with refused(ReviewWordsRefused):
        report_past_review(cast.stranger, review.pk, "insult", "x" * 2_001)
    for number in range(REPORTS_A_DAY.on(clock.today())):
        report_past_review(cast.stranger, past_review(shirt, source_id=f"more-{number}").pk, "insult")
    with refused(ReportsUsedUp):
        report_past_review(cast.stranger, review.pk, "insult")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        report_past_review(cast.stranger, review.pk, "insult")


def test_what_nobody_is_shown_is_not_there(cast: Cast, review: PastReview, shirt: Product) -> None:
    hide_past_review(cast.operator, review.pk, "It names somebody.")
    with refused(ReviewMoved):
        hide_past_review(cast.operator, review.pk, "Once more.")
    waits = past_review(shirt, source_id="2")
    PastReview.objects.filter(pk=waits.pk).update(product=None)
    for unseen in (review.pk, waits.pk, 0):
        with refused(ReviewNotFound):
            report_past_review(cast.stranger, unseen, "insult")


@pytest.mark.parametrize("person", ["buyer", "seller", "stranger"])
def test_only_the_operator_decides(cast: Cast, review: PastReview, person: str) -> None:
    report_past_review(cast.stranger, review.pk, "insult")
    for decide in (hide_past_review, show_past_review, dismiss_past_reports):
        with refused(ReviewNotFound):
            decide(getattr(cast, person), review.pk, "I say so.")


def test_what_is_hidden_stays_so_however_it_is_loaded_again(cast: Cast, shirt: Product, tmp_path: Path) -> None:
    reviewed = Reviewed(cast, tmp_path)
    now = clock.now()
    upload = Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="id", file_names=[], given_at=now, touched_at=now, state="done"
    )
    reviewed.give(SHOPEE, commented(shirt.title), upload=upload)
    review = PastReview.objects.get()
    hide_past_review(cast.operator, review.pk, "It is made up.")
    reviewed.give(SHOPEE, commented(shirt.title, comment="Bagus sekali!!"))
    assert counted(shirt) == {}
    undo_upload(cast.seller, upload.id)
    reviewed.give(SHOPEE, commented(shirt.title))
    assert (PastReview.objects.get().is_hidden, counted(shirt)) == (True, {})


def test_the_shops_own_file_goes_without_it(cast: Cast, review: PastReview, tmp_path: Path) -> None:
    hide_past_review(cast.operator, review.pk, "It is made up.")
    other = moved_over(cast, "lapak", tmp_path)
    assert not PastReview.objects.filter(shop=other).exists()


def test_from_the_page_to_the_desk_and_back(client: Client, cast: Cast, review: PastReview, shirt: Product) -> None:
    operator = Client()
    operator.force_login(cast.operator)
    client.force_login(cast.stranger)
    client.cookies["django_language"] = "en"
    all_reviews = f"{shirt.path}/reviews?before=1"
    page = f"/reviews/from-elsewhere/{review.pk}/report"
    shown = client.get(all_reviews).text
    assert page in shown
    assert "Written by buyers who received the goods" not in shown
    assert page in client.get(shirt.path).text
    assert "So I say." in client.post(page, {"reason": "answer", "words": "So I say."}).text
    answered = client.post(page, {"reason": "personal", "words": "I am Tono."})
    assert (answered.status_code, answered["Location"]) == (303, all_reviews)
    again = client.get(page).text
    assert "You have reported it" in again
    assert "when it has changed" not in again
    case = f"/staff/review-desk/from-elsewhere/{review.pk}"
    assert case in operator.get("/staff/review-desk").text
    assert "I am Tono." in operator.get(case).text
    operator.post(f"{case}/hide", {"words": "It names somebody."})
    assert "It names somebody." in operator.get(case).text
    assert client.get(page).status_code == 404
    assert review.words not in client.get(all_reviews).text
    operator.post(f"{case}/show", {"words": "Tono agrees."})
    assert review.words in client.get(all_reviews).text


def test_of_goods_that_are_gone_nobody_is_told(cast: Cast, review: PastReview, shirt: Product) -> None:
    report_past_review(cast.stranger, review.pk, "insult")
    PastReview.objects.filter(pk=review.pk).update(product=None)
    hide_past_review(cast.operator, review.pk, "It insults.")
    tell_all()
    assert "case_past_review" not in facts_of(cast.operator)
