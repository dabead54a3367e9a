"""Complaints at the operator's desk."""

import pytest
from django.test import Client

from lapak.testing.cast import Cast
from lapak.testing.complaints import complaint_about, complaint_with_lapak
from lapak.trade.complaints.models import Complaint

pytestmark = pytest.mark.django_db

DESK = "/staff/complaint-desk"


def test_only_what_waits_for_lapak(operator: Client, cast: Cast) -> None:
    assert "No complaint waits for you." in operator.get(DESK).text
    with_shop, with_lapak = complaint_about(cast), complaint_with_lapak(cast)
    page = operator.get(DESK).text
    assert with_lapak.number in page
    assert with_shop.number not in page
    assert DESK in operator.get("/staff/").text


def test_answered_it_is_gone_from_the_desk(operator: Client, cast: Cast) -> None:
    complaint = complaint_with_lapak(cast)
    assert "I cannot change my name." in operator.get(f"{DESK}/{complaint.id}").text
    operator.post(f"{DESK}/{complaint.id}/answer", {"words": "It is changed now."})
    assert Complaint.objects.get().state == "answered"
    assert complaint.number not in operator.get(DESK).text
    assert "It is changed now." in operator.get(f"{DESK}/{complaint.id}").text


def test_what_came_by_mail_is_noted(operator: Client) -> None:
    noted = {"channel": "mail", "contact": "tuti@example.com", "topic": "delivery", "words": "It never came to me."}
    operator.post(f"{DESK}/note", noted)
    assert Complaint.objects.get().contact == "tuti@example.com"
    assert "tuti@example.com" in operator.get(DESK).text
