"""What carts and orders refuse."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, Refusal


class CartLineRefused(Refusal):
    """The goods cannot go into the cart in this quantity."""

    code = "cart_line_refused"
    message = _("Choose between 1 and 999 pieces of goods that are on sale.")


class OrderNotFound(Refusal):
    """There is no such order, or it is another's: a stranger cannot tell which."""

    code = "order_not_found"
    message = _("There is no such order among yours.")


class OrderMoved(Moved):
    """The order has left the state in which this was possible."""

    code = "order_moved"
    message = _("The order has moved on in the meantime. Look at its present state and decide again.")


class ReturnOpen(Refusal):
    """The order waits for its return: it can neither complete nor have a second one meanwhile."""

    code = "return_open"
    message = _("A return of this order is still open. Wait until it is over, or withdraw it first.")


class PurchaseRefused(Refusal):
    """Nothing was ordered; each subclass says why and what the buyer can do."""

    code = "purchase_refused"


class PurchaseMalformed(PurchaseRefused):
    code = "purchase_malformed"
    message = _("This purchase cannot be read. Go back to your cart and try again.")


class AddressMissing(PurchaseRefused):
    code = "address_missing"
    message = _("Choose one of your delivery addresses.")


class ShopClosed(PurchaseRefused):
    code = "shop_closed"
    message = _("One of the shops is closed at the moment. Remove its goods from your cart and try again.")


class PurchaseTooLarge(PurchaseRefused):
    code = "purchase_too_large"
    message = _("QRIS takes up to Rp10.000.000 at once. Split the purchase and try again.")


class ShippingChanged(PurchaseRefused):
    code = "shipping_changed"
    message = _("The shipping price has changed since it was shown. Look at the new price, then order.")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line as it stands now: what the buyer was shown is no longer true."""

    variant_id: uuid.UUID
    title: str
    shown_price_idr: int
    price_idr: int
    available: int


class LinesRefused(PurchaseRefused):
    """Some goods are no longer as they were shown; `lines` says which, and how they stand now."""

    def __init__(self, lines: tuple[LineProblem, ...]) -> None:
        super().__init__()
        self.lines = lines


class PriceChanged(LinesRefused):
    code = "price_changed"
    message = _("A price has changed since it was shown. Nothing was ordered; look at the new price, then decide.")


class StockGone(LinesRefused):
    code = "stock_gone"
    message = _("Someone was faster: there is not enough left. Nothing was ordered; change the quantity or remove it.")


class GoodsGone(LinesRefused):
    code = "goods_gone"
    message = _("Some goods are no longer on sale. Nothing was ordered; remove them from your cart and try again.")
