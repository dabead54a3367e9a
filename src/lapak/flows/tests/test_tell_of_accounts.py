"""Who is told what of the reviews of a creator's account, and of its closing."""

from datetime import datetime, timedelta

import pytest

from lapak.affiliates.integrity import closings
from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.rules import FindingState
from lapak.affiliates.models import Commission
from lapak.flows.decide_finding import lift_finding, uphold_finding
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.flows.tests.told import facts_of, notice_of
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.users.models import User
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.findings import closing_proposed, finding_in
from lapak.testing.histories import paid_order

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def finding(cast: Cast, variant: Variant) -> Finding:
    paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    return finding_in(cast.creator, FindingState.OPEN, [Commission.objects.get()])


def told_soon(reader: User, ends: datetime | None) -> list[str]:
    """What the clock tells of it in the day before it ends, looked at twice."""
    assert ends
    for before in (25, 23, 22):
        with clock.stopped_at(ends - before * HOUR):
            tell_of_deadlines()
    soon = Notice.objects.filter(reader_id=reader.id, fact__contains="soon").order_by("id")
    return list(soon.values_list("fact", flat=True))


def test_each_step_to_the_creator_and_to_operators_what_waits_for_them(cast: Cast, finding: Finding) -> None:
    uphold_finding(cast.operator, finding.id, "Nobody was there.")
    appeal_finding(cast.creator_user, finding.id, "A live show.")
    second = User.objects.create_superuser("second@example.com", name="Second")
    lift_finding(second, finding.id, "So it was.")
    of_accounts = [fact for fact in facts_of(cast.creator_user) if fact.startswith("account_")]
    assert of_accounts == ["account_found", "account_upheld", "account_appealed", "account_lifted"]
    assert [fact for fact in facts_of(cast.operator) if fact in {"case_finding", "case_objection"}] == [
        "case_finding", "case_objection",
    ]  # fmt: skip


def test_it_says_how_much_and_leads_to_the_page(cast: Cast, finding: Finding) -> None:
    words = words_of(notice_of(cast.creator_user, "account_found"))
    assert "10" in words.says
    assert words.path == f"/create/reviews/{finding.id}"
    assert words_of(notice_of(cast.operator, "case_finding")).path == f"/staff/integrity-desk/{finding.id}"


def test_a_day_before_it_ends_operators_hear_of_what_they_have_not_decided(cast: Cast, finding: Finding) -> None:
    assert told_soon(cast.operator, finding.act_by) == ["case_finding_soon"]


def test_a_day_before_it_is_final_the_creator_hears_that_they_may_object(cast: Cast, finding: Finding) -> None:
    upheld = uphold_finding(cast.operator, finding.id, "Nobody was there.")
    assert told_soon(cast.creator_user, upheld.act_by) == ["account_objection_soon"]
    assert not Notice.objects.filter(reader_id=cast.operator.id, fact="case_finding_soon").exists()


def test_the_closing_of_an_account(cast: Cast) -> None:
    closing = closing_proposed(cast.creator)
    closings.agree_to_closing(cast.operator, closing.id)
    closings.reopen_creator(cast.operator, closing.id, "They may try again.")
    assert [fact for fact in facts_of(cast.creator_user) if "clos" in fact or "reopened" in fact] == [
        "account_closing_proposed", "account_closing_agreed", "account_reopened",
    ]  # fmt: skip
    path = words_of(notice_of(cast.operator, "case_account")).path
    assert path == f"/staff/integrity-desk/accounts/{closing.id}"


def test_one_that_is_off(cast: Cast) -> None:
    closings.decline_closing(cast.operator, closing_proposed(cast.creator).id, "Not for that.")
    assert facts_of(cast.creator_user)[-1] == "account_closing_declined"
