"""Whose pages these are: a visitor signs in, a user without a handle is asked for one, another's things are not found."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from lapak.affiliates.creators import become_creator
from lapak.affiliates.models import Commission, Creator
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast
from lapak.web.create.urls import urlpatterns

NAMES = [str(pattern.name) for pattern in urlpatterns]
SHOWN = [
    "create", "create_programmes", "create_links", "create_link_new", "create_link", "create_commissions",
    "create_commission", "create_balance", "create_payouts", "create_bank_account",
]  # fmt: skip


def address(name: str, commission: Commission) -> str:
    """The page's address, with ids that are there."""
    known = {
        "code": commission.link.code,
        "commission_id": commission.id,
        "reference": commission.order_id,
        "finding_id": commission.id,
        "programme_id": commission.programme_id,
        "year": 2026,
        "month": 11,
        "month_id": commission.id,
        "product_id": commission.line.variant.product_id,
        "sample_id": commission.id,
        "offer_id": commission.id,
        "post_id": commission.id,
        "channel_id": commission.id,
    }
    parameters = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return reverse(name, kwargs={key: known[key] for key in parameters})


def test_a_visitor_is_asked_to_sign_in(client: Client, pending: Commission) -> None:
    for name in NAMES:
        path = address(name, pending)
        read = client.get(path, follow=True)
        assert read.redirect_chain[-1][0].startswith("/account/sign-in?next="), name
        assert client.post(path).status_code == 405 or client.post(path)["Location"].startswith(
            "/account/sign-in?next="
        )


def test_a_user_without_a_handle_is_asked_for_one(
    client: Client, cast: Cast, pending: Commission, nothing_written: None
) -> None:
    client.force_login(cast.stranger)
    for name in NAMES:
        if name == "create_join":
            continue
        path = address(name, pending)
        assert client.get(path, follow=True).redirect_chain[-1][0] == "/create/join", name
        assert client.post(path).status_code == 405 or client.post(path)["Location"] == "/create/join"


def test_another_creator_finds_nothing_of_mine(client: Client, cast: Cast, pending: Commission) -> None:
    become_creator(cast.stranger, "kang-ujang")
    client.force_login(cast.stranger)
    for name in ("create_link", "create_link_png", "create_link_svg", "create_commission", "create_transfers"):
        assert (name, client.get(address(name, pending)).status_code) == (name, 404)
    for name in ("create_links", "create_commissions", "create_balance"):
        assert pending.link.code not in client.get(address(name, pending)).text


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_in_both_languages(creator: Client, pending: Commission, language: str) -> None:
    creator.cookies["django_language"] = language
    for name in SHOWN:
        page = creator.get(address(name, pending))
        assert (name, page.status_code) == (name, 200)
        assert f'<html lang="{language}">' in page.text
        assert (name, page.text.count("<h1")) == (name, 1)
        assert page["Cache-Control"] == "private, no-store"


def test_unknown_ids_are_not_found(creator: Client, cast: Cast) -> None:
    for path in (f"commissions/{new_id()}", f"balance/{new_id()}", "links/nosuch"):
        assert creator.get(f"/create/{path}").status_code == 404
    assert creator.post(f"/create/programmes/{new_id()}/join").status_code == 404


def test_a_user_becomes_a_creator_once(client: Client, cast: Cast) -> None:
    client.force_login(cast.stranger)
    assert client.get("/create")["Location"] == "/create/join"
    assert client.post("/create/join", {"handle": "@Kang-Ujang", "tax_status": "company"})["Location"] == "/create"
    made = Creator.objects.get(user=cast.stranger)
    assert (made.handle, made.tax_status) == ("kang-ujang", "company")
    assert client.get("/create/join")["Location"] == "/create"
    assert "To get going" in client.get("/create", headers={"accept-language": "en"}).text


@pytest.mark.parametrize("handle", ["ceu-edoh", "lapak", "x", "", "with space", "-dash", "x" * 40])
def test_a_refused_handle_stays_in_its_field(client: Client, cast: Cast, handle: str, nothing_written: None) -> None:
    client.force_login(cast.stranger)
    page = client.post("/create/join", {"handle": handle, "tax_status": "individual"})
    assert page.status_code == 200
    assert f'value="{handle}"' in page.text or not handle
