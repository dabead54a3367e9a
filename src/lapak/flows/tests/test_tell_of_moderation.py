"""Who is told what of what was reported."""

from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.tests.told import facts_of, notice_of
from lapak.lib import clock
from lapak.moderation.appealing import appeal_case
from lapak.moderation.deciding import dismiss_case, lift_case
from lapak.moderation.reporting import report_page
from lapak.people.notices.words import words_of
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.moderation import goods_taken_down, reported_goods, shop_suspended

pytestmark = pytest.mark.django_db


def test_a_shop_hears_of_it_when_it_is_decided(cast: Cast) -> None:
    product = stocked_variant(cast.shop).product
    reported_goods(cast, product)
    assert facts_of(cast.seller) == []
    assert words_of(notice_of(cast.operator, "case_moderation")).path.startswith("/staff/moderation-desk/")
    report_page(cast.buyer, "product", product.id, reason="dangerous")
    assert facts_of(cast.operator).count("case_moderation") == 1, "once a case"


def test_of_what_is_taken_down_the_owner_hears_until_when_to_object(cast: Cast) -> None:
    case = goods_taken_down(cast)
    told = words_of(notice_of(cast.seller, "goods_taken_down"))
    assert told.path == f"/sell/{cast.shop.slug}/decisions/{case.id}"
    assert told.until
    assert facts_of(cast.stranger) == ["page_report_heeded"]
    appeal_case(cast.seller, case.id, "We have a licence.")
    assert facts_of(cast.operator)[-1] == "case_moderation_objection"
    lift_case(cast.operator, case.id, "It is real.")
    assert facts_of(cast.seller) == ["goods_taken_down", "goods_allowed_again"]


def test_of_what_stays_its_reporter_hears_and_nobody_else(cast: Cast) -> None:
    dismiss_case(cast.operator, reported_goods(cast).id, "Nothing.")
    assert facts_of(cast.stranger) == ["page_report_dismissed"]
    assert words_of(notice_of(cast.stranger, "page_report_dismissed")).path == "/account/reports"
    assert facts_of(cast.seller) == []


def test_a_suspension_is_told_at_both_ends(cast: Cast) -> None:
    shop_suspended(cast, days=2)
    facts_of(cast.seller)
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        run_due_clocks()
    assert facts_of(cast.seller) == ["shop_suspended", "shop_sells_again"]
