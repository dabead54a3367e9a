"""What phones and people left in pictures is shown to nobody: in new ones, and in those stored before."""

import hashlib
import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from lapak.goods.catalogue.cleaning import Cleaned, clean_stored_pictures
from lapak.goods.catalogue.commands import add_picture
from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.images import put_pictures
from lapak.goods.catalogue.models import Product, ProductImage, StoredImage
from lapak.goods.catalogue.tests.conftest import furthest, names_of, picture
from lapak.people.users.models import User

SECRET = b"Jalan Rahasia 7"


def exif() -> Image.Exif:
    """The position of a house, its address, and a small picture of its own."""
    found = Image.Exif()
    found[0x010E] = SECRET.decode()
    gps = found.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (6.0, 12.0, 30.5), "E", (106.0, 49.0, 7.25)
    return found


def encoded(kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "maroon").save(file, kind, **options)
    return file.getvalue()


def segment(marker: int, content: bytes) -> bytes:
    """A JPEG whose second piece is this."""
    plain = picture()
    return plain[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + plain[2:]


def texts() -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET.decode())
    told.add_text("Location", SECRET.decode(), zip=True)
    told.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    told.add(b"prVt", SECRET)
    return told


def two_in_one() -> bytes:
    """As phones save a portrait: the picture, and another behind it that the first one's header counts."""
    file = io.BytesIO()
    second = Image.new("RGB", (40, 30), "teal")
    Image.new("RGB", (40, 30), "maroon").save(
        file, "MPO", save_all=True, append_images=[second], comment=SECRET, exif=exif()
    )
    return file.getvalue()


def animated(kind: str) -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("teal", "olive")]
    Image.new("RGB", (40, 30), "maroon").save(file, kind, save_all=True, append_images=frames, exif=exif())
    return file.getvalue()


TELLING: dict[str, Callable[[], bytes]] = {
    "EXIF in JPEG": lambda: encoded("JPEG", exif=exif()),
    "EXIF in PNG": lambda: encoded("PNG", exif=exif()),
    "EXIF in WebP": lambda: encoded("WEBP", exif=exif()),
    "XMP in JPEG": lambda: encoded("JPEG", xmp=SECRET),
    "XMP in WebP": lambda: encoded("WEBP", xmp=SECRET),
    "a comment": lambda: encoded("JPEG", comment=SECRET),
    "IPTC": lambda: segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(SECRET)) + SECRET),
    "a maker's own segment": lambda: segment(0xEB, SECRET),
    "texts in PNG": lambda: encoded("PNG", pnginfo=texts()),
    "a colour profile's words": lambda: encoded("JPEG", icc_profile=SECRET),
    "a second picture": two_in_one,
    "further frames of PNG": lambda: animated("PNG"),
    "further frames of WebP": lambda: animated("WEBP"),
    "bytes behind JPEG": lambda: picture() + b"PK\x03\x04" + SECRET,
    "bytes behind PNG": lambda: picture("PNG") + b"<script>" + SECRET,
    "bytes behind WebP": lambda: picture("WEBP") + SECRET,
}
"""Pictures that carry the secret, by where."""


HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background", "timestamp", "duration"}
"""What Pillow says of any picture."""


def without_a_word(data: bytes) -> bool:
    """Whether the file is one picture and nothing else."""
    with Image.open(io.BytesIO(data)) as shown:
        shown.load()
        told = set(shown.info) - HARMLESS or dict(shown.getexif()) or getattr(shown, "n_frames", 1) > 1
    return not told and SECRET not in data and b"Exif" not in data and b"PK\x03\x04" not in data


@pytest.mark.parametrize("where", TELLING)
def test_nothing_of_it_is_public(db: None, media: Path, where: str) -> None:
    data = TELLING[where]()
    assert not without_a_word(data)
    (stored,) = put_pictures([data])
    files = [file for file in media.rglob("*") if file.is_file()]
    assert {str(file.relative_to(media)) for file in files} == set(names_of(stored))
    assert all(without_a_word(file.read_bytes()) for file in files)
    with Image.open(media / str(stored.file.name)) as shown:
        assert furthest(shown, Image.new("RGB", shown.size, "maroon")) < 6


