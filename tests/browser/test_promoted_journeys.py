"""From a creator's link inside TikTok's own browser to their balance: out of the app, into a browser that knows nothing, bought
and paid there, and explained on the creator's page. In real Chromium, on a phone of 360 pixels."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from lapak.affiliates.models import Commission, Creator, Link, Programme
from lapak.cli.demo.browser import IN_TIKTOK
from lapak.cli.demo.market import running_market, wait_for
from lapak.flows.clocks import credit_due_creators
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib.money import format_idr
from lapak.lib.refusal import Refusal
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import Payout
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.books import check_books
from lapak.testing.histories import tracking_number
from lapak.testing.stage import throwaway_stage
from lapak.testing.who_earns.market import Promotion, open_promotion
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.returns.asking import ask_for_return
from tests.browser.phones import any_browser, opened, sticking_out
from tests.browser.street import PHONE_PX, Street, at_gateway, pay_page_of, press, reads, somebody
from tests.browser.test_buy_on_a_phone import add_address, join

pytestmark = pytest.mark.long

SHIRT, COFFEE = 1, 3
"""Of the market's goods: at Rp99.999 in one shop, at Rp50.000 in the other."""


@dataclass(frozen=True)
class Stall:
    """The street, and who promotes what there."""

    street: Street
    promotion: Promotion
    home: Path
    """The market's data folder, where its mails lie."""

    @property
    def creators(self) -> list[Creator]:
        return self.promotion.creators

    def goods(self, number: int) -> Variant:
        return self.promotion.market.variants[number]

    def link(self, creator: Creator, number: int) -> Link:
        """The creator's link to these goods."""
        return next(
            each
            for each in self.promotion.links
            if each.creator_id == creator.id and each.product_id == self.goods(number).product_id
        )

    def won_by(self, rule: str) -> None:
        """As the first shop chooses on its page."""
        Programme.objects.filter(shop=self.goods(SHIRT).product.shop).update(won_by=rule)


