"""What is told of PPh 22 that is given back: to every shop from which any was withheld, once all of it is."""

from lapak.flows.tell_people.readers import readers_of, when
from lapak.flows.withheld_back import withheld_on
from lapak.lib.acts import act
from lapak.lib.ids import derived_id
from lapak.money.taxes.models import Pph22Refund
from lapak.people.notices.commands import AT_ONCE, tell
from lapak.people.shops.closings import NOBODY_LEFT
from lapak.trade.orders.models import Order


def tell_shops_of_withheld_back() -> int:
    """The owners of the next thousand shops hear of the oldest refund of which not everybody has; answers how many shops that
    were."""
    waiting = Pph22Refund.objects.exclude(told_up_to=NOBODY_LEFT).order_by("decided_at", "id").first()
    if waiting is None or withheld_on(waiting.first_day, waiting.last_day).exists():
        return 0
    return _tell_next(waiting)


@act
def _tell_next(waiting: Pph22Refund) -> int:
    refund = Pph22Refund.objects.select_for_update(no_key=True).get(id=waiting.id)
    after = {"shop_id__gt": refund.told_up_to} if refund.told_up_to else {}
    given_back = Order.objects.filter(pph22_refund=refund, **after)
    shop_ids = list(given_back.order_by("shop_id").values_list("shop_id", flat=True).distinct()[:AT_ONCE])
    readers = readers_of(set(shop_ids))
    tell(
        [
            telling
            for shop_id in shop_ids
            for telling in readers.tell_owners(
                shop_id, "pph22_given_back", {}, **when(derived_id(refund.id, shop_id), refund.decided_at)
            )
        ]
    )
    refund.told_up_to = shop_ids[-1] if shop_ids else NOBODY_LEFT
    refund.save(update_fields=["told_up_to"])
    return len(shop_ids)
