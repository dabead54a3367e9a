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


def test_a_page_is_hidden_and_shown_again(operator: Client, cast: Cast) -> None:
    typed = {"handle": f"@{cast.creator.handle}", "part": "page", "ground": "misleading", "words": "No such prices."}
    operator.post("/staff/integrity-desk/hide", typed)
    finding = Finding.objects.get()
    assert (finding.state, finding.ground) == ("upheld", "It deceives buyers")
    assert f"/staff/integrity-desk/{finding.id}" in operator.get("/staff/integrity-desk").text
    case = operator.get(f"/staff/integrity-desk/{finding.id}").text
    assert "Show it again" in case
    assert "Rp0" not in case
    operator.post(f"/staff/integrity-desk/{finding.id}/decide", {"decision": "lift", "words": "They are there now."})
    finding.refresh_from_db()
    assert finding.state == "lifted"


def test_who_is_not_there_is_hidden_by_nobody(operator: Client, cast: Cast) -> None:
    typed = {"handle": "nobody-here", "part": "page", "ground": "misleading", "words": "No such prices."}
    assert operator.post("/staff/integrity-desk/hide", typed).status_code == 200
    assert not Finding.objects.exists()
