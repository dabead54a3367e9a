"""The market's last weeks, before it opens here: every order by the acts of its people and its partner, the clock moved.

Each life is a generator that says until when it waits, and then does what comes next. So all of them go on in the order of
time: the orders, the clicks on the creators' links, and the market's own day with its clocks, payouts and questions to the
partner, which is the stand-in gateway itself, its clock moved along.
"""

import heapq
import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from lapak.affiliates.clicks.commands import forget_visitors, keep_click_months
from lapak.affiliates.clicks.models import Click
from lapak.affiliates.clicks.storing import store_clicks
from lapak.affiliates.discovery.commands import list_promotable_goods
from lapak.affiliates.models import Link
from lapak.affiliates.profiles.results import COUNTED_AT_ONCE, count_all_results
from lapak.affiliates.token import ClickToken
from lapak.cli.demo.cast import make_neighbours
from lapak.cli.demo.paid_posts import lives_of_paid_posts
from lapak.cli.screen import err
from lapak.flows.ask_provider import ask_about_payment
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.pay_out import run_payouts_of_the_day
from lapak.flows.place_purchase import place_purchase
from lapak.flows.refund_return import accept_return, approve_return
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tell_people.logs import tell_of_events
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.on_sale import variants_on_sale
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.commands import take_snapshots
from lapak.money.payments.commands import issue_qris
from lapak.money.payments.models import PaymentIntent
from lapak.people.notices.commands import let_rest
from lapak.people.shops.models import Member, Shop
from lapak.people.users.models import Address, User
from lapak.testing.clicks import click_row
from lapak.testing.gateway import running_gateway
from lapak.trade.complaints.commands import (
    accept_shops_answer,
    answer_complaint_for_shop,
    lodge_complaint,
    take_complaint_to_lapak,
)
from lapak.trade.orders.asked import AskedLine, AskedOrder, AskedPurchase
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import ask_for_return, escalate_return
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.sending import receive_return, send_back
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.writing import write_review
from lapak.trade.shipping.queries import shipping_quotes

WEEKS = timedelta(days=28)
LASTED = WEEKS + timedelta(days=1)
"""So long ago the shop opened and its creators made their links; the orders are of the weeks since."""

ORDERS = 56
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

NIGHT_WIB, PAYOUTS_WIB = 2, 8
"""Hours of the day at which the market looks at its clocks."""

PATIENCE_S = 60
"""The gateway sends what fell due before it says that its clock was moved: on a busy machine that takes a while."""

Life = Iterator[datetime]
"""The moments at which it goes on."""

OPINIONS = (
    (5, "Bahannya adem dan jahitannya rapi. Warnanya persis seperti di foto."),
    (5, "Pesanan kedua, tetap memuaskan. Pengemasannya aman."),
    (5, ""),
    (5, "Cepat sampai, barangnya bagus. Terima kasih!"),
    (4, "Bagus, hanya ukurannya sedikit lebih besar dari perkiraan saya."),
    (4, "Sesuai deskripsi. Kirimannya agak lama, tetapi barangnya baik."),
    (3, "Lumayan untuk harganya. Ada benang yang lepas di ujung."),
    (2, "Warnanya lebih gelap daripada di foto."),
)
"""Stars and words: as people are, mostly content."""

ANSWER_GLAD = "Terima kasih, Kak! Senang sekali barangnya cocok."
ANSWER_SORRY = "Mohon maaf belum sesuai harapan. Masukannya kami teruskan ke bagian produksi, terima kasih."


@dataclass(frozen=True, slots=True)
class Partner:
    """The stand-in gateway, as who pays and who plays with its clock sees it."""

    http: httpx.Client

    def move(self, moment: datetime) -> None:
        """Its clock stands at that moment."""
        key = {"Authorization": f"Bearer {settings.SANDBOX_API_KEY}"}
        self.http.post("/v1/clock", json={"stopped_at": moment.isoformat()}, headers=key).raise_for_status()

    def pay(self, intent: PaymentIntent) -> None:
        """The buyer's bank pays."""
        self.http.post(f"{intent.instructions['pay_url']}/confirm").raise_for_status()


