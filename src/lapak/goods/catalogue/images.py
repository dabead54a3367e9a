"""Pictures: checked to be what they claim, painted anew without what their givers left in them, and in the sizes shown.

A phone writes into its pictures where it was, when, and which one it is; other things hide behind or between the pixels. So
no byte that was given is shown to anyone: what is public was encoded here, from pixels alone, upright and in sRGB.
"""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from lapak.goods.catalogue.errors import ImageRefused, ImageTooHeavy, ImageTooLarge, ImageUnreadable
from lapak.goods.catalogue.models import StoredImage
from lapak.goods.catalogue.renditions import Renditions

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
"""Decoded, 40 megapixels take 160 MB of memory, twice that while they are turned: the largest phone pictures pass, a
decompression bomb does not."""
SCREEN_PX = 1600
"""Enough to read a label that someone photographed."""

SMALL_PX = 240
"""Twice the side of a picture in a list of reviews: sharp on a phone's screen."""

FOLDER = "pictures"
"""Where pictures are that were painted anew. The folder before it, `images`, holds them as they came: see `cleaning.py`."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
"""By what Pillow finds; MPO is the JPEG of phones that add a second picture, for depth or a twin, behind the first."""
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

_QUALITY = 90
"""Where the quality a picture came with cannot be kept."""


def looks_like_picture(head: bytes) -> bool:
    """Whether a file that begins with these bytes (12 are enough) claims to be a JPEG, PNG or WebP."""
    return head.startswith(_SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def put_pictures(pictures: Iterable[bytes]) -> list[StoredImage]:
    """The pictures' files are in the media storage; the rows that describe them are returned, not yet saved.

    A picture is known by the SHA-256 of the bytes that were given: the same again is not painted again.

    Files come first so that no transaction waits for them; a file whose row never comes is found again by its name
    and harms nobody. Refuses (`ImageRefused`) what is heavier than 10 MB, larger than 40 megapixels or no JPEG, PNG or
    WebP.
    """
    return [_put_picture(data) for data in pictures]


def save_pictures(images: list[StoredImage]) -> None:
    """The rows of pictures already put exist, and say which files are theirs now."""
    StoredImage.objects.bulk_create(
        # Each once, and in one order for all: two shops that bring the same pictures wait for each other, not both.
        [image for _sha256, image in sorted({image.sha256: image for image in images}.items())],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["file", "width_px", "height_px", "size_bytes"],
    )


@dataclass(frozen=True, slots=True)
class Painted:
    """A picture as it was encoded here: of what its giver left in it nothing but the pixels."""

    data: bytes
    extension: str
    pixels: Image.Image


def paint(data: bytes) -> Painted:
    """The picture painted anew; stored by whoever asked. Refuses as `put_pictures`."""
    if len(data) > MAX_BYTES:
        raise ImageTooHeavy(MAX_BYTES)
    with _decoding(), Image.open(io.BytesIO(data), formats=_FORMATS) as given:
        if given.width * given.height > MAX_PIXELS:
            raise ImageTooLarge(MAX_PIXELS)
        pixels = _pixels(given)
        clean = _encoded(pixels, "JPEG" if given.format == "MPO" else str(given.format), **_quality(given, pixels))
        return Painted(clean, _EXTENSIONS[str(given.format)], pixels)


def paint_for_screen(data: bytes) -> Painted:
    """As `paint`, and no larger than a screen shows: of what is looked at as evidence, and never sold."""
    pixels = paint(data).pixels
    pixels.thumbnail((SCREEN_PX, SCREEN_PX))
    return Painted(_encoded(pixels, "WEBP", quality=85, method=2), "webp", pixels)


def paint_small(painted: Painted) -> bytes:
    """The same once more as a list shows it, as WebP."""
    pixels = painted.pixels.copy()
    pixels.thumbnail((SMALL_PX, SMALL_PX))
    return _encoded(pixels, "WEBP", quality=80, method=2)


def _put_picture(data: bytes) -> StoredImage:
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredImage.objects.filter(sha256=sha256, file__startswith=f"{FOLDER}/").first()
    if known is not None and _is_whole(str(known.file.name), known.size_bytes):
        os.utime(default_storage.path(str(known.file.name)))  # given again: it is not collected before it is shown
        return known
    painted = paint(data)
    name = f"{FOLDER}/{sha256[:2]}/{sha256}.{painted.extension}"
    width_px, height_px = painted.pixels.size
    # Written before it: a complete picture proves complete renditions.
    _write_renditions(Renditions(name, width_px, height_px), painted.pixels)
    _write(name, painted.data)
    return StoredImage(
        sha256=sha256,
        file=name,
        width_px=width_px,
        height_px=height_px,
        size_bytes=len(painted.data),
    )


def _write_renditions(renditions: Renditions, pixels: Image.Image) -> None:
    """Each is made of the next larger one."""
    for size in reversed(list(renditions)):
        with _decoding():
            pixels = pixels.resize((size.width_px, size.height_px), reducing_gap=2)
            data = _encoded(pixels, "WEBP", quality=80, method=2)
        _write(size.name, data)


@contextmanager
def _decoding() -> Iterator[None]:
    """Whatever Pillow says to an outsider's bytes is a refusal: its decoders raise errors of a dozen kinds."""
    try:
        yield
    except (ImageRefused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ImageTooLarge(MAX_PIXELS) from bomb
    except Exception as unreadable:
        raise ImageUnreadable from unreadable


def _pixels(given: Image.Image) -> Image.Image:
    """The whole picture decoded (which proves it complete), upright, in sRGB, with nothing beside its pixels.

    Of several pictures in one file it is the first.
    """
    ImageOps.exif_transpose(given, in_place=True)
    profile = given.info.get("icc_profile")
    pixels = _in_mode(given)
    if profile:
        pixels = _in_srgb(pixels, profile)
    if pixels.mode == "CMYK":
        pixels = pixels.convert("RGB")
    pixels.info = {}  # Pillow would write some of it: comments, colour keys
    return pixels


def _in_mode(given: Image.Image) -> Image.Image:
    """Its pixels as all encoders take them: with transparency, grey, in colour, or, for now, as for print."""
    if given.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at the lowest 256 of its levels
        return given.convert("F").point(lambda level: level / 257).convert("L")
    mode = "RGBA" if given.has_transparency_data else "L" if given.mode in {"1", "L"} else "RGB"
    return given if given.mode in {mode, "CMYK"} else given.convert(mode)


def _in_srgb(pixels: Image.Image, profile: bytes) -> Image.Image:
    """The colours its profile means. A profile that is broken, or another kind of picture's, means nothing."""
    mode = "RGBA" if pixels.mode == "RGBA" else "RGB"
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        shown = ImageCms.profileToProfile(pixels, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return pixels
    return shown or pixels


def _quality(given: Image.Image, pixels: Image.Image) -> dict[str, Any]:
    """As it came: a JPEG that is rounded by the same tables again loses next to nothing, and does not grow."""
    if not isinstance(given, JpegImageFile):
        return {} if given.format == "PNG" else {"quality": _QUALITY}
    if given.mode != pixels.mode:
        return {"quality": _QUALITY}
    return {"qtables": given.quantization, "subsampling": get_sampling(given), "optimize": True}


def _encoded(pixels: Image.Image, kind: str, **options: Any) -> bytes:
    encoded = io.BytesIO()
    pixels.save(encoded, kind, **options)
    return encoded.getvalue()


def _is_whole(name: str, size_bytes: int) -> bool:
    return default_storage.exists(name) and default_storage.size(name) == size_bytes


def _write(name: str, data: bytes) -> None:
    if _is_whole(name, len(data)):
        return
    default_storage.delete(name)  # half a file, left by a process that was killed while writing
    kept_as = default_storage.save(name, ContentFile(data))
    if kept_as != name:
        default_storage.delete(kept_as)  # another process put the same picture at the same moment
