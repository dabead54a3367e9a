"""`lapak pictures …` as its user sees it."""

import io
from pathlib import Path

import django
import pytest
from PIL import Image
from pytest_django import Settings
from typer.testing import CliRunner

from lapak.cli.pictures import app
from lapak.goods.catalogue.models import StoredImage
from lapak.lib.trouble import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A picture as it came, that nobody shows."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(django, "setup", lambda: None)  # a second one would make the log write to the runner's stderr
    file = tmp_path / "images" / "ab" / "abc.jpg"
    file.parent.mkdir(parents=True)
    encoded = io.BytesIO()
    Image.new("RGB", (20, 20)).save(encoded, "JPEG")
    file.write_bytes(encoded.getvalue())
    return file


def test_it_says_what_it_did(before: Path) -> None:
    result = CliRunner().invoke(app, ["clean"])
    assert result.exit_code == 0
    assert "0 pictures cleaned." in result.output
    assert "1 files that nobody shows removed." in result.output
    assert not before.exists()


def test_it_names_what_it_could_not_mend(before: Path) -> None:
    image = StoredImage(sha256="0" * 64, file="images/ab/abc.jpg", width_px=1, height_px=1, size_bytes=1)
    StoredImage.objects.bulk_create([image])
    result = CliRunner().invoke(app, ["clean"])
    assert isinstance(result.exception, Trouble)
    assert "images/ab/abc.jpg" in str(result.exception)
    assert before.exists()
