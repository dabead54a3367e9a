"""Pictures that tests give, and where they are kept: in folders of their own."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image

from lapak.trade.reviews.models import ReviewPicture


def own_review_storage(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """The pictures of reviews are kept in the folder."""
    own = FileSystemStorage(location=folder)
    monkeypatch.setattr("lapak.trade.reviews.pictures.private_storage", lambda: own)
    for name in ("file", "small"):
        monkeypatch.setattr(ReviewPicture._meta.get_field(name), "storage", own)  # noqa: SLF001 - Django documents the name
    return folder


def photo(width_px: int = 20, height_px: int = 30) -> bytes:
    """A JPEG as a phone writes it, with the phone's words inside."""
    encoded, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "a phone that says where it was"
    Image.new("RGB", (width_px, height_px), "red").save(encoded, "JPEG", exif=exif)
    return encoded.getvalue()
