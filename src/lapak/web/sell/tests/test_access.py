"""Every page of a shop is for those who work there: a visitor signs in, and for anyone else it does not exist."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.sell.urls import urlpatterns

pytestmark = pytest.mark.usefixtures("returned")

NAMES = [str(pattern.name) for pattern in urlpatterns if "slug" in str(pattern.pattern)]
SHOWN = [
    "sell_shop", "sell_profile", "sell_products", "sell_product_new", "sell_product", "sell_orders", "sell_order",
    "sell_order_slip", "sell_move_in", "sell_feeds", "sell_past", "sell_income_before", "sell_balance", "sell_held",
    "sell_payouts", "sell_commissions",
    "sell_bank_account", "sell_transfers", "sell_programme", "sell_returns", "sell_return", "sell_team", "sell_history",
]  # fmt: skip


def parameters(name: str) -> list[str]:
    """What the address of a page is made of."""
    return list(get_resolver().reverse_dict.getlist(name)[0][0][0][1])


WITH_IDS = [name for name in NAMES if {*parameters(name)} - {"slug", "year", "month"}]
"""Whose addresses name something of a shop; a month is everybody's."""


def address(name: str, slug: str, order: Order) -> str:
    """The page's address in a shop, with ids that are there."""
    line = order.lines.select_related("variant").get()
    known = {
        "slug": slug,
        "order_id": order.id,
        "reference": order.id,
        "return_id": Return.objects.get().id,
        "product_id": line.variant.product_id,
        "variant_id": line.variant_id,
        "sha256": "0" * 64,
        "upload_id": order.id,
        "takeout_id": order.id,
        "feed_id": order.id,
        "change_id": order.id,
        "line_id": line.id,
        "invitation_id": order.id,
        "user_id": order.buyer_id,
        "programme_id": order.id,
        "sample_id": order.id,
        "complaint_id": order.id,
        "case_id": order.id,
        "schedule_id": order.id,
        "offer_id": order.id,
        "post_id": order.id,
        "letter_id": order.id,
        "handle": "nobody",
        "year": 2026,
        "month": 11,
    }
    return reverse(name, kwargs={key: known[key] for key in parameters(name)})


def answers(client: Client, path: str) -> set[int]:
    """What a reader and a form find. A reader whom an address for forms leads to its page is one of that page's."""
    read = client.get(path)
    return {client.post(path).status_code} | ({read.status_code} if read.status_code != 302 else set())


def test_a_stranger_finds_nothing(client: Client, cast: Cast, order: Order, nothing_written: None) -> None:
    client.force_login(cast.stranger)
    for name in NAMES:
        found = answers(client, address(name, cast.shop.slug, order))
        assert (name, found | {405}) == (name, {404, 405})


def test_a_visitor_is_asked_to_sign_in(client: Client, cast: Cast, order: Order) -> None:
    for name in NAMES:
        path = address(name, cast.shop.slug, order)
        read = client.get(path, follow=True)
        assert read.redirect_chain[-1][0].startswith("/account/sign-in?next="), name
        assert client.post(path).status_code == 405 or client.post(path)["Location"].startswith(
            "/account/sign-in?next="
        )


def test_a_shop_does_not_show_what_is_another_s(client: Client, cast: Cast, order: Order) -> None:
    """Someone who sells elsewhere puts this shop's ids into addresses of their own."""
    open_shop(cast.stranger, slug="toko-lain", name="Toko Lain", city="Solo", province_code="33")
    client.force_login(cast.stranger)
    assert len(WITH_IDS) > 15
    for name in WITH_IDS:
        found = answers(client, address(name, "toko-lain", order))
        assert (name, found | {405}) == (name, {404, 405})
    order.refresh_from_db()
    assert order.state == "to_pack"


def test_not_even_to_someone_who_works_in_both(seller: Client, cast: Cast, order: Order) -> None:
    open_shop(cast.seller, slug="toko-lain", name="Toko Lain", city="Solo", province_code="33")
    for name in WITH_IDS:
        found = answers(seller, address(name, "toko-lain", order))
        assert (name, found | {405}) == (name, {404, 405})


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_in_both_languages(seller: Client, cast: Cast, order: Order, language: str) -> None:
    seller.cookies["django_language"] = language
    for name in SHOWN:
        page = seller.get(address(name, cast.shop.slug, order))
        assert (name, page.status_code) == (name, 200)
        assert f'<html lang="{language}">' in page.text
        assert page["Cache-Control"] == "private, no-store"
        assert (name, page.text.count("<h1")) == (name, 1)


def test_who_the_reader_is_there_is_asked_once(seller: Client, cast: Cast, order: Order) -> None:
    of_one_shop = [name for name in SHOWN if parameters(name) == ["slug"]]
    assert len(of_one_shop) > 10
    for name in of_one_shop:
        with CaptureQueriesContext(connection) as queries:
            seller.get(address(name, cast.shop.slug, order))
        of_members = [query["sql"] for query in queries if ' FROM "shops_member" ' in query["sql"]]
        asked = [sql for sql in of_members if cast.seller.id.hex in sql]
        assert (name, len(asked)) == (name, 1)


def test_an_unknown_shop_order_or_reference_is_not_found(seller: Client, cast: Cast) -> None:
    slug = cast.shop.slug
    for path in ("/sell/toko-hantu", f"/sell/{slug}/orders/{new_id()}", f"/sell/{slug}/balance/{uuid.uuid4()}"):
        assert seller.get(path).status_code == 404


def test_two_who_work_in_one_shop_see_the_same(client: Client, cast: Cast, order: Order) -> None:
    colleague = User.objects.create_user("colleague@example.com")
    cast.shop.members.create(user=colleague, role="admin")
    client.force_login(colleague)
    assert order.number in client.get(f"/sell/{cast.shop.slug}/orders").text
