"""The operator reads what holds, chooses something else, and takes it back."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.lib import clock
from lapak.people.settings.models import Step
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.testing.pressed import press
from lapak.testing.settings import REASON, coming_setting, forget_settings, four_days

pytestmark = pytest.mark.django_db
DESK = "/staff/settings"
PACK = f"{DESK}/pack_within_working_days"


def test_all_of_them_stand_there_with_what_holds_and_what_is_coming(operator: Client, cast: Cast) -> None:
    step = coming_setting(cast.operator)
    page = operator.get(DESK).text
    assert "Time to pack" in page
    assert "2 working days" in page
    assert f"{step.begins_on:%-d %b %Y}: 5 working days" in page


def test_another_value_is_asked_about_set_and_taken_back(operator: Client, cast: Cast) -> None:
    asked = operator.post(f"{PACK}/change", four_days())
    assert "Time to pack: 4 working days from" in asked.text
    assert "Today: 2 working days" in asked.text
    assert not Step.objects.exists()
    press(operator, f"{PACK}/change", four_days())
    forget_settings()
    step = Step.objects.get()
    assert all(words in operator.get(PACK).text for words in (REASON, "Take it back", str(cast.operator)))
    press(operator, f"{PACK}/take-back/{step.id}", {})
    assert "taken back" in operator.get(PACK).text


def test_what_does_not_fit_is_said_beside_its_field(operator: Client, cast: Cast) -> None:
    early = operator.post(f"{PACK}/change", {**four_days(), "begins_on": clock.today() + timedelta(days=1)})
    assert "It begins between" in early.text
    assert "At most 7." in operator.post(f"{PACK}/change", {**four_days(), "value": 8}).text
    assert not Step.objects.exists()


def test_people_read_in_the_help_what_changes_and_whom_to_call(operator: Client, client: Client, cast: Cast) -> None:
    coming_setting(cast.operator, "pack_within_working_days", 4)
    said = {"value": "021-555", "begins_on": clock.today(), "reason": REASON}
    press(operator, f"{DESK}/contact_phone/change", said)
    forget_settings()
    client.cookies["django_language"] = "en"
    page = client.get("/help").text
    assert "Time to pack: 4 working days" in page
    assert "021-555" in page


def test_other_operators_find_no_such_page_and_no_way_to_it(client: Client, cast: Cast) -> None:
    client.force_login(operator_as(OperatorRole.FINANCE))
    assert client.get(DESK).status_code == 403
    assert DESK not in client.get("/staff/").text


def test_a_setting_that_there_is_not_is_not_found(operator: Client, cast: Cast) -> None:
    assert operator.get(f"{DESK}/secret_key").status_code == 404
