"""Pictures that did not come with the files are fetched from their addresses, once, politely, and the goods are there without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from lapak.goods.catalogue.commands import add_picture
from lapak.goods.catalogue.models import Product, ProductImage
from lapak.lib.outside import AddressForbidden
from lapak.lib.remote import RemoteRefused, RemoteUnavailable
from lapak.moving import sought
from lapak.moving.alone import alone
from lapak.moving.errors import MoveInRunning
from lapak.moving.models import SoughtPicture
from lapak.moving.move_in import move_in
from lapak.moving.sought import MOST_TRIES, WhyNot, count_waiting, end_unforeseen, fetch_pictures, missed_pictures
from lapak.moving.tests.files import address, export, packed, picture, sku
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

A, B, C = (address(f"{letter * 32}") for letter in "abc")


class Platform:
    """The old platform: what it gives out, and what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.given: dict[str, bytes | Exception] = {}

    def __call__(self, url: str, _bounds: object) -> bytes:
        self.asked.append(url)
        found = self.given.get(url, RemoteRefused(404, ""))
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture(autouse=True)
def platform(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Platform:
    settings.FETCH_PICTURES = True
    platform = Platform()
    monkeypatch.setattr(sought, "get_outside", platform)
    monkeypatch.setattr(sought, "PAUSE_SECONDS", 0)
    return platform


@pytest.fixture
def moved_in(seller: User, shop: Shop, tmp_path: Path) -> Callable[..., None]:
    def move(*rows: dict[str, object], pictures: Path | None = None) -> None:
        move_in(seller, [export(tmp_path / "a.xlsx", rows), *([pictures] if pictures else [])], shop)

    return move


def gallery(title: str = "Kain Batik Lasem 001") -> list[str]:
    shown = ProductImage.objects.filter(product__title=title).order_by("position")
    return [path.rpartition("/")[2][:1] for path in shown.values_list("source_path", flat=True)]


def test_pictures_are_fetched_once_and_hang_where_the_file_has_them(
    platform: Platform, moved_in: Callable[..., None], shop: Shop
) -> None:
    platform.given = {A: picture("red"), B: picture("blue"), C: picture("green")}
    moved_in(sku(1, main_image=B, image_2=A), sku(2, main_image=A, image_2=C))
    assert (gallery(), count_waiting(shop)) == ([], 4)
    fetch_pictures(shop.id)
    assert gallery() == ["b", "a"]
    assert gallery("Kain Batik Lasem 002") == ["a", "c"]
    assert sorted(platform.asked) == sorted([A, B, C])
    assert not SoughtPicture.objects.exists()
    moved_in(sku(1, main_image=B, image_2=A), sku(2, main_image=A, image_2=C))
    assert (gallery(), count_waiting(shop)) == (["b", "a"], 0)


def test_what_was_deleted_here_meanwhile_is_passed_over(
    platform: Platform, moved_in: Callable[..., None], shop: Shop
) -> None:
    platform.given = {A: picture("red")}
    moved_in(sku(1, main_image=A), sku(2, main_image=A))
    Product.objects.get(title="Kain Batik Lasem 001").delete()
    fetch_pictures(shop.id)
    assert gallery("Kain Batik Lasem 002") == ["a"]


def test_pictures_in_the_files_are_not_asked_for(
    platform: Platform, moved_in: Callable[..., None], shop: Shop, tmp_path: Path
) -> None:
    given = packed(tmp_path / "a.zip", {f"{'a' * 32}.jpeg": picture()})
    moved_in(sku(1, main_image=A, image_2=B), pictures=given)
    fetch_pictures(shop.id)
    assert platform.asked == [B]
    assert gallery() == ["a"]


def test_off_nothing_is_sought_and_nothing_asked(
    platform: Platform, moved_in: Callable[..., None], settings: Settings, shop: Shop
) -> None:
    settings.FETCH_PICTURES = False
    moved_in(sku(1, main_image=A))
    assert not SoughtPicture.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name=sought.JOB).exists()
    fetch_pictures(shop.id)
    assert platform.asked == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (RemoteRefused(404, ""), WhyNot.GONE),
        (RemoteRefused(413, ""), WhyNot.GONE),
        (AddressForbidden("not of the public network"), WhyNot.FORBIDDEN),
        (b"<html>not a picture</html>", WhyNot.UNFIT),
    ],
)
def test_what_cannot_be_had_is_told_and_the_goods_are_there(
    answer: bytes | Exception, why: WhyNot, platform: Platform, moved_in: Callable[..., None], shop: Shop
) -> None:
    platform.given = {A: answer, B: picture()}
    moved_in(sku(1, main_image=A, image_2=B))
    fetch_pictures(shop.id)
    fetch_pictures(shop.id)
    (missed,) = missed_pictures(shop, 10)
    assert missed.product.title == "Kain Batik Lasem 001"
    assert missed.why_not is why
    assert gallery() == ["b"]
    assert platform.asked.count(A) == 1
    assert Product.objects.get().status == "published"


