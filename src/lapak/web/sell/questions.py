"""What a seller is asked before what cannot be taken back."""

import uuid
from collections.abc import Callable, Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import product_for_seller
from lapak.lib.money import format_idr
from lapak.moving.feed_files import FEEDS
from lapak.moving.models import WAITS_FOR_SELLER
from lapak.moving.queries import feed_for_owner, upload_for_seller
from lapak.moving.undo import is_undoable
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import members_of_shop
from lapak.people.shops.rules import Role
from lapak.trade.orders import rules as orders
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.orders.queries import order_for_seller
from lapak.trade.orders.rules import State
from lapak.trade.orders.shortages import may_lack_goods
from lapak.trade.returns import rules as returns
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import may_be_accepted_in_part, refund_of_return, return_for_seller
from lapak.trade.returns.rules import ReturnState
from lapak.web.sell.access import own_of_shop, show
from lapak.web.sell.order_forms import CancelForm, MissingForm
from lapak.web.sell.return_forms import AcceptForm, DeclineForm, PartForm
from lapak.web.shell.question import Question, asked, asked_with


def asked_first(
    question: Callable[..., Question | None],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view behind `for_sellers` that does what was posted once its question has been answered."""
    return asked(question, _page)


def _page(request: HttpRequest, question: Question, shop: Shop) -> HttpResponse:
    return show(request, shop, "question.html", asked_with(request, question))


def about_agreeing(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> Question | None:
    """Goods that come back first, or money that goes at once."""
    return_ = own_of_shop(request, shop, return_for_seller, return_id)
    if not returns.may_move(return_.state, ReturnState.APPROVED):
        return None
    said = _said_of(return_)
    if "keep" in request.POST:
        asks = _("Refund %(amount)s to %(buyer)s, who keeps the goods?") % said
    elif return_.waits_for_goods:
        asks = _("Let %(buyer)s send the goods back?") % said
        lines = [_("When they are here and as they should be, %(buyer)s gets %(amount)s back.") % said]
        return Question(asks, _page_of_return(return_), lines)
    else:
        asks = _("Refund %(amount)s to %(buyer)s?") % said
    return Question(asks, _page_of_return(return_), [_("The money goes at once and cannot be called back.")])


def about_declining(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> Question | None:
    """A no, and why."""
    return_, form = own_of_shop(request, shop, return_for_seller, return_id), DeclineForm(request.POST)
    if not form.is_valid() or not returns.may_move(return_.state, ReturnState.DECLINED):
        return None
    lines = [form.cleaned_data["words"], _("The buyer reads it, and may let Lapak decide.")]
    return Question(_("Decline the return of %(buyer)s?") % _said_of(return_), _page_of_return(return_), lines)


def about_accepting(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> Question | None:
    """The refund, and what becomes stock."""
    return_ = own_of_shop(request, shop, return_for_seller, return_id)
    form = AcceptForm(request.POST, rows=return_.lines.all())
    if not form.is_valid() or not returns.may_move(return_.state, ReturnState.REFUNDED):
        return None
    pieces = sum(form.resellable.values())
    stocked = ngettext("%(pieces)s piece can be sold again.", "%(pieces)s pieces can be sold again.", pieces)
    asks = _("Refund %(amount)s to %(buyer)s?") % _said_of(return_)
    return Question(asks, _page_of_return(return_), [stocked % {"pieces": pieces}])


def about_accepting_part(request: HttpRequest, shop: Shop, return_id: uuid.UUID) -> Question | None:
    """The refund of the pieces that are taken back."""
    return_ = own_of_shop(request, shop, return_for_seller, return_id)
    form = PartForm(request.POST, rows=return_.lines.all())
    if not form.is_valid() or not may_be_accepted_in_part(return_):
        return None
    said = _said_of(return_, refund_of_return(return_, form.pieces).total_idr)
    asks = _("Refund %(amount)s to %(buyer)s, and decline the rest?") % said
    return Question(asks, _page_of_return(return_), _pieces((row.line for row in form.rows), form.pieces))


def about_delivery(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> Question | None:
    """What follows from the shop's word that a parcel has arrived."""
    order = own_of_shop(request, shop, order_for_seller, order_id)
    if not orders.may_move(order.state, State.DELIVERED):
        return None
    lines = [
        _("%(buyer)s is told, and has %(days)s days to object; then the order completes.")
        % {"buyer": order.buyer, "days": order.complete_after_days_by_shop}
    ]
    return Question(_("Has the courier delivered order %(number)s?") % _said_of_order(order), _page_of(order), lines)


def about_agreeing_to_cancel(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> Question | None:
    """The order that the buyer wants to be rid of."""
    order = own_of_shop(request, shop, order_for_seller, order_id)
    return _about_cancelling(order, []) if order.cancel_asked_at else None


def about_cancelling(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> Question | None:
    """An order that the shop cannot deliver, and why."""
    order = own_of_shop(request, shop, order_for_seller, order_id)
    form = CancelForm(request.POST, lines=order.lines.all())
    if not form.is_valid() or not orders.may_move(order.state, State.CANCELLED):
        return None
    return _about_cancelling(order, [_(form.reason)])


def about_missing(request: HttpRequest, shop: Shop, order_id: uuid.UUID) -> Question | None:
    """The pieces that the buyer does not get."""
    order = own_of_shop(request, shop, order_for_seller, order_id)
    form = MissingForm(request.POST, lines=order.lines.all())
    if not form.is_valid() or not may_lack_goods(order) or not any(form.pieces.values()):
        return None
    asks = _("Take these out of order %(number)s, and give %(buyer)s back what they cost?") % _said_of_order(order)
    return Question(asks, _page_of(order), _pieces(form.lines, form.pieces))


def about_removing(request: HttpRequest, shop: Shop, user_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    """Somebody who will not work here any more; None for who does not."""
    member = members_of_shop(shop).filter(user_id=user_id).first()
    if member is None:
        return None
    lines = [_("They see nothing of this shop any more, at once. You can invite them again.")]
    return Question(_("Remove %(name)s from the shop?") % {"name": member.user}, _team(shop), lines)


def about_feed_address(request: HttpRequest, shop: Shop, feed_id: uuid.UUID) -> Question:
    """Whoever has the address of before must be given the new one."""
    title = FEEDS[own_of_shop(request, shop, feed_for_owner, feed_id).platform].title
    lines = [
        _("The old one ends at once. Until you give them the new one, your goods are not brought up to date there.")
    ]
    return Question(_("Change the address of the feed for %(title)s?") % {"title": title}, _feeds(shop), lines)


def about_closing_feed(request: HttpRequest, shop: Shop, feed_id: uuid.UUID) -> Question:
    """Its address does not come back."""
    title = FEEDS[own_of_shop(request, shop, feed_for_owner, feed_id).platform].title
    lines = [_("Its address ends at once, for good: a feed that you open later has another one.")]
    return Question(_("Close the feed for %(title)s?") % {"title": title}, _feeds(shop), lines)


def _feeds(shop: Shop) -> str:
    return reverse("sell_feeds", args=[shop.slug])


def about_leaving(request: HttpRequest, shop: Shop) -> Question:  # noqa: ARG001 - as the view
    """One's own place here."""
    lines = [_("You see nothing of it any more, at once. Only an owner can invite you again.")]
    return Question(_("Leave %(shop)s?") % {"shop": shop.name}, _team(shop), lines)


def about_role(request: HttpRequest, shop: Shop, user_id: uuid.UUID) -> Question | None:
    """Another owner; every other role is changed back as easily."""
    member = members_of_shop(shop).filter(user_id=user_id).exclude(role=Role.OWNER).first()
    if member is None or request.POST.get("role") != Role.OWNER:
        return None
    lines = [_("Owners say where the shop's money goes and who works here. They can take it from you, too.")]
    return Question(_("Make %(name)s an owner of the shop?") % {"name": member.user}, _team(shop), lines)


def _about_cancelling(order: Order, lines: list[str]) -> Question:
    asks = _("Cancel order %(number)s, and give %(amount)s back to %(buyer)s?") % _said_of_order(order)
    return Question(asks, _page_of(order), [*lines, _("It cannot be taken up again.")])


def _said_of(return_: Return, amount_idr: int | None = None) -> dict[str, object]:
    if amount_idr is None:
        amount_idr = refund_of_return(return_).total_idr
    return {"amount": format_idr(amount_idr), "buyer": return_.order.buyer}


def _said_of_order(order: Order) -> dict[str, object]:
    return {"number": order.number, "amount": format_idr(order.escrow_idr), "buyer": order.buyer}


def _pieces(lines: Iterable[OrderLine], pieces: Mapping[uuid.UUID, int]) -> list[str]:
    chosen = [(pieces[line.id], line) for line in lines if pieces.get(line.id)]
    return [f"{count} × {line.title} {line.option_label}".rstrip() for count, line in chosen]


def about_deleting(request: HttpRequest, shop: Shop, product_id: uuid.UUID) -> Question | None:
    """A draft, with all that was written in it."""
    product = own_of_shop(request, shop, product_for_seller, product_id)
    if product.status != Product.Status.DRAFT:
        return None
    lines = [_("It is gone for good, with its pictures, and leaves the carts it lies in.")]
    asks = _("Delete the draft “%(title)s”?") % {"title": product.title}
    return Question(asks, reverse("sell_product", args=[shop.slug, product.id]), lines)


def about_dropping(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> Question | None:
    """What was given and waits."""
    upload = own_of_shop(request, shop, upload_for_seller, upload_id)
    if upload.state not in WAITS_FOR_SELLER:
        return None
    lines = [_("Nothing of them was moved in. To have them here again, give them again.")]
    count = len(upload.file_names)
    asks = ngettext("Throw away the %(count)d file?", "Throw away the %(count)d files?", count) % {"count": count}
    return Question(asks, reverse("sell_upload", args=[shop.slug, upload.id]), lines)


def about_undoing(request: HttpRequest, shop: Shop, upload_id: uuid.UUID) -> Question | None:
    """All that an upload brought."""
    upload = own_of_shop(request, shop, upload_for_seller, upload_id)
    if not is_undoable(upload):
        return None
    lines = [
        _("What you changed in them since goes with them, and they leave the carts they lie in."),
        _("Goods that were here before stay as they are now. The same files bring everything again."),
    ]
    products = upload.counts.get("products", {}).get("created", 0)
    asks = ngettext(
        "Take back the %(products)d product that came with these files?",
        "Take back the %(products)d products that came with these files?",
        products,
    )
    if not products:
        asks = _("Take back what came with these files?")
    if orders := upload.counts.get("past_orders", {}).get("created", 0):
        gone = ngettext("%(orders)d past order goes too.", "%(orders)d past orders go too.", orders)
        lines.insert(0, gone % {"orders": orders})
    return Question(asks % {"products": products}, reverse("sell_upload", args=[shop.slug, upload.id]), lines)


def _page_of_return(return_: Return) -> str:
    return reverse("sell_return", args=[return_.shop.slug, return_.id])


def _page_of(order: Order) -> str:
    return reverse("sell_order", args=[order.shop.slug, order.id])


def _team(shop: Shop) -> str:
    return reverse("sell_team", args=[shop.slug])
