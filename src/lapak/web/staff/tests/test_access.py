"""The operator's site is for the staff, shows every table, and changes nothing by itself."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.models import Commission
from lapak.flows.pay_out import send_due_payouts
from lapak.goods.catalogue.commands import set_variant_price
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.models import GatewayMessage
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Dispute
from lapak.money.payments.refunds import owe_refund
from lapak.money.remittances.commands import remit
from lapak.moving.feeds_out import open_feed
from lapak.moving.models import Takeout, Upload
from lapak.people.notices.commands import write_mail
from lapak.people.users.models import User
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as, stocked_variant
from lapak.testing.crowd import many_commissions, many_links, many_orders, many_settled
from lapak.testing.samples import asked_sample
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.trade.shipping.models import Parcel, Rate, Service

EXPECTED = {
    "users.user", "shops.shop", "catalogue.product", "catalogue.category", "orders.purchase", "orders.order",
    "returns.return", "payments.paymentintent", "payments.refund", "payments.dispute", "gateways.gatewaymessage",
    "ledger.account", "ledger.transfer",
    "payouts.payout", "payouts.payoutbatch", "remittances.remittance",
    "affiliates.creator", "affiliates.programme", "affiliates.link",
    "affiliates.commission", "shipping.service", "shipping.rate", "shipping.parcel", "procrastinate.procrastinatejob",
    "moving.feed", "moving.takeout", "moving.upload", "notices.mail", "audit.change", "samples.sample",
}  # fmt: skip


def models() -> list[type[Model]]:
    return list(admin.site._registry)


def page(model: type[Model], act: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


def own_pages(settled: Order) -> list[str]:
    """Every page that is not a table's."""
    some_id = settled.id
    return [
        "/staff/",
        "/staff/payout-desk",
        f"/staff/payout-desk/{some_id}/file",
        "/staff/house-desk",
        "/staff/return-desk",
        f"/staff/return-desk/{some_id}",
        f"/staff/return-desk/parcels/{some_id}",
        "/staff/search/",
        "/staff/jsi18n/",
    ]


def test_these_tables_are_shown_and_no_others() -> None:
    assert {model._meta.label_lower for model in models()} == EXPECTED


@pytest.fixture
def notification(settled: Order) -> GatewayMessage:
    return record_message("sandbox", "evt_1", "charge.paid", {"reference": "?"})[0]


@pytest.fixture
def upload(cast: Cast) -> Upload:
    now = clock.now()
    return Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="id", file_names=["moving/x/0/a.xlsx"], given_at=now, touched_at=now
    )


@pytest.mark.unsound_books  # a row of each table, however it came about
def test_every_table_and_row_can_be_looked_at(
    operator: Client,
    settled: Order,
    returned: Return,
    notification: GatewayMessage,
    upload: Upload,
    refunded_before: Dispute,
    cast: Cast,
) -> None:
    set_variant_price(settled.shop.members.get().user, settled.lines.get().variant_id, 90_000)
    owe_refund(buyer_id=settled.buyer_id, amount_idr=1, reason="", order_id=settled.id)
    write_mail(to="buyer@example.com", subject="Hello", text="")
    Takeout.objects.create(shop=settled.shop, by=settled.buyer, platform="lapak", language="id", asked_at=clock.now())
    open_feed(settled.shop.members.get().user, settled.shop, "google_rss", "id")
    send_due_payouts(None, "bank_file")
    courier = AccountKey(AccountKind.COURIER_PAYABLE, "jne").id
    remit(User.objects.get(is_staff=True), courier, 15_000, reference="B1", paid_on=clock.now().date())
    asked_sample(cast, stocked_variant(cast.shop))
    for model in models():
        assert (model, operator.get(page(model, "changelist")).status_code) == (model, 200)
        row = model._default_manager.first()
        assert row is not None, model
        assert (model, operator.get(page(model, "change", row.pk)).status_code) == (model, 200)


def test_tables_speak_as_people_do(operator: Client, settled: Order) -> None:
    """No ids where there is a name or a number, no codes where there are words, and moments say whose clock they are on."""
    transfers = operator.get(page(Transfer, "changelist")).text
    assert settled.shop.name in transfers
    assert "goods settled" in transfers
    assert "order_escrow" not in transfers
    assert settled.number in operator.get(page(Parcel, "changelist")).text
    assert f"{settled.placed_at.astimezone(clock.WIB):%H.%M} WIB" in operator.get(page(Order, "changelist")).text
    assert "JNE Reguler: Java → Sumatra" in operator.get(page(Rate, "changelist")).text
    assert "10%" in operator.get(page(Commission, "changelist")).text
    change = operator.get(page(Commission, "change", Commission.objects.get().pk)).text
    assert settled.number in change
    assert "Since when its money is set apart" not in change  # the model says so to those who write code


def test_nothing_can_be_added_changed_or_deleted(
    operator: Client, settled: Order, returned: Return, notification: GatewayMessage, nothing_written: None
) -> None:
    for model in set(models()) - {Rate, Service}:
        row = model._default_manager.first()
        if row is None:
            continue
        for act, args in (("add", ()), ("change", (row.pk,)), ("delete", (row.pk,))):
            answer = operator.post(page(model, act, *args), {"post": "yes"})
            assert (model, act, answer.status_code) == (model, act, 403)


def test_a_stranger_finds_nothing_and_a_visitor_signs_in(client: Client, cast: Cast, settled: Order) -> None:
    paths = own_pages(settled) + [page(model, "changelist") for model in models()]
    for path in paths:
        assert client.get(path)["Location"].startswith("/account/sign-in?next=/staff/")
    for person in (cast.stranger, cast.seller, cast.creator_user):
        client.force_login(person)
        for path in paths:
            assert (path, client.get(path).status_code) == (path, 404)
            assert client.post(path).status_code in {404, 405}


def test_there_is_one_way_to_sign_in_and_out(client: Client, operator: Client) -> None:
    assert Client().get("/staff/login/")["Location"].startswith("/account/sign-in")
    assert operator.get("/staff/logout/")["Location"] == "/account/sign-out"


def test_staff_without_every_right_may_look_too(client: Client, cast: Cast, settled: Order) -> None:
    client.force_login(operator_as(OperatorRole.SUPPORT))
    assert client.get(page(Order, "change", settled.id)).status_code == 200


def test_only_these_pages_have_the_looser_policy(operator: Client, settled: Order) -> None:
    policy = operator.get("/staff/")["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    assert "http" not in policy.replace("https", "")
    for path in ("/account", "/sell", "/staff/style"):
        assert "unsafe" not in operator.get(path)["Content-Security-Policy"]


@pytest.mark.unsound_books
def test_long_tables_cost_no_more_than_short_ones(
    operator: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    variant: Variant = stocked_variant(cast.shop)
    orders = many_orders(cast, variant, 220)
    many_settled(cast.shop, 120)
    links = many_links(cast.creator, variant.product, 220)
    many_commissions(cast, links[0], orders)
    for model in models():
        with django_assert_max_num_queries(13):
            operator.get(page(model, "changelist"))
