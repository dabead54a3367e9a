"""Each side of a return shows the goods; the two sides and the operator see it, nobody else."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.lib.ids import new_id
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.returns.asking import ask_for_return, withdraw_return
from lapak.trade.returns.errors import ReturnMoved, ReturnPicturesRefused
from lapak.trade.returns.models import Return, ReturnPicture
from lapak.trade.returns.pictures import add_pictures
from lapak.trade.returns.rules import MOST_PICTURES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    own = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr("lapak.trade.returns.pictures.private_storage", lambda: own)
    monkeypatch.setattr(ReturnPicture._meta.get_field("file"), "storage", own)
    return tmp_path


@pytest.fixture
def return_(cast: Cast) -> Return:
    return asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))


def picture(size: tuple[int, int] = (20, 30)) -> bytes:
    encoded = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a phone that says where it was"
    Image.new("RGB", size, "red").save(encoded, "JPEG", exif=exif)
    return encoded.getvalue()


def upload(width_px: int = 20) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", picture((width_px, 30)), "image/jpeg")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sides() -> list[str]:
    return [kept.side for kept in ReturnPicture.objects.all()]


def test_with_the_asking_and_later_from_each_side(cast: Cast, private: Path) -> None:
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    buyer, line = signed_in(cast.buyer), order.lines.get()
    asked = buyer.post(
        f"/orders/{order.id}/return",
        {f"pieces_{line.id.hex}": "1", "reason": "damaged", "words": "Robek.", "goods_come_back": "yes"}
        | {"pictures": [upload(), upload(21)]},
    )
    at = asked["Location"]
    assert sides() == ["buyer", "buyer"]
    shop = signed_in(cast.seller)
    shows = f"/sell/{cast.shop.slug}{at}"
    assert shop.post(f"{at}/pictures", {"pictures": upload(22), "next": shows})["Location"] == shows
    assert sides() == ["buyer", "buyer", "shop"]
    for client, page in (
        (buyer, at),
        (shop, shows),
        (signed_in(cast.operator), f"/staff/return-desk/{at.split('/')[-1]}"),
    ):
        text = client.get(page).text
        assert len(re.findall(rf'<img\s+src="{at}/pictures/', text)) == 3, page
    assert len(list(private.rglob("*.webp"))) == 3


def test_painted_anew_and_no_larger_than_a_screen(cast: Cast, return_: Return, private: Path) -> None:
    add_pictures(cast.buyer, return_.id, [picture((4000, 3000))])
    with Image.open(next(private.rglob("*.webp"))) as kept:
        assert kept.size == (1600, 1200)
        assert not kept.getexif()


def test_the_two_sides_and_the_operator_see_it_and_nobody_else(cast: Cast, return_: Return) -> None:
    add_pictures(cast.buyer, return_.id, [picture()])
    at = f"/returns/{return_.id}/pictures/{ReturnPicture.objects.get().id}"
    for user in (cast.buyer, cast.seller, cast.operator):
        seen = signed_in(user).get(at)
        assert b"".join(getattr(seen, "streaming_content", []))
        assert (seen.status_code, seen["Cache-Control"], seen["Content-Type"]) == (
            200,
            "private, no-store",
            "image/webp",
        )
    for user in (cast.stranger, cast.creator_user):
        assert signed_in(user).get(at).status_code == 404
    assert Client().get(at).status_code == 302
    assert signed_in(cast.buyer).get(f"/returns/{return_.id}/pictures/{new_id()}").status_code == 404


class TestRefused:
    @pytest.fixture(autouse=True)
    def nothing_is_kept(self, private: Path, return_: Return) -> object:
        yield
        assert sides() == ["buyer"] * 3
        assert len(list(private.rglob("*.webp"))) == 3

    @pytest.fixture(autouse=True)
    def some(self, cast: Cast, return_: Return, private: Path) -> None:
        add_pictures(cast.buyer, return_.id, [picture((n + 1, 2)) for n in range(3)])

    def test_a_strangers(self, cast: Cast, return_: Return) -> None:
        with refused(OrderNotFound):
            add_pictures(cast.stranger, return_.id, [picture()])

    def test_the_operators(self, cast: Cast, return_: Return) -> None:
        """Who decides brings no proof of their own."""
        with refused(OrderNotFound):
            add_pictures(cast.operator, return_.id, [])

    def test_more_than_a_side_may_show(self, cast: Cast, return_: Return) -> None:
        with refused(ReturnPicturesRefused):
            add_pictures(cast.buyer, return_.id, [picture()] * (MOST_PICTURES + 1))
        with refused(ReturnPicturesRefused):
            add_pictures(cast.buyer, return_.id, [picture((n + 1, 2)) for n in range(2, 5)])

    def test_what_is_no_picture(self, cast: Cast, return_: Return) -> None:
        with refused(ImageUnreadable):
            add_pictures(cast.seller, return_.id, [picture((77, 77)), b"<svg onload=alert(1)>"])
        page = f"/returns/{return_.id}"
        answer = signed_in(cast.buyer).post(f"{page}/pictures", {"next": page})
        assert answer["Location"] == page

    def test_when_it_is_over(self, cast: Cast, return_: Return) -> None:
        withdraw_return(cast.buyer, return_.id)
        with refused(ReturnMoved):
            add_pictures(cast.buyer, return_.id, [picture((77, 77))])
        assert "Add pictures" not in signed_in(cast.buyer).get(f"/returns/{return_.id}").text


def test_an_asking_with_a_broken_picture_asks_nothing(cast: Cast) -> None:
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    with refused(ImageUnreadable):
        ask_for_return(
            cast.buyer,
            order.id,
            quantities={order.lines.get().id: 1},
            reason="damaged",
            words="Robek.",
            goods_come_back=True,
            pictures=[picture(), b"no picture"],
        )
    assert not Return.objects.exists()
