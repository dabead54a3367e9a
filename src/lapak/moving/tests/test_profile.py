"""What Lapak's own file says of the shop is proposed, and taken part by part by who may; never unasked."""

import io
from pathlib import Path

import pytest

from lapak.lib import clock
from lapak.moving.errors import UploadMoved
from lapak.moving.models import Upload
from lapak.moving.move_in import move_in
from lapak.moving.move_out import move_out
from lapak.moving.profile import proposals_of, proposed_to, take_profile_over
from lapak.people.audit.models import Change
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

SAID = {
    "name": "Batik Sekar", "description": "Batik tulis.", "street": "Jl. Kauman 1", "district": "Kauman", "city": "Pekalongan",
    "postal_code": "51127", "phone": "+6281234567890", "province_code": "33",
}  # fmt: skip


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return open_shop(cast.seller, slug="lain", name="Lain", city="Solo", province_code="33")


@pytest.fixture
def upload(cast: Cast, shop: Shop) -> Upload:
    now = clock.now()
    return Upload.objects.create(
        shop=shop, by=cast.seller, language="id", file_names=[], given_at=now, touched_at=now, state="done",
        proposals={"profile": SAID},
    )  # fmt: skip


def test_it_comes_with_the_file_and_is_not_taken(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    Shop.objects.filter(id=cast.shop.id).update(**SAID)
    to = io.BytesIO()
    move_out(cast.seller, Shop.objects.get(id=cast.shop.id), "lapak", to)
    path = tmp_path / "bundle.zip"
    path.write_bytes(to.getvalue())
    result = move_in(cast.seller, [path], shop)
    assert result.profile == SAID
    assert result.as_dict()["profile"] == ["description", "name", "place"]
    shop.refresh_from_db()
    assert (shop.name, shop.description, shop.city) == ("Lain", "", "Solo")


def test_part_by_part_and_on_record(cast: Cast, shop: Shop, upload: Upload) -> None:
    take_profile_over(cast.seller, upload.id, ["name", "place"])
    shop.refresh_from_db()
    assert (shop.name, shop.description, shop.street, shop.slug) == ("Batik Sekar", "", "Jl. Kauman 1", "lain")
    assert set(proposals_of(Upload.objects.get(id=upload.id))) == {"description"}
    assert Change.objects.filter(field="name", old="Lain", new="Batik Sekar", by_id=cast.seller.id).exists()


def test_what_is_not_proposed_is_not_taken(cast: Cast, upload: Upload) -> None:
    for parts in ([], ["nib"], ["name", "slug"]):
        with refused(UploadMoved):
            take_profile_over(cast.seller, upload.id, parts)
    take_profile_over(cast.seller, upload.id, ["name"])
    with refused(UploadMoved):
        take_profile_over(cast.seller, upload.id, ["name"])


@pytest.mark.parametrize(
    ("said", "proposed"),
    [
        ({}, set()),
        ({"name": "Lain"}, set()),
        ({"name": ""}, set()),
        ({"name": "x" * 81}, set()),
        ({"description": "Batik."}, {"description"}),
        ({**SAID, "province_code": "31"}, {"name", "description"}),
        ({**SAID, "postal_code": "511"}, {"name", "description"}),
        ({"name": "Batik", "slug": "batik", "city": "Solo"}, {"name"}),
    ],
)
def test_only_what_is_fit_and_news(shop: Shop, said: dict[str, str], proposed: set[str]) -> None:
    assert set(proposed_to(shop, said)) == proposed
