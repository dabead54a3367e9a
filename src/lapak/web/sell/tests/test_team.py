"""Who works in a shop, on its pages: no role is shown a way that it may not go."""

import re

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse

from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order

PAGES_OF = {
    Role.OWNER: {
        "sell_orders", "sell_returns", "sell_products", "sell_balance", "sell_held", "sell_payouts", "sell_programme",
        "sell_profile", "sell_team", "sell_history", "sell_bank_account",
    },
    Role.ADMIN: {
        "sell_orders", "sell_returns", "sell_products", "sell_balance", "sell_held", "sell_payouts", "sell_programme",
        "sell_profile", "sell_team",
    },
    Role.ORDERS: {"sell_orders", "sell_returns", "sell_team"},
    Role.FINANCE: {"sell_balance", "sell_held", "sell_payouts", "sell_team"},
}  # fmt: skip


@pytest.fixture(params=list(Role))
def colleague(request: pytest.FixtureRequest, client: Client, cast: Cast) -> tuple[Client, Role]:
    user = User.objects.create_user("colleague@example.com", name="Colleague")
    cast.shop.members.create(user=user, role=request.param)
    client.force_login(user)
    client.cookies["django_language"] = "id"
    return client, Role(request.param)


def test_each_role_sees_its_pages_and_reads_why_not_the_others(
    colleague: tuple[Client, Role], cast: Cast, order: Order
) -> None:
    client, role = colleague
    for name in PAGES_OF[Role.OWNER]:
        page = client.get(reverse(name, args=[cast.shop.slug]))
        assert (name, page.status_code) == (name, 200 if name in PAGES_OF[role] else 403)
        if page.status_code == 403:
            assert "Peran Anda di toko ini tidak mencakup hal ini" in page.text


def test_every_link_that_a_role_is_shown_leads_somewhere(
    colleague: tuple[Client, Role], cast: Cast, order: Order
) -> None:
    client, role = colleague
    shown, to_see = set[str](), {reverse("sell_shop", args=[cast.shop.slug])}
    while to_see:
        path = to_see.pop()
        shown.add(path)
        page = client.get(path)
        assert (path, page.status_code) == (path, 200)
        to_see |= set(re.findall(rf'href="(/sell/{cast.shop.slug}[^"?#]*)', _words_of(page))) - shown
    assert len(shown) >= {Role.ORDERS: 5, Role.FINANCE: 5}.get(role, 12)


def _words_of(page: HttpResponseBase) -> str:
    """Of a page; a file leads nowhere."""
    if isinstance(page, HttpResponse) and page["Content-Type"].startswith("text/html"):
        return page.content.decode()
    return ""


def test_a_button_that_is_not_theirs_says_so(client: Client, cast: Cast, order: Order) -> None:
    clerk = User.objects.create_user("clerk@example.com", name="Clerk")
    cast.shop.members.create(user=clerk, role=Role.FINANCE)
    client.force_login(clerk)
    answer = client.post(reverse("sell_order_pack", args=[cast.shop.slug, order.id]))
    assert answer.status_code == 403
    order.refresh_from_db()
    assert order.state == "to_pack"


def test_asked_agreed_changed_and_gone(seller: Client, cast: Cast) -> None:
    client = Client()
    team = reverse("sell_team", args=[cast.shop.slug])
    seller.post(reverse("sell_team_invite", args=[cast.shop.slug]), {"email": cast.stranger.email, "role": "orders"})
    assert "Stranger" in seller.get(team).text
    client.force_login(cast.stranger)
    asked = client.get(reverse("sell"))
    assert cast.shop.name in asked.text
    invitation = cast.shop.invitations.get()
    client.post(reverse("sell_invitation_accept", args=[invitation.id]))
    assert cast.shop.members.get(user=cast.stranger).role == Role.ORDERS
    seller.post(reverse("sell_team_role", args=[cast.shop.slug, cast.stranger.id]), {"role": "finance"})
    assert cast.shop.members.get(user=cast.stranger).role == Role.FINANCE
    press(client, reverse("sell_team_leave", args=[cast.shop.slug]))
    assert not cast.shop.members.filter(user=cast.stranger).exists()
    history = seller.get(reverse("sell_history", args=[cast.shop.slug])).text
    assert [words in history for words in ("Stranger", "finance (reads only)", "orders and warehouse")] == [True] * 3


def test_an_address_nobody_has_stays_in_the_form(seller: Client, cast: Cast) -> None:
    page = seller.post(
        reverse("sell_team_invite", args=[cast.shop.slug]), {"email": "nobody@example.com", "role": "admin"}
    )
    assert "nobody@example.com" in page.text
    assert "Nobody has signed up" in page.text


def test_the_last_owner_reads_why_they_cannot_leave(seller: Client, cast: Cast) -> None:
    page = press(seller, reverse("sell_team_leave", args=[cast.shop.slug]), follow=True)
    assert "A shop needs an owner" in page.text
    assert cast.shop.members.filter(user=cast.seller).exists()


def test_nobody_asks_by_the_hundred_who_has_joined(seller: Client, cast: Cast) -> None:
    """The answer tells, as it has to: so that many an hour is more than any shop has people."""
    invite = reverse("sell_team_invite", args=[cast.shop.slug])
    answers = [seller.post(invite, {"email": f"{n}@example.com", "role": Role.ORDERS}).status_code for n in range(62)]
    assert (set(answers[:60]), set(answers[60:])) == ({200}, {429})
