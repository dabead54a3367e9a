"""What search engines ask for."""

from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.moving.seal import public_key, shown
from lapak.testing.cast import Cast, stocked_variant

pytestmark = pytest.mark.django_db


def addresses(visitor: Client) -> list[str]:
    sitemap = visitor.get("/sitemap.xml")
    assert sitemap["Content-Type"] == "application/xml"
    found = [element.text or "" for element in ET.fromstring(sitemap.text).iter() if element.tag.endswith("loc")]
    return [address.removeprefix(settings.BASE_URL) for address in found]


def test_what_is_public_may_be_read_and_what_is_a_persons_not(visitor: Client, variant: Variant) -> None:
    answer = visitor.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert all(robots.can_fetch("Googlebot", path) for path in ("/", "/s/batik-sekar", variant.product.path, "/help"))
    assert not any(
        robots.can_fetch("Googlebot", path) for path in ("/cart", "/orders", "/r/abcdefg", "/staff/", "/sell")
    )
    assert robots.site_maps() == [f"{settings.BASE_URL}/sitemap.xml"]


def test_the_sitemap_has_what_is_on_sale(visitor: Client, cast: Cast, variant: Variant) -> None:
    draft = stocked_variant(cast.shop).product
    Product.objects.filter(id=draft.id).update(status=Product.Status.DRAFT)
    found = addresses(visitor)
    assert found == ["/", "/s/batik-sekar", variant.product.path]
    assert all(visitor.get(address).status_code == 200 for address in found)
    cast.shop.is_open = False
    cast.shop.save()
    assert addresses(visitor) == ["/"]


def test_the_icon_is_where_browsers_ask_for_it(visitor: Client) -> None:
    moved = visitor.get("/favicon.ico")
    assert moved.status_code == 302
    assert moved["Location"].endswith(".png")


def test_the_key_of_files_that_leave_can_be_read_by_everyone(visitor: Client) -> None:
    assert visitor.get("/.well-known/lapak-key").text.splitlines() == [shown(public_key()), public_key()]


def test_whom_to_tell_of_a_hole(visitor: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    assert visitor.get("/.well-known/security.txt").status_code == 404
    settings.CONTACT_EMAIL = "tanya@lapak.example"
    told = visitor.get("/.well-known/security.txt")
    assert told["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in told.text.splitlines())
    assert fields["Contact"] == "mailto:tanya@lapak.example"
    assert fields["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    assert clock.now() < datetime.fromisoformat(fields["Expires"]) < clock.now() + timedelta(days=365)
