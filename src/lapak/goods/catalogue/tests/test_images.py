"""Pictures: what is taken, how it is kept, and what is refused."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image, ImageCms

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
from lapak.goods.catalogue.renditions import Renditions
from lapak.goods.catalogue.tests.conftest import furthest, names_of, picture
from lapak.people.users.models import User
from lapak.testing.refused import refused


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_in_its_kind_with_the_sizes_that_pages_show_beside_it(
    db: None, media: Path, kind: str
) -> None:
    data = picture(kind)
    save_pictures(put_pictures([data]))
    stored = StoredImage.objects.get()
    kept = media / str(stored.file.name)
    assert (stored.width_px, stored.height_px, stored.size_bytes) == (800, 600, kept.stat().st_size)
    with Image.open(kept) as shown, Image.open(io.BytesIO(data)) as given:
        assert (shown.format, shown.size) == (kind, (800, 600))
        assert furthest(shown, given) <= 2
    for size, expected in zip(stored.renditions, [(240, 180), (480, 360), (800, 600)], strict=True):
        with Image.open(media / size.name) as shown:
            assert (shown.format, shown.size) == ("WEBP", (size.width_px, size.height_px)) == ("WEBP", expected)
    assert looks_like_picture(data[:12])


@pytest.mark.parametrize(
    ("width_px", "height_px", "sizes"),
    [
        (40, 30, [(40, 30)]),
        (240, 240, [(240, 240)]),
        (241, 100, [(240, 100), (241, 100)]),
        (3000, 4000, [(180, 240), (360, 480), (600, 800), (960, 1280)]),
        (9000, 3, [(240, 1), (480, 1), (800, 1), (1280, 1)]),
    ],
)
def test_no_size_is_larger_than_the_picture_and_one_is_large_enough(
    width_px: int, height_px: int, sizes: list[tuple[int, int]]
) -> None:
    renditions = Renditions("pictures/ab/abc.jpg", width_px, height_px)
    assert [(size.width_px, size.height_px) for size in renditions] == sizes
    assert renditions.small == "/media/pictures/ab/abc-240.webp"
    assert renditions.small == f"/media/{next(iter(renditions)).name}"
    named = ", ".join(f"/media/{size.name} {size.width_px}w" for size in renditions)
    assert renditions.for_page == named
    assert renditions.for_card == ", ".join(named.split(", ")[:2])


def test_the_same_bytes_are_kept_once(db: None, media: Path) -> None:
    for _ in range(2):
        save_pictures(put_pictures([picture(), picture()]))
    assert StoredImage.objects.count() == 1
    assert len([file for file in media.rglob("*") if file.is_file()]) == 4


def test_a_half_written_file_is_written_again(db: None, media: Path) -> None:
    data = picture()
    (stored,) = put_pictures([data])
    save_pictures([stored])
    kept = media / str(stored.file.name)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100])
    put_pictures([data])
    assert kept.read_bytes() == whole


def test_the_same_picture_again_is_not_painted_again(db: None, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_pictures(put_pictures([picture()]))
    monkeypatch.setattr(images, "_pixels", None)
    (again,) = put_pictures([picture()])
    assert again == StoredImage.objects.get()


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_picture_lying_on_its_side_stands_upright(db: None, media: Path, orientation: int) -> None:
    """Red above blue, as the phone held it."""
    upright = Image.new("RGB", (600, 800), "red")
    upright.paste("blue", (0, 400, 600, 800))
    exif = Image.Exif()
    exif[0x0112] = orientation
    laid = upright.transpose(Image.Transpose.ROTATE_90) if orientation == 6 else upright
    encoded = io.BytesIO()
    laid.save(encoded, "JPEG", exif=exif)
    (stored,) = put_pictures([encoded.getvalue()])
    assert (stored.width_px, stored.height_px) == (600, 800)
    for name in names_of(stored):
        with Image.open(media / name) as shown:
            assert shown.size in {(600, 800), (360, 480), (180, 240)}
            assert furthest(shown.resize((6, 8)), upright.resize((6, 8))) < 40


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "RGB"])
def test_transparency_survives(db: None, media: Path, mode: str) -> None:
    clear = io.BytesIO()
    options = {} if mode in {"RGBA", "LA"} else {"transparency": (0, 0, 0) if mode == "RGB" else 0}
    Image.new(mode, (20, 20)).save(clear, "PNG", **options)
    (stored,) = put_pictures([clear.getvalue()])
    for name in names_of(stored):
        with Image.open(media / name) as shown:
            assert shown.convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


def test_sixteen_bits_of_grey_are_not_cut_off(db: None, media: Path) -> None:
    deep = io.BytesIO()
    Image.new("I;16", (20, 20), 40_000).save(deep, "PNG")
    (stored,) = put_pictures([deep.getvalue()])
    with Image.open(media / str(stored.file.name)) as shown:
        assert shown.getpixel((5, 5)) == 40_000 // 257


def test_colours_for_print_are_shown_as_colours_of_light(db: None, media: Path) -> None:
    printed = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(printed, "JPEG")
    (stored,) = put_pictures([printed.getvalue()])
    with Image.open(media / str(stored.file.name)) as shown:
        assert (shown.mode, furthest(shown, Image.new("RGB", (20, 20), "red"))) <= ("RGB", 4)


def test_colours_are_those_the_profile_means(db: None, media: Path) -> None:
    """Lab's a and b, read as if they were red, green and blue, would show another colour."""
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The primaries of red and green are exchanged: what is stored as green is meant red.
    at_red, at_green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    profile = bytearray(swapped)
    profile[at_red : at_red + 4], profile[at_green : at_green + 4] = b"gXYZ", b"rXYZ"
    encoded = io.BytesIO()
    Image.new("RGB", (20, 20), (0, 255, 0)).save(encoded, "PNG", icc_profile=bytes(profile))
    (stored,) = put_pictures([encoded.getvalue()])
    for name in names_of(stored):
        with Image.open(media / name) as shown:
            assert furthest(shown.convert("RGB"), Image.new("RGB", (20, 20), "red")) < 10


@pytest.mark.parametrize("profile", [b"no profile at all", b""])
def test_a_broken_profile_does_not_matter(db: None, media: Path, profile: bytes) -> None:
    encoded = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(encoded, "JPEG", icc_profile=profile)
    (stored,) = put_pictures([encoded.getvalue()])
    with Image.open(media / str(stored.file.name)) as shown:
        assert furthest(shown, Image.new("RGB", (20, 20), "teal")) < 4


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
    db: None, media: Path, data: bytes, refusal: type[ImageRefused]
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
    with refused(GalleryFull):
        add_picture(seller, product.id, picture(size=(99, 10)))
    assert ProductImage.objects.count() == StoredImage.objects.count() == 9


def test_a_stranger_adds_and_removes_no_picture(
    stranger: User, product: Product, media: Path, nothing_written: None
) -> None:
    with refused(ProductNotFound):
        add_picture(stranger, product.id, picture())
    with refused(ProductNotFound):
        remove_picture(stranger, uuid4(), "")
    assert not media.exists()
