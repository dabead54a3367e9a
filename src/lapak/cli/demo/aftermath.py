"""What comes after the main job, driven through HTTP by its people: a late payment refunded, a return with its way back paid."""

import io
from collections.abc import Callable
from uuid import UUID

from PIL import Image

from lapak.cli.demo.browser import Browser
from lapak.cli.demo.cast import SHOP_SLUG
from lapak.cli.demo.market import wait_for
from lapak.flows.ship_order import deliver_order
from lapak.goods.catalogue.models import Variant
from lapak.money.payments.models import Refund
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return

WAY_BACK_IDR = 14_000
"""What the buyer paid the courier to send the goods back, as on the receipt."""

PARTNERS_ANSWER_WITHIN_S = 150
"""The sweep that speaks to partners runs every minute, and the gateway answers in its own time."""

SignIn = Callable[[], Browser]


def late_payment(variant: Variant, buyer_signs_in: SignIn) -> dict[str, object]:
    """The buyer calls an order off, and their bank pays all the same: the money goes back the way it came."""
    with buyer_signs_in() as buyer:
        gateway_page = order_one(buyer, variant)
        buyer.submit("/cancel")
    pay(gateway_page, "confirm?late=1")
    of_a_whole_payment = Refund.objects.filter(order_id=None)
    wait_for(of_a_whole_payment.exists, "the late payment", PARTNERS_ANSWER_WITHIN_S)
    refund = of_a_whole_payment.get()
    wait_for(lambda: _has_arrived(refund.id), "the late payment's refund", PARTNERS_ANSWER_WITHIN_S)
    return {"refunded_idr": refund.amount_idr, "by": refund.route, "refund": "arrived"}


def return_with_its_way_back(variant: Variant, buyer_signs_in: SignIn, seller_signs_in: SignIn) -> dict[str, object]:
    """One piece arrives damaged and goes back at the shop's cost: goods, shipping and the way back are refunded."""
    with buyer_signs_in() as buyer, seller_signs_in() as seller:
        pay(order_one(buyer, variant), "confirm")
        buyer.reload_until(lambda _: "/orders/" in str(buyer.page.url))
        order = Order.objects.get(id=str(buyer.page.url).rsplit("/", 1)[-1])
        ship(seller, order, "JX2053068951")
        deliver_order(None, order.id)  # the courier's own word
        buyer.open(f"/orders/{order.id}/return").submit(
            "/return", {"reason": "damaged", "words": "Jahitannya lepas.", "goods_come_back": "yes"}
        )
        return_ = Return.objects.get(order=order)
        at_shop = f"/sell/{SHOP_SLUG}/returns/{return_.id}"
        seller.open(at_shop).submit("/approve").submit("/approve")
        buyer.open(f"/returns/{return_.id}").submit(
            "/send",
            {"courier": "JNE", "tracking_number": "JX2053068952", "way_back_idr": str(WAY_BACK_IDR)},
            files={"receipt": ("receipt.png", _receipt(), "image/png")},
        )
        seller.open(at_shop).submit("/receive")
        seller.open(at_shop).submit("/accept").submit("/accept")
    return_.refresh_from_db()
    return {
        "goods_idr": return_.refunded_goods_idr,
        "shipping_idr": return_.refunded_shipping_idr,
        "way_back_idr": return_.refunded_way_back_idr,
    }


def order_one(buyer: Browser, variant: Variant) -> str:
    """The signed-in buyer has ordered a piece and sees how to pay; answers the gateway's page for it."""
    buyer.open(variant.product.path).submit("/cart/add", {"quantity": "1"})
    order_by_jne(buyer)
    buyer.reload_until(lambda text: "/qris.png" in text)  # the code comes by a job
    return buyer.find(r'href="(http://[^"]+/pay/[^"]+)"')


def order_by_jne(buyer: Browser) -> None:
    """The signed-in buyer chooses JNE at the checkout, as the worked example has it, sees the sum, and orders."""
    buyer.open("/checkout")
    service, jne = buyer.find(r'name="(service\.[0-9a-f-]+)"'), buyer.find(r'value="(jne-reg:\d+)"')
    buyer.submit("/checkout", {service: jne, "look": "1"}).submit("/checkout")


def pay(gateway_page: str, how: str) -> None:
    """The buyer's bank pays at the gateway."""
    with Browser(gateway_page) as payer:
        payer.open(gateway_page).submit(how)


def ship(seller: Browser, order: Order, tracking_number: str) -> None:
    """The signed-in seller packs the order and hands it to the courier."""
    page = f"/sell/{SHOP_SLUG}/orders/{order.id}"
    seller.open(page).submit(f"{page}/pack")
    seller.open(page).submit(f"{page}/ship", {"tracking_number": tracking_number})


def _has_arrived(refund_id: UUID) -> bool:
    return Refund.objects.filter(id=refund_id, status=Refund.Status.ARRIVED).exists()


def _receipt() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(picture, "PNG")
    return picture.getvalue()
