"""Taking back the whole of what an upload brought, until the first of its goods is ordered."""

import uuid

from django.db.models import Q

from lapak.affiliates.models import Link
from lapak.affiliates.terms.models import SpecialRate
from lapak.goods.catalogue.bulk import take_off
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moving.alone import alone
from lapak.moving.errors import UploadMoved
from lapak.moving.feeds_out import tell_feeds_of_goods_gone
from lapak.moving.models import SourceRecord, Upload
from lapak.moving.past.counting import count_past
from lapak.moving.past.queries import brought_past
from lapak.moving.past.writing import take_past_back
from lapak.moving.queries import upload_for_seller
from lapak.moving.records import PRODUCT, SKU
from lapak.people.users.models import User
from lapak.trade.orders.models import OrderLine

_HAS_BROUGHT = {Upload.State.DONE, Upload.State.STOPPED}


def undo_upload(by: User, upload_id: uuid.UUID) -> Upload:
    """What the upload brought is gone as if it had never come: its products with their variants, stock and pictures, and
    the memory of them, and its past orders, so that the same files bring them anew. What was here before keeps what it changed.

    Refuses a stranger (`UploadNotFound`), an upload that has brought nothing (`UploadMoved`), one of whose goods was
    ordered or has a creator's link (`GoodsInUse`), and while others move this shop's goods (`MoveInRunning`).
    """
    with alone(upload_for_seller(by, upload_id).shop):
        return _undo(by, upload_id)


def is_undoable(upload: Upload) -> bool:
    """Whether the upload has brought something, and nothing of it was ordered, has a creator's link or a rate of its own."""
    if upload.state not in _HAS_BROUGHT:
        return False
    products, variants = _brought(upload)
    is_used = (
        Link.objects.filter(product_id__in=products).exists()
        or SpecialRate.objects.filter(product_id__in=products).exists()
        or OrderLine.objects.filter(Q(variant_id__in=variants) | Q(variant__product_id__in=products)).exists()
    )
    return bool(products or variants or brought_past(upload.shop_id, upload.id)) and not is_used


@act
def _undo(by: User, upload_id: uuid.UUID) -> Upload:
    upload = Upload.objects.select_for_update(no_key=True).get(id=upload_id)
    if upload.state not in _HAS_BROUGHT:
        raise UploadMoved
    products, variants = _brought(upload)
    of_products = Variant.objects.filter(product_id__in=products).values_list("id", flat=True)
    gone = [*products, *variants, *of_products]  # a later upload may have added to a product of this one
    take_off(products, variants, Cause(Reason.MOVED_IN, by.id, upload.id))
    SourceRecord.objects.filter(shop=upload.shop_id, target_id__in=gone).delete()
    tell_feeds_of_goods_gone(upload.shop)
    take_past_back(upload.shop, upload.id)
    count_past(upload.shop, anew=True)
    upload.state, upload.touched_at = Upload.State.UNDONE, clock.now()
    upload.save()
    return upload


def _brought(upload: Upload) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """The products and the variants that the upload brought first."""
    records = SourceRecord.objects.filter(shop=upload.shop_id, upload_id=upload.id)
    return (
        list(records.filter(kind=PRODUCT).values_list("target_id", flat=True)),
        list(records.filter(kind=SKU).values_list("target_id", flat=True)),
    )
