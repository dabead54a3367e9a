"""What carts and orders refuse."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_NOTE, LONGEST_STORY
from lapak.trade.orders.asked import MAX_QUANTITY

_day, _moment = lazy(date_format, str), lazy(clock.say, str)
"""In the language of whoever reads it."""


class CartLineRefused(Unfit):
    """The goods cannot go into the cart in this quantity."""

    code = "cart_line_refused"
    field = "quantity"
    message = filled(_("Choose between 1 and {most} pieces of goods that are on sale."), most=MAX_QUANTITY)


class OrderNotFound(NotFound):
    """There is no such order, or it is another's: a stranger cannot tell which."""

    code = "order_not_found"
    message = _("There is no such order among yours.")


class OrderMoved(Moved):
    """The order has left the state in which this was possible."""

    code = "order_moved"
    message = _("The order has moved on in the meantime. Look at its present state and decide again.")


class OutOfTime(OrderMoved):
    """The deadline for this has passed: what follows from it is carried out within a minute."""

    code = "out_of_time"
    message = _("The time for this is over. Look at where the order stands now.")


class PiecesRefused(Unfit):
    code = "pieces_refused"
    field = "pieces"
    message = _("Say how many pieces you do not have: at least one, and no more than are in the order.")


class AddressChangedBefore(Refusal):
    """Twice would let a parcel be led around; both addresses stay on record."""

    code = "address_changed_before"
    message = _("The address of this order has been changed before, and that is possible once.")


class OutOfReach(Unfit):
    """The service that was paid for does not go there."""

    code = "out_of_reach"
    field = "address"
    message = _("The courier of this order does not go there. Cancel the order, and order again with this address.")


class AddressCostsMore(Unfit):
    """What was paid for shipping is not enough; nothing is charged afterwards."""

    code = "address_costs_more"
    field = "address"
    message = _("Shipping there costs {more} more than you paid. Cancel the order, and order again with this address.")

    def __init__(self, more_idr: int) -> None:
        super().__init__(format_lazy(self.message, more=format_idr(more_idr)))
        self.more_idr = more_idr


class CancelAsked(Refusal):
    """The buyer waits for an answer; shipping would be one, but not an honest one."""

    code = "cancel_asked"
    message = _("The buyer has asked to cancel this order. Agree or decline first.")


class CancelDeclined(Refusal):
    """The shop has answered once: a wish again and again would keep the parcel from leaving."""

    code = "cancel_declined"
    message = _("The shop has declined already, and sends the order. You may return the goods when they are there.")


class TooEarly(Refusal):
    """No parcel of this service can be there yet, or nobody can say yet that it is not."""

    code = "too_early"
    message = _("It is too early for this: the parcel cannot be there yet, or still has time to arrive.")


class NotArrived(Refusal):
    """The buyer says that it did not arrive; the shop's word alone does not count any more."""

    code = "not_arrived"
    message = _("The buyer says that it has not arrived. Lapak asks the courier and decides.")


class ReceiptMissing(Unfit):
    """Nothing shows that the courier has the parcel."""

    code = "receipt_missing"
    field = "receipt"
    message = filled(
        _("Write what shows it, such as the number on the courier's pick-up receipt, in up to {most} characters."),
        most=LONGEST_NOTE,
    )


class DecisionMissing(Unfit):
    """The operator decides with reasons."""

    code = "decision_missing"
    field = "words"
    message = filled(
        _("Say why you decide so, in up to {most} characters: buyer and shop read it."), most=LONGEST_STORY
    )


class ReturnOpen(Refusal):
    """The order waits for its return: it can neither complete nor have a second one meanwhile."""

    code = "return_open"
    message = _("A return of this order is still open. Wait until it is over, or withdraw it first.")


class PaymentDisputed(Moved):
    """The buyer's bank is taking the payment back: its money moves no other way until that is decided."""

    code = "payment_disputed"
    message = _(
        "The buyer's bank is taking this payment back. Until that is decided, the order neither ends nor is refunded."
    )


class PurchaseRefused(Refusal):
    """Nothing was ordered; each subclass says why and what the buyer can do. `unpaid` names purchases to pay or cancel."""

    code = "purchase_refused"
    unpaid: Sequence[uuid.UUID] = ()


class PurchaseMalformed(PurchaseRefused):
    code = "purchase_malformed"
    message = _("This purchase cannot be read. Go back to your cart and try again.")


class AddressMissing(PurchaseRefused):
    code = "address_missing"
    message = _("Choose one of your delivery addresses.")


class SessionEnded(PurchaseRefused):
    """Who asks is not signed in any more."""

    code = "session_ended"
    message = _("You are signed out. Sign in and try again.")


class MethodUnavailable(PurchaseRefused):
    code = "method_unavailable"
    message = _("This way to pay is not offered. Nothing was ordered; choose one of those on the page.")


class ShopClosed(PurchaseRefused):
    code = "shop_closed"
    message = _("One of the shops is closed at the moment. Remove its goods from your cart and try again.")


class ShopOnHoliday(PurchaseRefused):
    """Its goods are shown and not sold until it is back."""

    code = "shop_on_holiday"

    def __init__(self, shop: str, last: date) -> None:
        message = _("{shop} is on holiday until {day}. Nothing was ordered; its goods wait in your cart.")
        super().__init__(format_lazy(message, shop=shop, day=_day(last, "j F Y")))


