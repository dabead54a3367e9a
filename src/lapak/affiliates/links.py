"""Every change of a creator's links."""

import secrets

from django.db import IntegrityError
from django.db.models import Q

from lapak.affiliates.errors import (
    LabelTooLong,
    NoProgramme,
    NotOnSale,
)
from lapak.affiliates.models import Creator, Link, Membership, Programme
from lapak.affiliates.queries import creator_of_user
from lapak.affiliates.rules import LONGEST_LABEL
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import is_on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

_CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l and o: a code is also read from a video and typed."""
_CODE_LENGTH = 7
"""31 ** 7 = 27 thousand million codes: a million links leave a guess 1 in 27 thousand, and a collision as rare."""


@act
def create_link(by: User, *, product: Product | None = None, shop: Shop | None = None, label: str = "") -> Link:
    """The creator has a link to a product, to a shop, or (neither given) to their own showcase page.

    Refuses who is no creator (`CreatorNotFound`), goods or a shop not on sale (`NotOnSale`), a target under no programme
    of theirs (`NoProgramme`), and a label over 30 characters (`LabelTooLong`). A showcase link needs no programme: it
    earns through the links shown there.
    """
    creator, label = creator_of_user(by), label.strip()
    if len(label) > LONGEST_LABEL:
        raise LabelTooLong
    if product is not None:
        if not is_on_sale(is_active=True, status=product.status, shop_is_open=product.shop.is_open):
            raise NotOnSale
        shop = product.shop
    if shop is not None:
        if not shop.is_open:
            raise NotOnSale
        if not _promotes(creator, shop):
            raise NoProgramme
    return _insert_link(Link(creator=creator, product=product, shop=shop, label=label, created_at=clock.now()))


@act
def _insert(link: Link) -> None:
    """An act of its own: the larger one goes on where a unique column refuses the row."""
    link.save(force_insert=True)


def _insert_link(link: Link) -> Link:
    """Store it under a code that no other link has."""
    while True:
        link.code = _random_code()
        try:
            _insert(link)
        except IntegrityError:
            if not Link.objects.filter(code=link.code).exists():
                raise
        else:
            return link


def _random_code() -> str:
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


def _promotes(creator: Creator, shop: Shop) -> bool:
    return Membership.objects.filter(
        Q(programme__shop=shop) | Q(programme__kind=Programme.Kind.PLATFORM),
        creator=creator,
        programme__is_active=True,
    ).exists()
