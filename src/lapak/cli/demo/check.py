"""`lapak demo --check`: the whole main job, driven through HTTP by its people, and what the database says afterwards."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Count, F, Sum

from lapak.affiliates.models import Commission
from lapak.books.findings import look_through_books
from lapak.cli.demo.aftermath import late_payment, order_by_jne, pay, return_with_its_way_back, ship
from lapak.cli.demo.browser import IN_TIKTOK, Browser, Lost
from lapak.cli.demo.cast import OPERATOR, PASSWORD, SHOP_SLUG, example_files, give_operator_app, make_people
from lapak.cli.demo.market import running_market, wait_for
from lapak.cli.screen import err, plain
from lapak.goods.catalogue.models import Product, ProductImage, Stock, Variant
from lapak.goods.catalogue.on_sale import variants_on_sale
from lapak.money.gateways.models import GatewayMessage
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.payouts.models import Payout
from lapak.people.users.models import User
from lapak.people.users.second_factors import code_of
from lapak.testing.joining import code_in_folder
from lapak.testing.stage import Stage, throwaway_stage
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import transfers_of_order

PRICE_IDR = 100_000
"""The worked example's goods (docs/concepts/money.md): the seller sets this price before anyone buys."""

BUDI = "budi.baru@lapak.test"


def check_main_job() -> None:
    """Files in, link, purchase, payment, parcel, settlement, payouts; the last line says how the money was split."""
    started = time.monotonic()
    with throwaway_stage() as stage:
        _tell("a fresh database, and its people", started)
        shop = make_people()
        _move_in(stage)
        moved_in = _goods_of_shop()
        _tell(f"moved in: {moved_in}", started)
        with running_market(stage) as address:
            variant = _product_to_sell()
            _seller_sets_the_price(address, variant)
            link = _creator_makes_a_link(address, variant.product_id)
            _tell(f"the creator's link: {link}", started)
            order_id = _buyer_follows_the_link_and_pays(address, link, stage.home)
            _tell("bought and paid", started)
            _seller_ships(address, order_id)
            _buyer_confirms(address, order_id)
            _tell("shipped, received, settled", started)
            _operator_pays_out(address)
            _tell("paid out", started)
            wait_for(lambda: _late_duplicates() >= 3, "the gateway's repeated messages")
            late_duplicates = _late_duplicates()
            sign_ins = (lambda: _buyer(address)), (lambda: _signed_in(address, "sekar@lapak.test"))
            returned = return_with_its_way_back(variant, *sign_ins)
            _tell("returned, and the way back paid", started)
            paid_late = late_payment(variant, sign_ins[0])
            _tell("paid late, and refunded", started)
        second = _move_in(stage)
        order = Order.objects.get(id=order_id)
        books = look_through_books()
        summary = {
            "moved_in": moved_in,
            "split": _split(order),
            "second_move_in_changed": sum(second[kind]["created"] + second[kind]["changed"] for kind in moved_in),
            "late_duplicate_webhooks": late_duplicates,
            "return": returned,
            "late_payment": paid_late,
            "check_books": {"checked": books.checked, "differences": books.differences},
            "books_balanced": not books.differences,
        }
        _tell(f"checked; shop {shop.slug}", started)
    print(json.dumps(summary, separators=(",", ":")))
    if books.differences:
        raise SystemExit("; ".join(f"{each.says}: {each}" for each in books.shown))


def _tell(what: str, started: float) -> None:
    err.print(f"[dim]{time.monotonic() - started:5.1f} s[/]  {plain(what)}", highlight=False)