class ShopSuspended(PurchaseRefused):
    """Lapak lets it sell nothing for a time (moderation/)."""

    code = "shop_suspended"

    def __init__(self, shop: str) -> None:
        message = _("{shop} sells nothing at the moment. Nothing was ordered; its goods wait in your cart.")
        super().__init__(format_lazy(message, shop=shop))


class ShopNotLegalised(PurchaseRefused):
    """Permendag 19/2026 Art. 17: its time to sell without a business number is over."""

    code = "shop_not_legalised"

    def __init__(self, shop: str) -> None:
        message = _(
            "{shop} may sell nothing until it has given its business number (NIB; Permendag 19/2026 Art. 17). Nothing was "
            "ordered; its goods wait in your cart."
        )
        super().__init__(format_lazy(message, shop=shop))


class OrdersStopped(PurchaseRefused):
    """The shop, or the marketplace with it, is closing for good."""

    code = "orders_stopped"

    def __init__(self, shop: str, since: datetime) -> None:
        message = _("{shop} has taken no more orders since {moment}. Nothing was ordered; your cart is kept.")
        super().__init__(format_lazy(message, shop=shop, moment=_moment(since)))


class CancelledOften(PurchaseRefused):
    """The buyer has cancelled as many purchases after paying as one may, and still order."""

    code = "cancelled_often"

    def __init__(self, until: datetime) -> None:
        message = _(
            "You have cancelled often after paying, which costs Lapak a charge each time. You can order again from "
            "{moment}; what you have ordered goes on, and your cart waits."
        )
        super().__init__(format_lazy(message, moment=_moment(until)))


class PurchaseTooLarge(PurchaseRefused):
    code = "purchase_too_large"

    def __init__(self, most_idr: int) -> None:
        message = _("QRIS takes up to {most} at once. Split the purchase and try again.")
        super().__init__(format_lazy(message, most=format_idr(most_idr)))


class ShippingChanged(PurchaseRefused):
    code = "shipping_changed"
    message = _("The shipping price has changed since it was shown. Look at the new price, then order.")


class TotalChanged(PurchaseRefused):
    """What was chosen comes to another sum than the page showed: a browser without scripts, or one faster than they are."""

    code = "total_changed"
    message = _("With what you chose it comes to another sum. Look at it, then order.")


class UnpaidLimited(PurchaseRefused):
    """The buyer has as many unpaid purchases as one may; the oldest of them is named."""

    code = "unpaid_limited"
    message = _("You have several purchases that are not paid yet. Pay or cancel one of them, then order.")

    def __init__(self, purchase_id: uuid.UUID, *, is_verified: bool) -> None:
        super().__init__(None if is_verified else self.TO_CONFIRM)
        self.unpaid = [purchase_id]

    TO_CONFIRM = _(
        "You have purchases that are not paid yet. Pay or cancel one of them, or confirm your e-mail address to have more."
    )


class OrderedAlready(PurchaseRefused):
    """The very same goods wait to be paid: a page was gone back to, or a second one lay open."""

    code = "ordered_already"
    message = _(
        "You have just ordered these very goods, and they are not paid yet. Nothing was ordered again: pay what you have "
        "ordered, or press “Order and pay” once more if you want them twice."
    )

    def __init__(self, purchase_id: uuid.UUID) -> None:
        super().__init__()
        self.unpaid = [purchase_id]


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line as it stands now: what the buyer was shown is no longer true. `available` is how many they could have;
    `held_in` the unpaid purchase in which they hold some already."""

    variant_id: uuid.UUID
    title: str
    shown_price_idr: int
    price_idr: int
    available: int
    held_in: uuid.UUID | None = None


class LinesRefused(PurchaseRefused):
    """Some goods are no longer as they were shown; `lines` says which, and how they stand now."""

    def __init__(self, lines: tuple[LineProblem, ...]) -> None:
        super().__init__()
        self.lines = lines
        self.unpaid = list(dict.fromkeys(line.held_in for line in lines if line.held_in))


class PriceChanged(LinesRefused):
    code = "price_changed"
    message = _("A price has changed since it was shown. Nothing was ordered; look at the new price, then decide.")


class StockGone(LinesRefused):
    code = "stock_gone"
    message = _("Someone was faster: there is not enough left. Nothing was ordered; change the quantity or remove it.")


class GoodsHeld(LinesRefused):
    """The buyer holds some of them already without having paid."""

    code = "goods_held"
    message = _(
        "You hold some of these goods already, in a purchase that is not paid yet. Nothing was ordered; pay or cancel that "
        "purchase first, or order fewer."
    )


class PiecesLimited(LinesRefused):
    """More pieces than one buyer may hold without having paid."""

    code = "pieces_limited"
    message = _(
        "One buyer can hold only so many pieces of these goods before paying. Nothing was ordered; order fewer, pay, and "
        "then order the rest."
    )


class GoodsGone(LinesRefused):
    code = "goods_gone"
    message = _("Some goods are no longer on sale. Nothing was ordered; remove them from your cart and try again.")