@dataclass(frozen=True, slots=True)
class Street:
    """Who and what is there."""

    shop: Shop
    seller: User
    buyers: Sequence[User]
    goods: Sequence[Variant]
    links: Sequence[Link]
    partner: Partner
    chance: random.Random


def give_past(shop: Shop) -> None:
    """Weeks of clicks, and orders in every state; nothing where there are orders already."""
    if Order.objects.filter(shop=shop).exists():
        return
    err.print("Living through the market's last four weeks …")
    _without_waiting_for_the_disk()
    now = clock.now()
    state = settings.HOME / "sandbox_gateway.sqlite3"
    keys = {"api_key": settings.SANDBOX_API_KEY, "secret": settings.SANDBOX_WEBHOOK_SECRET}
    keep_click_months()
    _begin_telling(now - WEEKS)
    with (
        running_gateway(state, merchant_webhook="http://127.0.0.1:9/", **keys) as gateway,
        override_settings(SANDBOX_URL=gateway),
        httpx.Client(base_url=gateway, follow_redirects=True, trust_env=False, timeout=PATIENCE_S) as http,
    ):
        street = _street(shop, Partner(http))
        posts = lives_of_paid_posts(street.seller, shop, [each.product for each in street.goods], now)
        _live([_days(now - WEEKS), _followed(street, now), *_orders(street, now), *posts], street.partner, until=now)
    tell_of_events()
    let_rest(until=now - 2 * DAY)
    list_what_nights_list()


def list_what_nights_list() -> None:
    """Goods to promote, and what creators brought lately: a creator who looks on the first day finds them."""
    list_promotable_goods()
    while count_all_results() == COUNTED_AT_ONCE:
        pass


def _begin_telling(moment: datetime) -> None:
    with clock.stopped_at(moment):
        tell_of_events()
        tell_of_deadlines()


