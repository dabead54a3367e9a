"""Pictures: checked to be what they claim, stored once by their SHA-256, with a small WebP beside each."""

import hashlib
import io
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from lapak.goods.catalogue.errors import ImageTooHeavy, ImageTooLarge, ImageUnreadable
from lapak.goods.catalogue.models import StoredImage

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
"""Decoded, 40 megapixels take 160 MB of memory: the largest phone pictures pass, a decompression bomb does not."""
THUMBNAIL_PX = 480
"""Twice the width of a product card on a phone of 360 px, for screens of double density."""

_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

# What Pillow raises on bytes that are no picture, or only the beginning of one.
_DECODING_ERRORS = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError)


def looks_like_picture(head: bytes) -> bool:
    """Whether a file that begins with these bytes (12 are enough) claims to be a JPEG, PNG or WebP."""
    return head.startswith(_SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def put_pictures(pictures: Iterable[bytes]) -> list[StoredImage]:
    """The pictures' files are in the media storage; the rows that describe them are returned, not yet saved.

    Files come first so that no transaction waits for them; a file whose row never comes is found again by its name
    and harms nobody. Refuses (`ImageRefused`) what is heavier than 10 MB, larger than 40 megapixels or no JPEG, PNG or
    WebP.
    """
    return [_put_picture(data) for data in pictures]


def save_pictures(images: list[StoredImage]) -> None:
    """The rows of pictures already put exist; those that did before stay as they are."""
    # In one order for all: two shops that bring the same pictures wait for each other, not both.
    StoredImage.objects.bulk_create(sorted(images, key=lambda image: image.sha256), ignore_conflicts=True)


def _put_picture(data: bytes) -> StoredImage:
    if len(data) > MAX_BYTES:
        raise ImageTooHeavy
    sha256 = hashlib.sha256(data).hexdigest()
    with _opened(data) as picture:
        name = f"images/{sha256[:2]}/{sha256}.{_EXTENSIONS[str(picture.format)]}"
        thumbnail_name = f"thumbnails/{sha256[:2]}/{sha256}.webp"
        width_px, height_px = _upright_size(picture)
        # The thumbnail is written first: a complete original proves a complete thumbnail.
        if not (default_storage.exists(name) and default_storage.size(name) == len(data)):
            _write(thumbnail_name, _thumbnail(picture))
            _write(name, data)
    return StoredImage(
        sha256=sha256,
        file=name,
        thumbnail=thumbnail_name,
        width_px=width_px,
        height_px=height_px,
        size_bytes=len(data),
    )


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=list(_EXTENSIONS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ImageTooLarge from bomb
    except _DECODING_ERRORS as unreadable:
        raise ImageUnreadable from unreadable
    if picture.width * picture.height > MAX_PIXELS:
        raise ImageTooLarge
    return picture


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    """Width and height as shown: EXIF orientations 5 to 8 lie on their side."""
    try:
        turned = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    except _DECODING_ERRORS as unreadable:
        raise ImageUnreadable from unreadable
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def _thumbnail(picture: Image.Image) -> bytes:
    """The whole picture decoded (which proves it complete), upright, at most 480 px on its longer side, as WebP."""
    try:
        picture.draft("RGB", (THUMBNAIL_PX, THUMBNAIL_PX))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
        has_transparency = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        encoded = io.BytesIO()
        upright.convert("RGBA" if has_transparency else "RGB").save(encoded, "WEBP", quality=80, method=2)
    except _DECODING_ERRORS as unreadable:
        raise ImageUnreadable from unreadable
    return encoded.getvalue()


def _write(name: str, data: bytes) -> None:
    if default_storage.exists(name):
        default_storage.delete(name)  # half a file, left by a process that was killed while writing
    kept_as = default_storage.save(name, ContentFile(data))
    if kept_as != name:
        default_storage.delete(kept_as)  # another process put the same picture at the same moment