def test_a_small_file_that_unpacks_to_much_beside_its_pixels_is_refused(db: None, media: Path) -> None:
    """A colour profile of 64 MB, of which nothing remains."""
    packed = b"p\0\0" + zlib.compress(bytes(64 * 1024 * 1024), 9)
    chunk = struct.pack(">I", len(packed)) + b"iCCP" + packed + struct.pack(">I", zlib.crc32(b"iCCP" + packed))
    data = picture("PNG")
    with pytest.raises(ImageRefused):
        put_pictures([data[:33] + chunk + data[33:]])
    assert not media.exists()


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's words on damaged files
@pytest.mark.parametrize("where", TELLING)
def test_a_damaged_picture_is_painted_or_refused_and_never_an_unforeseen_end(db: None, media: Path, where: str) -> None:
    whole, chance = TELLING[where](), random.Random(where)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 20)]
                case _:
                    data[at:at] = data[at : at + chance.randint(1, 20)]
        try:
            (stored,) = put_pictures([bytes(data)])
        except ImageRefused:
            continue
        assert without_a_word((media / str(stored.file.name)).read_bytes())


@pytest.fixture
def as_it_came(product: Product, media: Path) -> Callable[[bytes], StoredImage]:
    """Stores a picture as Lapak did before, and shows it with the product."""

    def store(data: bytes) -> StoredImage:
        sha256 = hashlib.sha256(data).hexdigest()
        name = f"images/{sha256[:2]}/{sha256}.jpg"
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(data)
        image = StoredImage(
            sha256=sha256, file=name, width_px=40, height_px=30, size_bytes=len(data),
        )  # fmt: skip
        StoredImage.objects.bulk_create([image])
        ProductImage.objects.create(product=product, image=image, position=product.images.count())
        return image

    return store


def clean() -> Cleaned:
    return clean_stored_pictures(lambda _done, _total: None)


def public_files(media: Path) -> list[Path]:
    return sorted(file for file in media.rglob("*") if file.is_file())


def test_what_was_stored_as_it_came_is_mended_and_still_shown(
    as_it_came: Callable[[bytes], StoredImage], product: Product, media: Path
) -> None:
    images = [as_it_came(encoded("JPEG", exif=exif(), quality=quality)) for quality in (60, 70, 80)]
    assert clean() == Cleaned(mended=3)
    shown = [image.image for image in product.images.order_by("position")]
    assert [image.sha256 for image in shown] == [image.sha256 for image in images]
    assert all(without_a_word((media / str(image.file.name)).read_bytes()) for image in shown)
    assert len(public_files(media)) == 6
    assert clean() == Cleaned()


def test_a_mending_that_was_killed_is_finished_by_the_next(
    as_it_came: Callable[[bytes], StoredImage], media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after a picture's row named the new file, and before the old file went."""
    for quality in (60, 70):
        as_it_came(encoded("JPEG", exif=exif(), quality=quality))

    def killed(name: str) -> None:
        if name.startswith("images/"):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            clean()
    assert clean() == Cleaned(mended=1, removed=1)
    assert all(without_a_word(file.read_bytes()) for file in public_files(media))


def test_what_cannot_be_read_is_named_and_stays(as_it_came: Callable[[bytes], StoredImage], media: Path) -> None:
    gone, damaged = as_it_came(encoded("JPEG", quality=60)), as_it_came(encoded("JPEG", quality=70))
    as_it_came(encoded("JPEG", quality=80))
    (media / str(gone.file.name)).unlink()
    (media / str(damaged.file.name)).write_bytes(b"half")
    cleaned = clean()
    assert cleaned.mended == 1
    assert cleaned.unreadable == sorted([str(gone.file.name), str(damaged.file.name)], key=lambda name: name[10:])
    assert StoredImage.objects.filter(file__startswith="images/").count() == 2
    assert (media / str(damaged.file.name)).read_bytes() == b"half"


def test_a_picture_given_again_is_mended_too(
    as_it_came: Callable[[bytes], StoredImage], seller: User, product: Product, media: Path
) -> None:
    data = encoded("JPEG", exif=exif())
    as_it_came(data)
    shown = add_picture(seller, product.id, data).image
    assert str(StoredImage.objects.get().file.name) == str(shown.file.name)
    assert without_a_word((media / str(shown.file.name)).read_bytes())
    assert clean() == Cleaned(removed=1)