def _without_waiting_for_the_disk() -> None:
    """Who pulls the plug meanwhile loses the last second of an invented past."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _live(lives: Sequence[Life], partner: Partner, *, until: datetime) -> None:
    """Each goes on at the moment it waits for, in the order of time."""
    waiting = [(next(life), place, life) for place, life in enumerate(lives)]
    heapq.heapify(waiting)
    while waiting and waiting[0][0] <= until:
        moment, place, life = heapq.heappop(waiting)
        partner.move(moment)
        with clock.stopped_at(moment):
            goes_on_at = next(life, None)
        if goes_on_at:
            heapq.heappush(waiting, (max(goes_on_at, moment), place, life))
    partner.move(until)
    with clock.stopped_at(until):
        speak_to_partners(0)  # what was sent since the market's day last asked has arrived by now


def _days(first: datetime) -> Life:
    """The market's own: clocks that ran out, questions to the partner, payouts, the night's snapshot."""
    midnight = first.astimezone(clock.WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        for hour in (NIGHT_WIB, PAYOUTS_WIB):
            yield midnight + hour * HOUR
            run_due_clocks()
            credit_due_creators()
            run_payouts_of_the_day()
            speak_to_partners(0)
            tell_of_events()
            tell_of_deadlines()
            if hour == NIGHT_WIB:
                take_snapshots()
                forget_visitors()
        midnight += DAY


def _orders(street: Street, now: datetime) -> list[Life]:
    """More of them the nearer it is; the last ones of each kind stand where they are now."""
    chance = street.chance
    past = [now - WEEKS * (1 - chance.random() ** 0.7) for _ in range(ORDERS)]
    usual = [_order(street, _in_the_day(at, chance)) for at in past]
    special = [
        _unpaid(street, now - 9 * DAY),
        _called_off(street, now - 6 * DAY),
        _sent_back(street, now - 20 * DAY),
        _sent_back(street, now - 5 * DAY, until="asked"),
        _sent_back(street, now - 7 * DAY, until="escalated"),
        _complained(street, now - 16 * DAY, until="settled"),
        _complained(street, now - 5 * DAY, until="asked"),
        _complained(street, now - 8 * DAY, until="with Lapak"),
        _order(street, now - 4 * HOUR),
        _order(street, now - 3 * HOUR),
        _unpaid(street, now - 4 * MINUTE),
    ]
    return usual + special


def _in_the_day(moment: datetime, chance: random.Random) -> datetime:
    """People are awake."""
    local = moment.astimezone(clock.WIB)
    return local.replace(hour=chance.randint(7, 21), minute=chance.randint(0, 59))


def _order(street: Street, at: datetime) -> Life:
    """Paid, packed, sent, there; two of three buyers say so, of the others the clock does."""
    chance = street.chance
    yield at
    intent = _place(street)
    yield clock.now() + 7 * MINUTE
    order = _pay(street, intent)
    yield clock.now() + chance.uniform(4, 20) * HOUR
    pack_order(street.seller, order.id)
    yield clock.now() + chance.uniform(2, 10) * HOUR
    ship_order(street.seller, order.id, f"JX{new_id().int % 10**10:010d}")
    yield clock.now() + chance.uniform(1.5, 4) * DAY
    deliver_order(None, order.id)
    if chance.random() < 0.66:
        yield clock.now() + chance.uniform(0.2, 3) * DAY
        confirm_receipt(order.purchase.buyer, order.id)
        yield from _reviewed(street, order)


def _reviewed(street: Street, order: Order) -> Life:
    """Two of three say what they think of it; of those the shop answers every other one."""
    chance = street.chance
    if chance.random() > 0.67:
        return
    yield clock.now() + chance.uniform(0.5, 30) * HOUR
    stars, words = chance.choice(OPINIONS)
    review = write_review(order.purchase.buyer, order.lines.earliest("id").id, stars=stars, words=words)
    if chance.random() < 0.5:
        yield clock.now() + chance.uniform(1, 20) * HOUR
        answer_review(street.seller, review.id, ANSWER_GLAD if stars > 3 else ANSWER_SORRY)


def _unpaid(street: Street, at: datetime) -> Life:
    """Ordered, and not paid: the clock takes it back."""
    yield at
    _place(street)


def _called_off(street: Street, at: datetime) -> Life:
    yield at
    intent = _place(street)
    yield clock.now() + 5 * MINUTE
    order = _pay(street, intent)
    yield clock.now() + 2 * HOUR
    cancel_paid_order(order.purchase.buyer, order.id, "Salah pilih ukuran.")


def _sent_back(street: Street, at: datetime, *, until: str = "refunded") -> Life:
    """A piece arrives damaged; its return is asked for, and agreed, sent and refunded, or declined and left to the operator."""
    order = yield from _arrived(street, at)
    buyer = order.purchase.buyer
    return_ = ask_for_return(
        buyer,
        order.id,
        quantities={line.id: line.quantity for line in order.lines.all()},
        reason="damaged",
        words="Jahitan di bahu kirinya lepas.",
        goods_come_back=True,
    )
    if until == "asked":
        return
    yield clock.now() + 5 * HOUR
    if until == "escalated":
        decline_return(street.seller, return_.id, "Jahitannya utuh waktu kami kirim.")
        yield clock.now() + DAY
        escalate_return(buyer, return_.id, "Lepasnya sudah sejak paket saya buka.")
        return
    approve_return(street.seller, return_.id)
    yield clock.now() + DAY
    send_back(buyer, return_.id, "JNE", f"JX{new_id().int % 10**10:010d}")
    yield clock.now() + 3 * DAY
    receive_return(street.seller, return_.id)
    accept_return(street.seller, return_.id)


def _complained(street: Street, at: datetime, *, until: str) -> Life:
    """Something else is wrong; the shop has yet to answer, settles it, or leaves it to the operator."""
    order = yield from _arrived(street, at)
    buyer = order.purchase.buyer
    complaint = lodge_complaint(
        buyer, topic="goods", words="Warnanya lebih pucat daripada di foto. Bisa ditukar?", order_id=order.id
    )
    if until == "asked":
        return
    yield clock.now() + 7 * HOUR
    answer_complaint_for_shop(street.seller, complaint.id, "Maaf, Kak. Kami kirim penggantinya besok tanpa ongkir.")
    yield clock.now() + DAY
    if until == "settled":
        accept_shops_answer(buyer, complaint.id)
    else:
        take_complaint_to_lapak(buyer, complaint.id, "Sudah lewat sehari, penggantinya belum dikirim.")


def _arrived(street: Street, at: datetime) -> Generator[datetime, None, Order]:
    """Bought, paid, sent, and a day there."""
    yield at
    intent = _place(street)
    yield clock.now() + 5 * MINUTE
    order = _pay(street, intent)
    yield clock.now() + 10 * HOUR
    pack_order(street.seller, order.id)
    ship_order(street.seller, order.id, f"JX{new_id().int % 10**10:010d}")
    yield clock.now() + 3 * DAY
    deliver_order(None, order.id)
    yield clock.now() + DAY
    return order


def _place(street: Street) -> PaymentIntent:
    """One of the buyers orders one or two pieces, two of five after a creator's link; the code to pay is there."""
    chance = street.chance
    buyer, variant, now = chance.choice(street.buyers), chance.choice(street.goods), clock.now()
    address = Address.objects.get(user=buyer)
    quantity = chance.choice((1, 1, 1, 2))
    quotes = shipping_quotes(
        street.shop.province_code, address.province_code, variant.product.charged_weight_g * quantity
    )
    quote = min(quotes, key=lambda quote: quote.price_idr)
    line = AskedLine(variant.id, quantity, variant.price_idr)
    order = AskedOrder(street.shop.id, quote.service_code, quote.price_idr, (line,))
    link = chance.choice(street.links) if chance.random() < 0.4 else None
    clicks = [ClickToken(link.id, new_id(), now - chance.uniform(0.1, 40) * HOUR)] if link else []
    purchase_id = place_purchase(buyer.pk, AskedPurchase(new_id(), address.id, (order,)), clicks)
    return issue_qris(PaymentIntent.objects.get(pays_for=purchase_id).id)