def _move_in(stage: Stage) -> dict[str, Any]:
    """As the seller does it; answers the counts of what was done."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "lapak",
        "move-in",
        *map(str, example_files()),
        "--shop",
        SHOP_SLUG,
        "--json",
    ]
    finished = subprocess.run(command, env=stage.env, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    if finished.returncode:
        raise Lost(finished.stderr.strip())
    counts: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])["result"]
    return counts


def _goods_of_shop() -> dict[str, int]:
    return {
        "products": Product.objects.count(),
        "skus": Variant.objects.count(),
        "stock": Stock.objects.aggregate(Sum("on_hand"))["on_hand__sum"],
        "images": ProductImage.objects.values("image").distinct().count(),
    }


def _signed_in(address: str, email: str) -> Browser:
    return Browser(address).open("/account/sign-in").submit("/account/sign-in", {"login": email, "password": PASSWORD})


def _product_to_sell() -> Variant:
    """The one variant of a product on sale, in stock, whose parcel costs one kilogram."""
    return (
        variants_on_sale()
        .select_related("product")
        .annotate(variants=Count("product__variants"))
        .filter(variants=1, product__charged_weight_g__lte=1000, stock__on_hand__gte=10)
        .order_by("product__title")[0]
    )


def _seller_sets_the_price(address: str, variant: Variant) -> None:
    with _signed_in(address, "sekar@lapak.test") as seller:
        seller.open(f"/sell/{SHOP_SLUG}/products/{variant.product_id}")
        seller.submit(f"/variants/{variant.id}", {"price_idr": str(PRICE_IDR)})


def _creator_makes_a_link(address: str, product_id: UUID) -> str:
    with _signed_in(address, "ceu-edoh@lapak.test") as creator:
        creator.open("/create/links/new").submit(
            "/create/links/new", {"target": f"product:{product_id}", "label": "tiktok"}
        )
        return creator.find(r"(/r/[0-9a-z]{7})\b")


def _buyer_follows_the_link_and_pays(address: str, link: str, home: Path) -> str:
    """The click inside TikTok's browser, the purchase in the phone's own; answers the order's id."""
    with Browser(address, user_agent=IN_TIKTOK) as in_app:
        in_app.open(link)
        landing = urlsplit(str(in_app.page.url))
    with Browser(address) as buyer:
        buyer.open(f"{landing.path}?{landing.query}")
        buyer.open("/account/join").submit(
            "/account/join", {"name": "Budi Baru", "email": BUDI, "password1": "batik-untuk-ibu-7"}
        )
        wait_for(lambda: bool(code_in_folder(home, BUDI)), "the mail with the code")
        buyer.submit("/account/join/code", {"code": code_in_folder(home, BUDI)})
        buyer.open("/account/addresses/new").submit("/account/addresses/new", _ADDRESS)
        buyer.open(f"{landing.path}?{landing.query}").submit("/cart/add", {"quantity": "1"})
        order_by_jne(buyer)
        purchase_page = str(buyer.page.url)
        buyer.reload_until(lambda text: "/qris.png" in text)  # the code comes by a job
        pay(buyer.find(r'href="(http://[^"]+/pay/[^"]+)"'), "confirm")
        buyer.open(purchase_page).reload_until(lambda _: "/orders/" in str(buyer.page.url))
        return str(buyer.page.url).rsplit("/", 1)[-1]


_ADDRESS = {
    "recipient": "Budi Baru",
    "phone": "0812-3456-7890",
    "street": "Jl. Kenanga 7, RT 3/RW 2",
    "district": "Tebet",
    "city": "Jakarta Selatan",
    "province_code": "31",
    "postal_code": "12810",
}


def _seller_ships(address: str, order_id: str) -> None:
    with _signed_in(address, "sekar@lapak.test") as seller:
        ship(seller, Order.objects.get(id=order_id), "JX2053068950")


def _buyer(address: str) -> Browser:
    """The buyer who joined, signed in again."""
    return (
        Browser(address)
        .open("/account/sign-in")
        .submit("/account/sign-in", {"login": BUDI, "password": "batik-untuk-ibu-7"})
    )


def _buyer_confirms(address: str, order_id: str) -> None:
    with _buyer(address) as buyer:
        buyer.open(f"/orders/{order_id}").submit(f"/orders/{order_id}/received")


def _operator_pays_out(address: str) -> None:
    """The run that the clock does every working day; the gateway reports that the money has arrived."""
    give_operator_app()
    with _signed_in(address, OPERATOR) as operator:
        code = code_of(User.objects.get(email=OPERATOR))
        operator.submit("/account/two-factors/enter", {"code": str(code)})
        desk = operator.open("/staff/payout-desk").submit("/staff/payout-desk/send", {"provider": "sandbox"})
        desk.submit("/staff/payout-desk/send")  # yes
    wait_for(lambda: Payout.objects.exists() and not Payout.objects.exclude(status="confirmed").exists(), "the payouts")
    wait_for(lambda: Commission.objects.filter(state="paid").exists(), "the paid commission")


def _late_duplicates() -> int:
    """How often the payment was reported again after it had been kept."""
    paid = GatewayMessage.objects.filter(kind="charge.paid")
    return int(paid.aggregate(again=Sum(F("times_received") - 1))["again"] or 0)


def _split(order: Order) -> dict[str, int]:
    """What each side got of this order, after what it gave on: from the transfers alone."""
    transfers = transfers_of_order(order)
    return {
        "gateway_fee_idr": _net(transfers, AccountKind.GATEWAY_FEE),
        "courier_idr": _net(transfers, AccountKind.COURIER_PAYABLE),
        "seller_idr": _net(transfers, AccountKind.SELLER_PAYABLE),
        "creator_idr": _net(transfers, AccountKind.CREATOR_PAYABLE),
        "platform_fee_idr": _net(transfers, AccountKind.PLATFORM_FEE),
        "tax_vat_idr": _net(transfers, AccountKind.TAX_VAT),
        "tax_pph21_idr": _net(transfers, AccountKind.TAX_PPH21),
    }


def _net(transfers: list[Transfer], kind: AccountKind) -> int:
    came = sum(t.amount_idr for t in transfers if t.credit_account.kind == kind)
    went = sum(t.amount_idr for t in transfers if t.debit_account.kind == kind)
    return went - came if kind.is_debit_normal else came - went
