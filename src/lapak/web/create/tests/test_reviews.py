"""Reviews of the creator's account: what is shown, what is not, and how one objects."""

import pytest
from django.test import Client

from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.closings import agree_to_closing
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.rules import FindingState
from lapak.affiliates.models import Commission
from lapak.flows.tests.test_decide_finding import a_picture
from lapak.lib.ids import number_of
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.findings import closing_proposed, finding_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding(cast: Cast, pending: Commission) -> Finding:
    return finding_in(cast.creator, FindingState.UPHELD, [pending])


def test_without_any_the_page_says_how_it_would_be(creator: Client) -> None:
    assert "Nothing to see, and that is good" in creator.get("/create/reviews").text


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_rule_saw_and_what_it_holds(
    creator: Client, cast: Cast, pending: Commission, finding: Finding, language: str
) -> None:
    creator.cookies["django_language"] = language
    assert f"/create/reviews/{finding.id}" in creator.get("/create/reviews").text
    page = creator.get(f"/create/reviews/{finding.id}").text
    assert {"id": "Dari 38 pesanan", "en": "Of 38 orders"}[language] in page
    assert f"/create/commissions/{pending.pk}" in page
    for never in (cast.buyer.name, cast.buyer.email, number_of(pending.order_id), str(pending.order_id)):
        assert never not in page
    assert f"/create/reviews/{finding.id}" in creator.get(f"/create/commissions/{pending.pk}").text


def test_an_objection_is_written_once(creator: Client, finding: Finding) -> None:
    address = f"/create/reviews/{finding.id}"
    refused = creator.post(f"{address}/object", {"words": ""})
    assert refused.status_code == 200
    assert creator.post(f"{address}/object", {"words": "It was a live show."})["Location"] == address
    finding.refresh_from_db()
    assert (finding.state, finding.appeal) == ("appealed", "It was a live show.")
    page = creator.get(address).text
    assert "It was a live show." in page
    assert "/object" not in page


def test_another_creators_is_not_found(client: Client, cast: Cast, finding: Finding) -> None:
    client.force_login(cast.stranger)
    client.post("/create/join", {"handle": "kang-ujang", "tax_status": "individual"})
    before = rows_everywhere()
    assert client.get(f"/create/reviews/{finding.id}").status_code == 404
    assert client.post(f"/create/reviews/{finding.id}/object", {"words": "Mine."}).status_code == 404
    assert rows_everywhere() == before


def test_a_picture_of_an_objection_is_for_the_creator_and_the_operator(
    creator: Client, client: Client, cast: Cast, finding: Finding
) -> None:
    appeal_finding(cast.creator_user, finding.id, "It was a live show.", [a_picture()])
    picture = finding.pictures.get()
    door = f"/appeals/{finding.id}/pictures/{picture.id}"
    assert door in creator.get(f"/create/reviews/{finding.id}").text
    for reader, status in (
        (cast.creator_user, 200), (cast.operator, 200), (cast.seller, 404), (cast.buyer, 404), (cast.stranger, 404),
    ):  # fmt: skip
        client.force_login(reader)
        answer = client.get(door)
        assert answer.status_code == status
        if status == 200:
            assert answer.getvalue()[8:12] == b"WEBP"
            assert answer["Cache-Control"] == "private, no-store"
    another = finding_in(cast.creator, FindingState.FINAL)
    client.force_login(cast.creator_user)
    assert client.get(f"/appeals/{another.id}/pictures/{picture.id}").status_code == 404
    client.logout()
    assert client.get(door).status_code == 302


def test_a_closing_says_why_from_when_and_what_stays(creator: Client, cast: Cast) -> None:
    closing = closing_proposed(cast.creator)
    assert "A second person decides by" in creator.get("/create/reviews").text
    agree_to_closing(cast.operator, closing.id)
    page = creator.get("/create/reviews").text
    assert "Three accounts, one phone." in page
    assert "What you earned before stays yours" in page
    assert "Second" not in page