def _pay(street: Street, intent: PaymentIntent) -> Order:
    """The gateway is asked at once."""
    street.partner.pay(intent)
    ask_about_payment(intent.id)
    return Order.objects.select_related("purchase__buyer").get(purchase_id=intent.pays_for)


def _followed(street: Street, now: datetime) -> Life:
    """Each day some hundred clicks, more on some links than on others; some people come again."""
    chance, devices = street.chance, [Click.Device.PHONE] * 8 + [Click.Device.COMPUTER, Click.Device.BOT]
    day = now - WEEKS
    while True:
        yield day
        clicks = [
            click_row(
                link,
                moment,
                device=chance.choice(devices),
                is_in_app=chance.random() < 0.6,
                visitor=f"visitor {chance.randrange(60)}",
                chance=chance,
            )
            for place, link in enumerate(street.links)
            for _ in range(chance.randint(5, 60) // (1 + place % 3))
            if (moment := day + DAY * chance.random()) <= now
        ]
        store_clicks(clicks)
        day += DAY


def _street(shop: Shop, partner: Partner) -> Street:
    chance = random.Random(7)  # noqa: S311 - the same past for everybody
    goods = variants_on_sale().filter(product__shop=shop, stock__on_hand__gte=10).select_related("product")
    dear_ones_last = list(goods.order_by("price_idr", "id")[:200])
    return Street(
        shop=shop,
        seller=Member.objects.select_related("user").get(shop=shop, role=Member.Role.OWNER).user,
        buyers=[User.objects.get(email="budi@lapak.test"), *make_neighbours()],
        goods=chance.sample(dear_ones_last, min(40, len(dear_ones_last))),
        links=list(Link.objects.filter(creator__links__shop=shop).distinct().order_by("created_at", "id")),
        partner=partner,
        chance=chance,
    )
