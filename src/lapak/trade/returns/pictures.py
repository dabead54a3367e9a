"""What each side of a return shows of the goods: painted anew, kept where only the two sides and the operator see it."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.core.files.base import ContentFile

from lapak.goods.catalogue.images import paint_for_screen
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.private import files_put, private_storage
from lapak.people.users.models import User
from lapak.trade.orders.steps import for_buyer, for_seller
from lapak.trade.returns.errors import ReturnMoved, ReturnPicturesRefused
from lapak.trade.returns.models import Return, ReturnPicture
from lapak.trade.returns.queries import return_for_its_people
from lapak.trade.returns.rules import MOST_PICTURES
from lapak.trade.returns.steps import lock_return


def add_pictures(by: User, return_id: uuid.UUID, pictures: Sequence[bytes]) -> None:
    """The buyer or the shop shows so much more of the goods, while the return is open.

    Refuses anyone else (`OrderNotFound`), a return that is over (`ReturnMoved`), more than `MOST_PICTURES` from one side
    (`ReturnPicturesRefused`), and what is no picture (`ImageRefused`).
    """
    found = return_for_its_people(by, return_id)  # a stranger's picture is not stored
    with pictures_put(found.order_id, pictures) as names:
        _add_pictures(by, return_id, names)


@contextmanager
def pictures_put(order_id: uuid.UUID, pictures: Sequence[bytes]) -> Iterator[list[str]]:
    """The pictures' files are in the private storage, in the folder of their order, under these names (`files_put`)."""
    if len(pictures) > MOST_PICTURES:
        raise ReturnPicturesRefused
    with files_put(partial(_put_picture, order_id), pictures, partial(_drop_file, order_id)) as names:
        yield names


def keep_pictures(by: User, return_: Return, names: Sequence[str]) -> None:
    """The (locked) return has the pictures that were put under these names, from the side of whoever gave them."""
    side = ReturnPicture.Side.BUYER if return_.order.buyer_id == by.id else ReturnPicture.Side.SHOP
    if return_.pictures.filter(side=side).count() + len(names) > MOST_PICTURES:
        raise ReturnPicturesRefused
    now = clock.now()
    ReturnPicture.objects.bulk_create(
        ReturnPicture(of_return=return_, shop_id=return_.shop_id, side=side, by=by, file=name, added_at=now)
        for name in names
    )


@act
def _add_pictures(by: User, return_id: uuid.UUID, names: Sequence[str]) -> None:
    return_ = lock_return(return_id, for_buyer(by), for_seller(by))
    if not return_.is_open:
        raise ReturnMoved
    keep_pictures(by, return_, names)


def _drop_file(order_id: uuid.UUID, name: str) -> None:
    if not ReturnPicture.objects.filter(of_return__order=order_id, file=name).exists():
        private_storage().delete(name)


def _put_picture(order_id: uuid.UUID, picture: bytes) -> str:
    storage, name = private_storage(), f"returns/{order_id.hex}/{hashlib.sha256(picture).hexdigest()}.webp"
    if storage.exists(name):
        return name  # the same again
    return storage.save(name, ContentFile(paint_for_screen(picture).data))
