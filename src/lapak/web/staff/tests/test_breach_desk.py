"""Breaches at the operator's desk, and what the people and the public read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lapak.flows.tell_people.breaches import tell_people_of_breaches
from lapak.lib import clock
from lapak.people.privacy.models import Breach
from lapak.testing.breaches import HOW, MEASURES, WORDS, recorded_breach, told_breach
from lapak.testing.cast import Cast
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db

DESK = "/staff/breach-desk"


def typed(**changed: object) -> dict[str, object]:
    hour_ago = timezone.localtime(clock.now() - timedelta(hours=1), clock.WIB).strftime("%Y-%m-%dT%H:%M")
    said = {"known_at": hour_ago, "began_at": hour_ago, "kinds": ["names", "bank"], "how": HOW, "measures": MEASURES}
    return {**said, "whose": "everybody", **changed}


def test_the_whole_way_at_the_desk(operator: Client, cast: Cast) -> None:
    assert "No breach is open." in operator.get(DESK).text
    asked = operator.post(f"{DESK}/record", typed(is_for_the_public="on"))
    assert "Record a breach of the data of" in asked.text
    assert not Breach.objects.exists()
    press(operator, f"{DESK}/record", typed(is_for_the_public="on"))
    breach = Breach.objects.get()
    first = operator.get("/staff/").text
    assert first.index(breach.number) < first.index("To do first")
    assert "left." in first
    case = f"{DESK}/{breach.id}"
    operator.post(f"{case}/reword", typed(how_en="Somebody outside read a copy of the data."))
    assert "Somebody outside read a copy" in operator.post(f"{case}/tell").text  # the question shows the letters
    press(operator, f"{case}/tell")
    tell_people_of_breaches()
    assert operator.get(f"{case}/letter.pdf").content.startswith(b"%PDF")
    now = timezone.localtime(clock.now(), clock.WIB).strftime("%Y-%m-%dT%H:%M")
    press(operator, f"{case}/authority", {"told_at": now, "words": "Surel, nomor 12/2026"})
    assert "Possible once" in operator.get(case).text
    press(operator, f"{case}/publish")
    operator.post(f"{case}/note", {"words": "Semua kata sandi pengelola diganti."})
    press(operator, f"{case}/close", {"words": WORDS})
    breach.refresh_from_db()
    assert breach.closed_at
    assert breach.number in operator.get(DESK).text
    assert WORDS in operator.get(case).text


def test_past_its_time_the_desk_says_so(operator: Client, cast: Cast) -> None:
    breach = recorded_breach(
        cast.operator, known_at=clock.now() - timedelta(hours=73), began_at=clock.now() - timedelta(days=9)
    )
    assert "overdue" in operator.get(DESK).text
    assert "The report of the law says so" in operator.get(f"{DESK}/{breach.id}").text
    assert "its time was over" in operator.get("/staff/").text


def test_what_is_wrong_is_said_in_its_field(operator: Client, cast: Cast) -> None:
    page = operator.post(f"{DESK}/record", typed(whose="listed", listed="nobody@example.com"))
    assert "Nobody is found by: nobody@example.com" in page.text
    assert not Breach.objects.exists()


def test_a_person_reads_their_letter_and_a_stranger_nothing(client: Client, cast: Cast) -> None:
    breach = told_breach(cast.operator)
    client.force_login(cast.buyer)
    assert HOW in client.get(f"/account/breaches/{breach.id}").text
    assert f"/account/breaches/{breach.id}" in client.get("/account/privacy").text
    untold = recorded_breach(cast.operator)
    assert client.get(f"/account/breaches/{untold.id}").status_code == 404


def test_the_public_reads_what_was_published(client: Client, operator: Client, cast: Cast) -> None:
    breach = told_breach(cast.operator)
    assert "Nothing to tell" in client.get("/breaches", headers={"accept-language": "en"}).text
    press(operator, f"{DESK}/{breach.id}/publish")
    page = client.get("/breaches").text
    assert HOW in page
    assert breach.number in page


def test_a_moment_that_is_far_off_is_refused_beside_its_field(operator: Client, cast: Cast) -> None:
    page = operator.post(f"{DESK}/record", typed(known_at="9999-12-31T23:59"))
    assert page.status_code == 200
    assert "both are over" in page.text
    assert not Breach.objects.exists()
