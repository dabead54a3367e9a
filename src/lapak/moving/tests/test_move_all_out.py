"""The whole marketplace leaves, and goes on leaving where it was stopped."""

import base64
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lapak.goods.catalogue.models import Variant
from lapak.moving import move_all_out as moving
from lapak.moving.errors import FormatUnknown
from lapak.moving.move_all_out import move_all_out
from lapak.moving.move_out import move_out
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shops(cast: Cast, variant: Variant) -> None:
    """Two, one of them closed."""
    closed = open_shop(cast.seller, slug="lain", name="Lain", city="Solo", province_code="33")
    closed.is_open = False
    closed.save()


def moved(into: Path) -> list[tuple[str, bool]]:
    return [(shop.slug, is_new) for shop, is_new in move_all_out("lapak", into)]


def test_every_shop_has_a_file_and_a_signed_list_names_them(tmp_path: Path) -> None:
    assert moved(tmp_path) == [("batik-sekar", True), ("lain", True)]
    content = (tmp_path / "manifest.json").read_bytes()
    said = json.loads(content)
    assert {name: each["sha256"] for name, each in said["files"].items()} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.zip")
    }
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(said["key"]))
    key.verify(base64.b64decode((tmp_path / "manifest.sig").read_bytes()), content)


def test_stopped_on_the_way_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(*given: Any) -> object:
        if given[1].slug == "lain":
            raise OSError
        return move_out(*given)

    monkeypatch.setattr(moving, "move_out", disk_full)
    with pytest.raises(OSError):  # noqa: PT011 - that very one
        moved(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["batik-sekar-lapak.zip"]
    monkeypatch.setattr(moving, "move_out", move_out)
    assert moved(tmp_path) == [("batik-sekar", False), ("lain", True)]
    assert all(zipfile.ZipFile(path).testzip() is None for path in tmp_path.glob("*.zip"))


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with refused(FormatUnknown):
        list(move_all_out("myspace", tmp_path))
    assert list(tmp_path.iterdir()) == []
