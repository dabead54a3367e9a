"""A person's own file has their complaints, step by step."""

import csv
import io
import zipfile

import pytest

from lapak.moving.own_data import write_own_data
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.complaints import WORDS, answered_by_shop

pytestmark = pytest.mark.django_db


def complaints_in_file_of(user: User) -> list[dict[str, str]]:
    file = io.BytesIO()
    write_own_data(user, file)
    with zipfile.ZipFile(file) as archive:
        if "complaints.csv" not in archive.namelist():
            return []
        return list(csv.DictReader(io.StringIO(archive.read("complaints.csv").decode("utf-8-sig"))))


def test_what_was_said_and_by_whom(cast: Cast) -> None:
    complaint = answered_by_shop(cast)
    asked, answer = complaints_in_file_of(cast.buyer)
    assert (asked["words"], asked["said_by_you"], answer["said_by_you"]) == (WORDS, "True", "False")
    assert (asked["number"], answer["state"]) == (complaint.number, "shop_answered")


def test_of_others_nothing(cast: Cast) -> None:
    answered_by_shop(cast)
    assert complaints_in_file_of(cast.seller) == []
