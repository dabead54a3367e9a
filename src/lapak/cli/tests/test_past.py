"""The example market's past: lived through by its people and its partner, so that everything in it agrees."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from lapak.affiliates.clicks.models import Click, DayKey
from lapak.affiliates.models import Commission
from lapak.cli.demo import past
from lapak.cli.demo.cast import SHOP_SLUG, SIGN_INS, make_links, make_people
from lapak.flows.compare_statement import compare_all_statements
from lapak.lib import clock
from lapak.money.gateways.models import StatementDifference
from lapak.money.payouts.models import Payout
from lapak.people.users.models import User
from lapak.testing.cast import stocked_variant
from lapak.testing.gateway import running_gateway
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.returns.models import Return

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

AFTER_PAYOUTS = datetime(2026, 11, 27, 10, tzinfo=clock.WIB)
"""A Friday: what was sent at eight has been on its way for longer than a statement waits for."""

FIRST_PAGES = {
    "buyer": ["/orders", "/orders?state=done", "/notices", "/complaints"],
    "seller": [
        f"/sell/{SHOP_SLUG}{page}"
        for page in (
            "",
            "/orders",
            "/returns",
            "/complaints",
            "/balance",
            "/balance/commissions",
            "/reviews",
            "/creators/posts",
            "/creators/posts?state=handed_in",
            "/creators/posts?state=approved",
            "/creators/posts/offers",
        )
    ]
    + ["/notices"],
    "creator": [
        "/create",
        "/create/discover",
        "/create/links",
        "/create/commissions",
        "/create/balance",
        "/create/posts",
        "/create/posts/offers",
        "/notices",
    ],
    "operator": [
        "/staff/",
        "/staff/payout-desk",
        "/staff/review-desk",
        "/staff/post-desk",
        "/staff/complaint-desk",
        "/notices",
    ],
}
"""What those who try the example market open first."""

NOTHING_YET = (
    'class="empty"',
    "Nothing was sold on these days",
    "No clicks yet",
    "it shows here within a moment",
    "Nothing yet",
    "Nobody has written one yet",
    "No post waits for you",
    "No complaint waits for you",
    "Nobody has complained",
)
"""How these pages say that there is nothing to see."""


@clock.stopped_at(AFTER_PAYOUTS)
def test_everything_in_it_agrees(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(past, "ORDERS", 12)
    with clock.stopped_at(clock.now() - past.LASTED):
        shop = make_people()
        for _ in range(3):
            stocked_variant(shop, on_hand=90)
        make_links(shop)
    past.give_past(shop)
    orders = Order.objects.all()
    assert {State.TO_PACK, State.COMPLETED, State.CANCELLED, State.REFUNDED} <= {State(order.state) for order in orders}
    assert all(order.placed_at <= clock.now() for order in orders)
    assert Return.objects.filter(state="asked").count() == 1
    assert Payout.objects.filter(status="confirmed").exists()
    assert Commission.objects.filter(state="paid").exists()
    assert Click.objects.filter(clicked_at__lt=clock.now() - timedelta(days=20)).exists()
    assert not Click.objects.filter(clicked_at__gt=clock.now()).exists()
    assert not DayKey.objects.filter(day__lt=clock.today() - timedelta(days=1)).exists()

    keys = {"api_key": settings.SANDBOX_API_KEY, "secret": settings.SANDBOX_WEBHOOK_SECRET}
    with running_gateway(tmp_path / "sandbox_gateway.sqlite3", merchant_webhook="http://127.0.0.1:9/", **keys) as url:
        settings.SANDBOX_URL = url
        with clock.stopped_at(AFTER_PAYOUTS + timedelta(minutes=1)):
            compare_all_statements()
    assert list(StatementDifference.objects.all()) == []

    assert empty_pages() == []

    past.give_past(shop)
    assert Order.objects.count() == len(orders)


def empty_pages() -> list[str]:
    """The first pages of those who can sign in on which there is nothing to see."""
    found = []
    for role, path in [(role, path) for role, paths in FIRST_PAGES.items() for path in paths]:
        client = Client(headers={"accept-language": "en"})
        client.force_login(somebody(role))
        answer = client.get(path)
        assert answer.status_code == 200, path
        found += [f"{role} at {path}: {words}" for words in NOTHING_YET if words in answer.text]
    return found


def somebody(role: str) -> User:
    """Who signs in so; of the creators one who earned: in so short a past chance says which of them do."""
    if role == "creator":
        return Commission.objects.select_related("creator__user").earliest("id").creator.user
    return User.objects.get(email=next(each.email for each in SIGN_INS if each.role == role))
