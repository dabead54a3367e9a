"""A person's own file has what they reported, and what came of it."""

import csv
import io
import zipfile

import pytest

from lapak.moving.own_data import write_own_data
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.moderation import WORDS, goods_taken_down

pytestmark = pytest.mark.django_db


def reports_in_file_of(user: User) -> list[dict[str, str]]:
    file = io.BytesIO()
    write_own_data(user, file)
    with zipfile.ZipFile(file) as archive:
        if "reports.csv" not in archive.namelist():
            return []
        return list(csv.DictReader(io.StringIO(archive.read("reports.csv").decode("utf-8-sig"))))


def test_what_was_reported_and_what_came_of_it(cast: Cast) -> None:
    case = goods_taken_down(cast)
    (report,) = reports_in_file_of(cast.stranger)
    assert (report["number"], report["words"], report["state"]) == (case.number, WORDS, "upheld")
    assert reports_in_file_of(cast.seller) == [], "a shop never learns who reported it"
