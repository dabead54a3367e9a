"""A place is found while it is typed, and picked, with and without scripts; what does not fit together is asked about once."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.people.shops.models import Shop
from lapak.people.users.models import Address
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db

PAGE = "/account/addresses/new"
TYPED = {
    "recipient": "Sari",
    "phone": "081234567890",
    "street": "Jl. Melati 5",
    "district": "",
    "city": "",
    "postal_code": "",
}
DAGO = {"district": "Coblong", "city": "Kota Bandung", "province_code": "32", "postal_code": "40135"}


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    client.force_login(cast.stranger)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def seller(client: Client, cast: Cast) -> Client:
    client.force_login(cast.seller)
    return client


def test_what_is_being_typed_is_looked_up(reader: Client) -> None:
    page = reader.get("/places?look_up=dago").text
    assert 'value="32.73.02-40135"' in page
    assert "Kota Bandung, Jawa Barat" in page
    assert "no such place" in reader.get("/places?look_up=qqqqzzzz").text
    assert not reader.get("/places?look_up=d").text.strip()


def test_visitors_look_nothing_up(client: Client) -> None:
    assert client.get("/places?look_up=dago").status_code == 302


def test_without_scripts_a_place_is_found_and_picked(reader: Client, nothing_written: None) -> None:
    found = reader.post(PAGE, {**TYPED, "look_up": "dago", "looking": "1"}).text
    assert 'value="32.73.02-40135"' in found
    assert "required." not in found
    picked = reader.post(PAGE, {**TYPED, "look_up": "dago", "place": "32.73.02-40135"}).text
    assert "required." not in picked
    for value in (DAGO["district"], DAGO["city"], DAGO["postal_code"], TYPED["recipient"]):
        assert f'value="{value}"' in picked
    assert '<option value="32" selected>' in picked
    assert "Jl. Melati 5" in picked


def test_enter_in_another_field_looks_nothing_up(reader: Client, cast: Cast) -> None:
    reader.post(PAGE, {**TYPED, **DAGO, "look_up": "", "looking": "1"})
    assert Address.objects.filter(user=cast.stranger).count() == 1


def test_a_place_that_is_none_is_not_picked(reader: Client, nothing_written: None) -> None:
    assert "required." in reader.post(PAGE, {**TYPED, "place": "99.99.99-00000"}).text


def test_a_district_of_another_city_is_asked_about_once(reader: Client, cast: Cast) -> None:
    wrong = {**TYPED, **DAGO, "district": "Tebet"}
    page = html.unescape(reader.post(PAGE, wrong).text)
    assert "Kota Bandung has no district Tebet; there is one in Jakarta Selatan" in page
    assert not Address.objects.filter(user=cast.stranger).exists()
    sure = "Tebet|Kota Bandung|32|40135"
    assert f'name="place-sure" value="{sure}"' in page
    reader.post(PAGE, {**wrong, "city": "Kota Bogor", "place-sure": sure})
    assert not Address.objects.filter(user=cast.stranger).exists()
    reader.post(PAGE, {**wrong, "place-sure": sure})
    assert Address.objects.get(user=cast.stranger).district == "Tebet"


def test_a_shop_is_opened_at_a_place(reader: Client, cast: Cast) -> None:
    shop = {"name": "Kopi Dago", "slug": "kopi-dago", "street": "", "nib": "", "phone": "", **DAGO}
    assert "Is yours right?" in reader.post("/sell?new", {**shop, "postal_code": "40111"}).text
    assert not Shop.objects.filter(slug="kopi-dago").exists()
    reader.post("/sell?new", shop)
    assert Shop.objects.get(slug="kopi-dago").district == "Coblong"


def test_files_that_a_browser_does_not_give_again_are_asked_for(reader: Client, nothing_written: None) -> None:
    given = SimpleUploadedFile("goods.xlsx", b"goods")
    page = reader.post("/sell?new", {"name": "Kopi", "look_up": "dago", "looking": "1", "given": given}).text
    assert 'value="32.73.02-40135"' in page
    assert "choose the files again" in page


def test_a_shop_looks_within_its_province(seller: Client, cast: Cast) -> None:
    Shop.objects.filter(pk=cast.shop.pk).update(province_code="32")
    page = seller.get(f"/sell/{cast.shop.slug}/profile").text
    assert '"province": "32"' in page
    found = seller.post(f"/sell/{cast.shop.slug}/profile", {"look_up": "plered", "looking": "1"}).text
    assert "32.09" in found
    assert "32.14" in found
    nothing = seller.post(f"/sell/{cast.shop.slug}/profile", {"look_up": "tebet", "looking": "1"}).text
    assert "31.74.01" not in nothing


def test_picking_leaves_what_a_colleague_changed(seller: Client, cast: Cast) -> None:
    Shop.objects.filter(pk=cast.shop.pk).update(province_code="32", city="Kota Bandung", description="Tulis")
    page = f"/sell/{cast.shop.slug}/profile"
    shown = {"initial-description": "Cap", "initial-city": "Kota Bandung", "description": "Cap", "name": cast.shop.name}
    picked = seller.post(page, {**shown, "city": "Kota Bandung", "place": "32.09.36-45154"}).text
    assert 'name="initial-city" value="Kota Bandung"' in picked
    place = {"district": "Plered", "city": "Kab. Cirebon", "postal_code": "45154", "street": "", "phone": "", "nib": ""}
    seller.post(page, {**shown, **place})
    kept = Shop.objects.get(pk=cast.shop.pk)
    assert (kept.description, kept.city, kept.district) == ("Tulis", "Kab. Cirebon", "Plered")