@pytest.fixture(scope="module")
def stall(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[Stall]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as until:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # as in conftest
        browser = opened(any_browser(), until, request.config)
        until.enter_context(django_db_blocker.unblock())
        stage = until.enter_context(throwaway_stage())
        promotion = open_promotion()
        for variant, title in zip(
            promotion.market.variants, ("Sarung", "Kemeja Batik", "Luwak", "Kopi Gayo"), strict=True
        ):
            variant.product.title = title
            variant.product.save(update_fields=["title"])
        address = until.enter_context(running_market(stage))
        yield Stall(Street(address, promotion.market.casts[0], browser), promotion, stage.home)


@pytest.fixture(autouse=True)
def _screens_are_closed(stall: Stall) -> Iterator[None]:
    yield
    stall.street.close_screens()


def test_from_tiktok_to_the_balance_and_back(stall: Stall) -> None:
    """And when it goes back after it was paid out, the creator owes it, and their next commission repays it."""
    creator = stall.creators[0]
    way_out = out_of_the_app(stall, [stall.link(creator, SHIRT)], [SHIRT])
    page = stall.street.screen(PHONE_PX)
    page.goto(way_out)
    assert sticking_out(page) == []
    join(page, stall.home, "baru@example.com")
    add_address(page, stall.street.address)
    order = paid(page, "baru@example.com")

    screen = stall.street.screen_of(creator.user, PHONE_PX)
    commission = the_commission(order.lines.get(), creator)
    assert (commission.rate_bp, commission.amount_idr, commission.state) == (1000, 10_000, "pending")
    explained(stall, screen, commission, "Mendapat komisi", "paling lambat", "10%")
    received(stall, order)
    explained(stall, screen, commission, "Siap dibayar")
    paid_out(stall)
    explained(stall, screen, commission, "Dibayar")

    buyer = order.buyer
    came_back(stall, order)
    explained(stall, screen, commission, "Ditarik kembali")
    assert owes_idr(creator) == 9_750
    stall.street.go(screen, "/create/balance")
    reads(screen, format_idr(9_750))

    again = bought(stall, buyer, [stall.link(creator, SHIRT)], [SHIRT])
    received(stall, again)
    assert (owes_idr(creator), balance_idr(AccountKey(AccountKind.CREATOR_PAYABLE, str(creator.id)))) == (0, 0)
    check_books()


@pytest.mark.parametrize(
    ("rule", "shares_bp"), [("first", [10_000, 0, 0]), ("shared", [4_000, 2_000, 4_000])], ids=["first", "shared"]
)
def test_three_creators_whose_links_led_to_it(stall: Stall, rule: str, shares_bp: Sequence[int]) -> None:
    creators = [stall.creators[0], *stall.creators[2:]]
    stall.won_by(rule)
    order = bought(stall, None, [stall.link(creator, SHIRT) for creator in creators], [SHIRT])
    stall.won_by("newest")
    line = order.lines.get()
    parts = {each.creator_id: each.share_bp for each in Commission.objects.filter(line=line)}
    assert [parts.get(creator.id, 0) for creator in creators] == list(shares_bp)
    for creator, share_bp in zip(creators, shares_bp, strict=True):
        screen = stall.street.screen_of(creator.user, PHONE_PX)
        if share_bp:
            explained(
                stall,
                screen,
                the_commission(line, creator),
                "Kreator lain",
                *(["40%", "20%"] if rule == "shared" else []),
            )
    check_books()


def test_a_code_typed_at_the_checkout_takes_nothing_from_a_click(stall: Stall) -> None:
    clicked, sniper = stall.creators[0], stall.creators[2]
    order = bought(stall, None, [stall.link(clicked, SHIRT)], [SHIRT], code=stall.link(sniper, SHIRT).code)
    commission = Commission.objects.get(line=order.lines.get())
    assert commission.creator == clicked
    screen = stall.street.screen_of(clicked.user, PHONE_PX)
    explained(stall, screen, commission, "Kode yang diketik saat memesan", "Klik didahulukan dari kode")
    check_books()


def test_nobody_earns_on_their_own_purchase_and_reads_why(stall: Stall) -> None:
    creator = stall.creators[0]
    order = bought(stall, creator.user, [stall.link(creator, SHIRT)], [SHIRT])
    assert not Commission.objects.filter(line=order.lines.get()).exists()
    screen = stall.street.screen_of(creator.user, PHONE_PX)
    stall.street.go(screen, "/create/commissions/nothing")
    reads(screen, "Pembelian kreator sendiri")
    assert sticking_out(screen) == []
    check_books()


def test_two_creators_and_two_shops_in_one_purchase(stall: Stall) -> None:
    one, other = stall.creators[0], stall.creators[2]
    order = bought(stall, None, [stall.link(other, COFFEE), stall.link(one, SHIRT)], [SHIRT, COFFEE])
    lines = {line.variant_id: line for line in OrderLine.objects.filter(order__purchase=order.purchase)}
    shirt, coffee = (Commission.objects.get(line=lines[stall.goods(n).id]) for n in (SHIRT, COFFEE))
    assert shirt.shop_id != coffee.shop_id
    assert (shirt.creator, shirt.attribution, shirt.amount_idr) == (one, "direct", 10_000)
    assert (coffee.creator, coffee.attribution, coffee.amount_idr) == (other, "direct", 6_665)
    for commission in (shirt, coffee):
        explained(stall, stall.street.screen_of(commission.creator.user, PHONE_PX), commission, "Mendapat komisi")
    check_books()


def out_of_the_app(stall: Stall, links: Sequence[Link], wanted: Sequence[int]) -> str:
    """Inside TikTok's browser the links are followed and the goods put into the cart; answers the address by which it goes on."""
    page = stall.street.screen(PHONE_PX, IN_TIKTOK)
    for link in links:
        page.goto(f"{stall.street.address}/r/{link.code}")
    for number in wanted:
        stall.street.go(page, stall.goods(number).product.path)
        with page.expect_response(lambda answer: "/cart/add" in answer.url):
            press(page, "Beli sekarang" if len(wanted) == 1 else "+ Keranjang")
    if len(wanted) > 1:
        stall.street.go(page, "/cart")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lanjutkan di browser")
    assert sticking_out(page) == []
    intent = page.locator("a[href^='intent://']").get_attribute("href") or ""
    way_out = page.locator(".copy code").inner_text()
    assert way_out.removeprefix("http://") == intent.removeprefix("intent://").partition("#")[0]
    return way_out


def bought(stall: Stall, buyer: User | None, links: Sequence[Link], wanted: Sequence[int], code: str = "") -> Order:
    """As it goes in one's own browser, by somebody who is signed in there and has clicked nothing."""
    buyer = buyer or somebody(f"pembeli-{User.objects.count()}@example.com")
    way_out = out_of_the_app(stall, links, wanted)
    page = stall.street.screen_of(buyer, PHONE_PX)
    page.goto(way_out)
    page.locator("form[action$='/take'] button").click()  # into the cart of somebody who is signed in, as they say
    if len(wanted) > 1:
        page.get_by_role("link", name="Lanjut ke checkout").filter(visible=True).click()
    if code:
        page.locator("input[name=code]").fill(code)
    return paid(page, buyer.email)


def paid(page: Page, email: str) -> Order:
    """At the gateway; the newest order of whoever has this address."""
    press(page, "Pesan dan bayar")
    at_gateway(page, pay_page_of(page), "/confirm?lang")
    page.wait_for_url(re.compile("/orders"), timeout=60_000)
    return Order.objects.filter(buyer__email=email).select_related("buyer").latest("placed_at")


def received(stall: Stall, order: Order) -> None:
    """Packed, shipped, and the buyer says that all is well: its money goes to whom it belongs, by us or the market's worker."""
    seller = stall.promotion.market.seller_of(order)
    pack_order(seller, order.id)
    ship_order(seller, order.id, tracking_number())
    deliver_order(None, order.id)
    confirm_receipt(order.buyer, order.id)

    def is_credited() -> bool:
        credit_due_creators()
        return not Commission.objects.filter(order_id=order.id, state="pending").exists()

    wait_for(is_credited, "the commission")


def paid_out(stall: Stall) -> None:
    """Everything owed to creators has arrived; the market's worker may have heard of it first. A shop that names no bank account
    waits, and for as long its buyers may report faults that show later."""
    Shop.objects.update(bank_account=None)
    send_due_payouts(stall.promotion.market.operator, "sandbox")

    def have_arrived() -> bool:
        for payout in Payout.objects.filter(status="sent"):
            with suppress(Refusal):
                confirm_payout(None, payout.id)
        return not Payout.objects.exclude(status="confirmed").exists()

    wait_for(have_arrived, "the payouts")


def came_back(stall: Stall, order: Order) -> None:
    """The shop lets the buyer keep what is broken, and gives the money back."""
    pieces = {line.id: line.quantity for line in order.lines.all()}
    return_ = ask_for_return(
        order.buyer, order.id, quantities=pieces, reason="faulty", words="Jahitannya lepas.", goods_come_back=False
    )
    approve_return(stall.promotion.market.seller_of(return_), return_.id)


def the_commission(line: OrderLine, creator: Creator) -> Commission:
    return Commission.objects.get(line=line, creator=creator)


def explained(stall: Stall, screen: Page, commission: Commission, *words: str) -> None:
    """The creator's page of it says this, and who was looked at."""
    stall.street.go(screen, f"/create/commissions/{commission.id}")
    reads(screen, "Siapa yang mendapat komisi, dan mengapa")
    for each in words:
        reads(screen, each)
    assert sticking_out(screen) == []


def owes_idr(creator: Creator) -> int:
    return balance_idr(AccountKey(AccountKind.CREATOR_RECEIVABLE, str(creator.id)))
