"""The operator hides a creator's page, or the picture above it: told, objected to once, decided by another, and shown again."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.errors import AnotherDecides, FindingMoved, FindingWordsRefused
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.signs import Ground
from lapak.affiliates.showcase.errors import HiddenAlready, NoCover
from lapak.affiliates.showcase.hiding import hide_cover, hide_page
from lapak.affiliates.showcase.models import Showcase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.decide_finding import lift_finding, uphold_finding
from lapak.flows.tests.told import facts_of
from lapak.goods.catalogue.models import StoredImage, Variant
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.testing.cast import Cast, link_to
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

WORDS = "On 26 November the page promised prices that no shop has."


@pytest.fixture
def page(cast: Cast, variant: Variant, client: Client) -> str:
    """The address of the creator's page, on which something stands."""
    link_to(cast, variant.product)
    address = f"/@{cast.creator.handle}"
    assert client.get(address).status_code == 200
    return address


@pytest.fixture
def hidden(cast: Cast, page: str) -> Finding:
    return hide_page(cast.operator, cast.creator.id, Ground.MISLEADING, WORDS)


def picture(number: int) -> StoredImage:
    name = f"{number:064}"
    return StoredImage.objects.create(
        sha256=name, file=f"images/{name}.webp", width_px=900, height_px=300, size_bytes=1
    )


def second() -> User:
    return User.objects.create_superuser("second@example.com", name="Second")


def later(days: int) -> None:
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        run_due_clocks()


def test_visitors_read_that_it_is_hidden_and_not_why(client: Client, page: str, hidden: Finding) -> None:
    client.cookies["django_language"] = "en"
    answer = client.get(page)
    assert (answer.status_code, "This page is not shown" in answer.text) == (404, True)
    assert WORDS not in answer.text


def test_its_creator_is_told_and_reads_ground_and_words(cast: Cast, client: Client, hidden: Finding) -> None:
    assert facts_of(cast.creator_user) == ["showcase_hidden"]
    client.force_login(cast.creator_user)
    client.cookies["django_language"] = "en"
    assert f"/create/reviews/{hidden.id}" in client.get("/create/showcase").text
    read = client.get(f"/create/reviews/{hidden.id}").text
    assert "It deceives buyers" in read
    assert WORDS in read
    assert "Rp0" not in read


def test_an_objection_is_decided_by_another_operator(cast: Cast, client: Client, page: str, hidden: Finding) -> None:
    appeal_finding(cast.creator_user, hidden.id, "The shop had them on that day.")
    with refused(AnotherDecides):
        lift_finding(cast.operator, hidden.id, "It had.")
    assert client.get(page).status_code == 404
    lift_finding(second(), hidden.id, "It had.")
    assert client.get(page).status_code == 200
    assert facts_of(cast.creator_user) == ["showcase_hidden", "showcase_appealed", "showcase_lifted"]
    assert facts_of(cast.operator) == ["case_showcase"]


def test_an_objection_that_convinces_nobody_ends_it(cast: Cast, client: Client, page: str, hidden: Finding) -> None:
    appeal_finding(cast.creator_user, hidden.id, "The shop had them on that day.")
    uphold_finding(second(), hidden.id, "It had not.")
    assert client.get(page).status_code == 404
    with refused(FindingMoved):
        appeal_finding(cast.creator_user, hidden.id, "Once more.")


def test_without_an_answer_it_is_shown_again(cast: Cast, client: Client, page: str, hidden: Finding) -> None:
    appeal_finding(cast.creator_user, hidden.id, "The shop had them on that day.")
    later(15)
    assert client.get(page).status_code == 200


def test_unopposed_it_stays_until_an_operator_shows_it_again(
    cast: Cast, client: Client, page: str, hidden: Finding
) -> None:
    later(15)
    hidden.refresh_from_db()
    assert (hidden.state, client.get(page).status_code) == ("final", 404)
    lift_finding(cast.operator, hidden.id, "The prices are right now.")
    assert client.get(page).status_code == 200


def test_a_picture_is_hidden_whenever_it_is_put_up_and_another_is_shown(cast: Cast, client: Client, page: str) -> None:
    bad, good = picture(1), picture(2)
    showcase = Showcase.objects.create(creator=cast.creator, cover=bad)
    assert bad.sha256 in client.get(page).text
    hide_cover(cast.operator, cast.creator.id, Ground.RIGHTS, "A brand's own picture.")
    shown = client.get(page)
    assert (shown.status_code, bad.sha256 in shown.text) == (200, False)
    for cover, is_shown in ((good, True), (bad, False)):
        showcase.cover = cover
        showcase.save()
        assert (cover.sha256 in client.get(page).text) is is_shown


def test_what_is_refused(cast: Cast, hidden: Finding) -> None:
    for by in (cast.stranger, cast.seller, cast.creator_user):
        with refused(CreatorNotFound):
            hide_page(by, cast.creator.id, Ground.MISLEADING, WORDS)
    with refused(HiddenAlready):
        hide_page(cast.operator, cast.creator.id, Ground.MISLEADING, WORDS)
    with refused(FindingWordsRefused):
        hide_page(cast.operator, cast.creator.id, Ground.MISLEADING, " ")
    with refused(NoCover):
        hide_cover(cast.operator, cast.creator.id, Ground.RIGHTS, WORDS)
