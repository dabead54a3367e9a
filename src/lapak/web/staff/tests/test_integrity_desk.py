"""The operator decides what rules hold, and two of them close an account."""

import pytest
from django.test import Client

from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.integrity.rules import FindingState
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.findings import finding_in
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding(cast: Cast) -> Finding:
    return finding_in(cast.creator)


def test_the_queue_and_the_case(operator: Client, finding: Finding) -> None:
    case = f"/staff/integrity-desk/{finding.id}"
    assert case in operator.get("/staff/integrity-desk").text
    assert "Of 38 orders" in operator.get(case).text
    press(operator, f"{case}/decide", {"decision": "lift", "words": "A live show."})
    finding.refresh_from_db()
    assert finding.state == "lifted"
    assert case not in operator.get("/staff/integrity-desk").text


def test_an_objection_is_not_for_whoever_decided(operator: Client, cast: Cast) -> None:
    finding = finding_in(cast.creator, FindingState.APPEALED)
    case = f"/staff/integrity-desk/{finding.id}"
    assert "decide" in operator.get(case).text
    Finding.objects.filter(id=finding.id).update(upheld_by=cast.operator)
    page = operator.get(case).text
    assert "another operator decides it" in page
    assert f"{case}/decide" not in page


def test_two_people_close_an_account_and_one_opens_it(operator: Client, client: Client, cast: Cast) -> None:
    finding = finding_in(cast.creator, FindingState.FINAL)
    proposal = {"words": "Three accounts.", "closes_on": clock.today().isoformat()}
    operator.post(f"/staff/integrity-desk/{finding.id}/propose", proposal)
    closing = Closing.objects.get()
    account = f"/staff/integrity-desk/accounts/{closing.id}"
    assert account in operator.get("/staff/integrity-desk").text
    press(operator, f"{account}/answer", {"decision": "agree", "words": ""})
    closing.refresh_from_db()
    assert closing.state == "proposed"  # the same person
    client.force_login(User.objects.create_superuser("second@example.com", name="Second"))
    press(client, f"{account}/answer", {"decision": "agree", "words": ""})
    cast.creator.refresh_from_db()
    assert cast.creator.closed_from is not None
    client.post(f"{account}/reopen", {"words": "They may try again."})
    cast.creator.refresh_from_db()
    assert cast.creator.closed_from is None


@pytest.mark.parametrize("act", ["decide", "propose"])
def test_nobody_else(client: Client, cast: Cast, finding: Finding, act: str) -> None:
    client.force_login(cast.creator_user)
    address, before = f"/staff/integrity-desk/{finding.id}", rows_everywhere()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/{act}", {"words": "No.", "decision": "lift"}).status_code == 404
    assert rows_everywhere() == before
