"""Every change of a return by where its goods are: to the shop, there, on its shelf, to the buyer again."""

import hashlib
import uuid
from collections.abc import Mapping

from django.core.files.base import ContentFile

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.images import paint
from lapak.goods.catalogue.stock import Cause
from lapak.goods.catalogue.stock import Reason as StockReason
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.private import private_storage
from lapak.people.users.models import User
from lapak.trade.orders.steps import for_buyer, for_seller
from lapak.trade.returns.errors import CourierMissing, ReturnMoved, ReturnQuantityRefused, WayBackRefused
from lapak.trade.returns.models import Return, ReturnLine
from lapak.trade.returns.queries import dearest_way_back_idr, return_for_buyer
from lapak.trade.returns.rules import LONGEST_COURIER, MOST_WAY_BACK_IDR, ReturnState, way_back_borne_idr
from lapak.trade.returns.steps import lock_overdue_return, lock_return, move, refuse_late
from lapak.trade.shipping.commands import clean_tracking_number


def send_back(
    by: User,
    return_id: uuid.UUID,
    courier: str,
    tracking_number: str,
    *,
    way_back_idr: int = 0,
    receipt: bytes | None = None,
) -> Return:
    """The goods are with a courier on their way to the shop, which cost the buyer `way_back_idr`, as the receipt shows.

    For the shop's faults it bears that, up to what the dearest service on the way costs. Refuses anyone but the buyer
    (`OrderNotFound`), no courier (`CourierMissing`), a malformed number (`TrackingNumberMalformed`), a cost without
    receipt or out of bounds (`WayBackRefused`), a receipt that is no picture (`ImageRefused`), a return not approved
    (`ReturnMoved`), and too late (`ReturnLate`).
    """
    if not 0 <= way_back_idr <= MOST_WAY_BACK_IDR or bool(way_back_idr) != bool(receipt):
        raise WayBackRefused
    return_for_buyer(by, return_id)  # a stranger's picture is not stored
    kept_as = _put_receipt(return_id, receipt) if receipt else ""
    try:
        return _send_back(by, return_id, courier, tracking_number, way_back_idr=way_back_idr, receipt=kept_as)
    except Exception:
        if kept_as:
            private_storage().delete(kept_as)  # its name is nobody else's
        raise


def _put_receipt(return_id: uuid.UUID, receipt: bytes) -> str:
    """The picture's file is in the private storage, whose name for it is answered: first, so that no lock waits for it."""
    painted = paint(receipt)
    name = f"receipts/{return_id}-{hashlib.sha256(receipt).hexdigest()[:16]}.{painted.extension}"
    return private_storage().save(name, ContentFile(painted.data))


@act
def _send_back(
    by: User,
    return_id: uuid.UUID,
    courier: str,
    tracking_number: str,
    *,
    way_back_idr: int,
    receipt: str,
) -> Return:
    return_ = lock_return(return_id, for_buyer(by))
    if return_.state != ReturnState.APPROVED:
        raise ReturnMoved
    refuse_late(return_)
    return_.courier, return_.tracking_number = _fit_courier(courier), clean_tracking_number(tracking_number)
    return_.way_back_stated_idr = way_back_idr
    return_.way_back_borne_idr = way_back_borne_idr(way_back_idr, dearest_way_back_idr(return_), return_.reason)
    return_.way_back_receipt = receipt
    changed = ["courier", "tracking_number", "way_back_stated_idr", "way_back_borne_idr", "way_back_receipt"]
    return move(by, return_, ReturnState.SENT_BACK, also_changed=changed)


@act
def receive_return(by: User, return_id: uuid.UUID) -> Return:
    """The goods are back at the shop, which has its working days to look at them (docs/concepts/returns.md).

    Refuses strangers (`OrderNotFound`) and a return that is not on its way (`ReturnMoved`).
    """
    return move(by, lock_return(return_id, for_seller(by)), ReturnState.ARRIVED)


@act
def count_as_arrived(return_id: uuid.UUID, words: str) -> Return:
    """The shop has said nothing of the parcel for so long that it counts as arrived.

    Refuses (`ReturnMoved`) when it is too early, or no parcel is on its way.
    """
    return move(None, lock_overdue_return(return_id, ReturnState.SENT_BACK), ReturnState.ARRIVED, words)


def restock(by: User, return_: Return, quantities: Mapping[uuid.UUID, int]) -> None:
    """So many of the pieces that came back with the (locked) return, by order line, are on the shop's shelf again.

    Refuses (`ReturnQuantityRefused`) more than came back.
    """
    rows = {row.line_id: row for row in return_.lines.select_related("line")}
    for line_id, pieces in quantities.items():
        if line_id not in rows or not 0 <= pieces <= rows[line_id].counted:
            raise ReturnQuantityRefused
        rows[line_id].restocked_quantity = pieces
    ReturnLine.objects.bulk_update(rows.values(), ["restocked_quantity"])
    back = {row.line.variant_id: row.restocked_quantity for row in rows.values() if row.restocked_quantity}
    stock.put_back(back, Cause(StockReason.RETURNED, by.id, return_.id))


@act
def shelve_kept_goods(by: User, return_id: uuid.UUID, resellable: Mapping[uuid.UUID, int]) -> Return:
    """The shop says what became of goods that are its own again, as the buyer has the money from their bank: `resellable`
    pieces, by order line, are stock again; the others came back damaged, or never.

    Refuses strangers (`OrderNotFound`), a return that was not closed so, or of which it has said so (`ReturnMoved`), and
    more pieces than were sent back (`ReturnQuantityRefused`).
    """
    return_ = lock_return(return_id, for_seller(by))
    if return_.kept_since is None or return_.shelved_at:
        raise ReturnMoved
    return_.shelved_at = clock.now()
    return_.save(update_fields=["shelved_at"])
    restock(by, return_, resellable)
    return return_


@act
def send_again(by: User, return_id: uuid.UUID, courier: str, tracking_number: str) -> Return:
    """The shop, for which the operator decided, has handed the goods to a courier on their way to the buyer again, who can
    say that they did not come while the return stands there (`TIME_IN_STATE`).

    Refuses strangers (`OrderNotFound`), no courier (`CourierMissing`), a malformed number (`TrackingNumberMalformed`), a
    return not decided so (`ReturnMoved`), and too late (`ReturnLate`): the buyer is refunded then.
    """
    return_ = lock_return(return_id, for_seller(by))
    if return_.state != ReturnState.SEND_AGAIN:
        raise ReturnMoved
    refuse_late(return_)
    return_.again_courier, return_.again_tracking_number = _fit_courier(courier), clean_tracking_number(tracking_number)
    return move(by, return_, ReturnState.SENT_AGAIN, also_changed=["again_courier", "again_tracking_number"])


def _fit_courier(courier: str) -> str:
    courier = courier.strip()
    if not 1 <= len(courier) <= LONGEST_COURIER:
        raise CourierMissing
    return courier
