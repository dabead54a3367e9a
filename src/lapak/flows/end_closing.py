"""A closing is over: nothing of it is left to be sent, and what was a shop's goods are found no more."""

import uuid

from lapak.goods.catalogue.change_log import log_changes
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.shops.closings import closings_to_end
from lapak.people.shops.errors import ClosingBegun, ClosingNotFound
from lapak.people.shops.models import AnnouncedClosing, Shop
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State

UNSENT = (State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED)


@act
def end_closing(closing_id: uuid.UUID) -> AnnouncedClosing:
    """A shop that closed is open no more; its orders, returns and payouts go on by their own clocks.

    Refuses (`ClosingNotFound`) one whose time to send is not over, and (`ClosingBegun`) while orders wait to be sent or for
    their bank.
    """
    closing = closings_to_end().select_for_update(no_key=True, of=("self",)).filter(id=closing_id).first()
    if closing is None:
        raise ClosingNotFound
    of_these = {"shop_id": closing.shop_id} if closing.shop_id else {}
    if Order.objects.filter(state__in=UNSENT, **of_these).exists():
        raise ClosingBegun
    closing.ended_at = clock.now()
    closing.save(update_fields=["ended_at"])
    if closing.shop_id:
        log_changes(on_sale().filter(shop=closing.shop_id).values_list("id", flat=True))
        Shop.objects.filter(id=closing.shop_id).update(is_open=False)
    return closing
