"""Taking along one's own data."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from lapak.moving import takeouts
from lapak.moving.models import Takeout
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(takeouts, "private_storage", lambda: own)
    monkeypatch.setattr(Takeout._meta.get_field("file"), "storage", own)


def test_from_asking_to_the_file(client: Client, cast: Cast) -> None:
    client.force_login(cast.buyer)
    client.cookies["django_language"] = "en"
    assert "/account/data" in client.get("/account").text
    assert "being made" in client.post("/account/data", follow=True).text
    takeout = Takeout.objects.get()
    takeouts.run_takeout(takeout.id)
    assert "kept until" in client.get("/account/data").text
    file = client.post(f"/account/data/{takeout.id}")
    assert file["Content-Disposition"] == 'attachment; filename="lapak.zip"'
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # a file is streamed
    client.force_login(cast.stranger)
    assert client.post(f"/account/data/{takeout.id}").status_code == 404


def test_it_is_for_who_is_signed_in(client: Client, cast: Cast) -> None:
    assert client.get("/account/data").status_code == 302
