"""Pictures: what is taken, how it is kept, and what is refused."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from lapak.goods.catalogue import images
from lapak.goods.catalogue.commands import add_picture, remove_picture
from lapak.goods.catalogue.errors import (
    GalleryFull,
    ImageRefused,
    ImageTooHeavy,
    ImageTooLarge,
    ImageUnreadable,
    ProductNotFound,
)
from lapak.goods.catalogue.images import looks_like_picture, put_pictures, save_pictures
from lapak.goods.catalogue.models import Product, ProductImage, StoredImage
from lapak.goods.catalogue.tests.conftest import picture
from lapak.people.users.models import User


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_it_is_with_a_small_webp_beside_it(db: None, media: Path, kind: str) -> None:
    data = picture(kind)
    save_pictures(put_pictures([data]))
    stored = StoredImage.objects.get()
    assert (media / str(stored.file.name)).read_bytes() == data
    assert (stored.width_px, stored.height_px, stored.size_bytes) == (800, 600, len(data))
    with Image.open(media / str(stored.thumbnail.name)) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (480, 360))
    assert looks_like_picture(data[:12])


def test_the_same_bytes_are_kept_once(db: None, media: Path) -> None:
    for _ in range(2):
        save_pictures(put_pictures([picture(), picture()]))
    assert StoredImage.objects.count() == 1
    assert len([file for file in media.rglob("*") if file.is_file()]) == 2


def test_a_half_written_file_is_written_again(media: Path) -> None:
    data = picture()
    (stored,) = put_pictures([data])
    (media / str(stored.file.name)).write_bytes(data[:100])
    put_pictures([data])
    assert (media / str(stored.file.name)).read_bytes() == data


def test_a_picture_lying_on_its_side_is_shown_upright(media: Path) -> None:
    sideways = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 600)).save(sideways, "JPEG", exif=exif)
    (stored,) = put_pictures([sideways.getvalue()])
    assert (stored.width_px, stored.height_px) == (600, 800)
    with Image.open(media / str(stored.thumbnail.name)) as thumbnail:
        assert thumbnail.size == (360, 480)


def test_transparency_survives_in_the_thumbnail(media: Path) -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(clear, "PNG")
    (stored,) = put_pictures([clear.getvalue()])
    with Image.open(media / str(stored.thumbnail.name)) as thumbnail:
        assert thumbnail.getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", ImageUnreadable),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ImageUnreadable),
        (picture("GIF"), ImageUnreadable),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, ImageUnreadable),
        (picture()[:-200], ImageUnreadable),
        (picture("PNG")[:60], ImageUnreadable),
        (b"\xff\xd8\xff" + b"x" * images.MAX_BYTES, ImageTooHeavy),
        (picture("PNG", (10_000, 4_001)), ImageTooLarge),
        (picture("PNG", (20_000, 9_000)), ImageTooLarge),
    ],
)
def test_what_is_no_fit_picture_is_refused_and_nothing_is_kept(
    media: Path, data: bytes, refusal: type[ImageRefused]
) -> None:
    with pytest.raises(refusal):
        put_pictures([data])
    assert not [file for file in media.rglob("*") if file.is_file()]


def test_a_gallery_grows_at_its_end_and_closes_its_gaps(seller: User, product: Product) -> None:
    first, second, third = (
        add_picture(seller, product.id, picture(colour=colour)) for colour in ("red", "white", "blue")
    )
    assert [image.position for image in (first, second, third)] == [0, 1, 2]
    remove_picture(seller, product.id, second.image_id)
    kept = ProductImage.objects.filter(product=product).values_list("position", "image_id")
    assert list(kept) == [(0, first.image_id), (1, third.image_id)]


def test_a_tenth_picture_is_refused(seller: User, product: Product) -> None:
    for n in range(9):
        add_picture(seller, product.id, picture(size=(10 + n, 10)))
    with pytest.raises(GalleryFull):
        add_picture(seller, product.id, picture(size=(99, 10)))
    assert ProductImage.objects.count() == StoredImage.objects.count() == 9


def test_a_stranger_adds_and_removes_no_picture(
    stranger: User, product: Product, media: Path, nothing_written: None
) -> None:
    with pytest.raises(ProductNotFound):
        add_picture(stranger, product.id, picture())
    with pytest.raises(ProductNotFound):
        remove_picture(stranger, uuid4(), "")
    assert not media.exists()