def test_who_does_not_answer_is_left_alone_and_asked_later_and_then_given_up(
    platform: Platform, moved_in: Callable[..., None], shop: Shop
) -> None:
    platform.given = {A: RemoteUnavailable("answered 503")}
    moved_in(sku(1, main_image=A, image_2=B))
    for turn in range(1, MOST_TRIES + 1):
        ProcrastinateJob.objects.filter(task_name=sought.JOB).delete()
        fetch_pictures(shop.id)
        assert platform.asked.count(A) == turn
        if turn < MOST_TRIES:
            assert B not in platform.asked
            assert ProcrastinateJob.objects.get(task_name=sought.JOB).scheduled_at is not None
    assert missed_pictures(shop, 10)[0].why_not is WhyNot.SILENT
    platform.given = {A: picture(), B: picture("blue")}
    moved_in(sku(1, main_image=A, image_2=B))
    fetch_pictures(shop.id)
    assert gallery() == ["a", "b"]


def test_what_a_seller_added_or_took_away_here_stays_so(
    platform: Platform, moved_in: Callable[..., None], seller: User, shop: Shop
) -> None:
    platform.given = {A: picture("red"), B: RemoteUnavailable("slow")}
    moved_in(sku(1, main_image=A, image_2=B))
    fetch_pictures(shop.id)
    product = Product.objects.get()
    own = add_picture(seller, product.id, picture("white"))
    ProductImage.objects.filter(product=product).exclude(id=own.id).delete()
    platform.given = {A: picture("red"), B: picture("blue")}
    fetch_pictures(shop.id)
    assert gallery() == ["b", ""]
    moved_in(sku(1, main_image=A, image_2=B))
    fetch_pictures(shop.id)
    assert gallery() == ["b", ""]


def test_a_full_gallery_stays_as_it_is(
    platform: Platform, moved_in: Callable[..., None], seller: User, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sought, "MAX_PICTURES", 1)
    platform.given = {A: picture("red")}
    moved_in(sku(1, main_image=A))
    add_picture(seller, Product.objects.get().id, picture("white"))
    fetch_pictures(shop.id)
    assert gallery() == [""]
    assert not SoughtPicture.objects.exists()


def test_a_move_in_goes_first(platform: Platform, moved_in: Callable[..., None], shop: Shop) -> None:
    platform.given = {A: picture()}
    moved_in(sku(1, main_image=A))
    sought_before = count_waiting(shop)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sought, "alone", _busy)
        with pytest.raises(MoveInRunning):
            fetch_pictures(shop.id)
    assert (count_waiting(shop), gallery()) == (sought_before, [])
    with alone(shop):
        fetch_pictures(shop.id)  # the lock is this connection's own
    assert gallery() == ["a"]


def _busy(_shop: Shop) -> None:
    raise MoveInRunning


def test_a_job_that_breaks_says_so(platform: Platform, moved_in: Callable[..., None], shop: Shop) -> None:
    moved_in(sku(1, main_image=A))
    end_unforeseen(shop.id)
    assert missed_pictures(shop, 10)[0].why_not is WhyNot.STOPPED
    fetch_pictures(shop.id)
    assert platform.asked == []
