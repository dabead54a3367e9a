"""Every change of a creator's links."""

import secrets
import uuid
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from lapak.affiliates.errors import (
    CodeInvalid,
    CodeTaken,
    LabelTooLong,
    NoProgramme,
    NotOnSale,
    TooManyCodes,
    TooManyLinks,
    UtmTooLong,
)
from lapak.affiliates.link_rules import (
    LONGEST_UTM,
    MOST_CHOSEN,
    MOST_LINKS_A_DAY,
    code_as_chosen,
    is_reserved,
    utm_query,
)
from lapak.affiliates.models import Creator, Link, Membership, Programme
from lapak.affiliates.queries import creator_beginning_anew, link_for_creator
from lapak.affiliates.rules import LONGEST_LABEL
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import is_on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

_CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l and o: a code is also read from a video and typed."""
_CODE_LENGTH = 7
"""31 ** 7 = 27 thousand million codes: a million links leave a guess 1 in 27 thousand, and a collision as rare."""


@act
def create_link(
    by: User,
    *,
    product: Product | None = None,
    shop: Shop | None = None,
    label: str = "",
    code: str = "",
    utm: Mapping[str, str] | None = None,
) -> Link:
    """The creator has a link to a product, to a shop, or (neither given) to their own showcase page, under the `code` they
    choose or one that is drawn; it puts the `utm` values (`link_rules.UTM_FIELDS`) onto the address it leads to.

    Refuses who is no creator (`CreatorNotFound`) or is closed (`CreatorClosed`), goods or a shop not on sale (`NotOnSale`), a
    target under no programme of theirs (`NoProgramme`), a label over 30 characters (`LabelTooLong`), a code that cannot be
    one (`CodeInvalid`), is another's or the marketplace's (`CodeTaken`) or is one too many (`TooManyCodes`), UTM values
    over 50 (`UtmTooLong`), and more than 2,000 a day (`TooManyLinks`). A
    showcase link needs no programme: it earns through the links shown there.
    """
    creator = creator_beginning_anew(by)
    refuse_many_a_day(creator, 1)
    if product is not None:
        if not is_on_sale(is_active=True, status=product.status, shop_is_open=product.shop.is_open):
            raise NotOnSale
        shop = product.shop
    if shop is not None:
        if not shop.is_open:
            raise NotOnSale
        if shop.pk not in promoted_shop_ids(creator, [shop.pk]):
            raise NoProgramme
    link = Link(
        creator=creator,
        product=product,
        shop=shop,
        label=fitting_label(label),
        utm=fitting_utm(utm or {}),
        created_at=clock.now(),
    )
    return _insert_as(link, code) if code.strip() else _insert_drawn(link)


@act
def change_link(by: User, code: str, *, label: str, utm: Mapping[str, str]) -> Link:
    """The creator's link has this label and these UTM values; where it leads and what it brought stay.

    Refuses another's (`LinkNotFound`), a label over 30 characters (`LabelTooLong`) and UTM values over 50 (`UtmTooLong`).
    """
    return _change(by, _locked(by, code), label=fitting_label(label), utm=fitting_utm(utm))


@act
def archive_link(by: User, code: str) -> Link:
    """The creator's link is out of their list and off their showcase. It was posted somewhere, so it leads on and earns as
    before. Archiving it again changes nothing. Refuses another's (`LinkNotFound`)."""
    link = _locked(by, code)
    return link if link.archived_at else _change(by, link, archived_at=clock.now())


@act
def restore_link(by: User, code: str) -> Link:
    """The link is back in its creator's list. Refuses another's (`LinkNotFound`)."""
    return _change(by, _locked(by, code), archived_at=None)


def refuse_many_a_day(creator: Creator, more: int) -> None:
    """`TooManyLinks` where so many more would be more than a person makes."""
    a_day_ago = clock.now() - timedelta(days=1)
    made = Link.objects.filter(creator=creator, archived_at=None, created_at__gt=a_day_ago)
    if made[:MOST_LINKS_A_DAY].count() + more > MOST_LINKS_A_DAY:
        raise TooManyLinks


def fitting_label(label: str) -> str:
    """The label as it is kept; `LabelTooLong`."""
    if len(label := label.strip()) > LONGEST_LABEL:
        raise LabelTooLong
    return label


def fitting_utm(values: Mapping[str, str]) -> str:
    """UTM values as they are kept; `UtmTooLong`."""
    if any(len(value.strip()) > LONGEST_UTM for value in values.values()):
        raise UtmTooLong
    return utm_query(values)


def promoted_shop_ids(creator: Creator, shop_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these shops, those that the creator promotes under some programme."""
    # The few programmes first: the database would go through all that the creator has ever joined.
    good = Programme.objects.filter(Q(shop__in=shop_ids) | Q(shop=None), is_active=True)
    joined = Membership.objects.filter(creator=creator, programme__in=list(good.values_list("id", flat=True)))
    found = set(joined.values_list("programme__shop_id", flat=True))
    return {shop_id for shop_id in shop_ids if shop_id in found or None in found}


def drawn_code() -> str:
    """A code that most likely no link has."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


def _locked(by: User, code: str) -> Link:
    found = link_for_creator(by, code)
    return Link.objects.select_for_update(of=("self",), no_key=True).select_related("creator").get(pk=found.pk)


def _change(by: User, link: Link, **fields: Any) -> Link:
    subject = Subject(Kind.LINK, link.id, f"/r/{link.code}")
    note_changes(by.id, subject, {name: getattr(link, name) for name in fields}, fields)
    for name, value in fields.items():
        setattr(link, name, value)
    link.save(update_fields=list(fields))
    return link


@act
def _insert(link: Link) -> None:
    """An act of its own: the larger one goes on where a unique column refuses the row."""
    link.save(force_insert=True)


def _insert_as(link: Link, typed: str) -> Link:
    """Store it under the code its creator chose."""
    code = code_as_chosen(typed)
    if code is None:
        raise CodeInvalid
    creator = Creator.objects.select_for_update(no_key=True).get(pk=link.creator_id)  # the count below holds
    if Link.objects.filter(creator=creator, is_chosen=True).count() >= MOST_CHOSEN:
        raise TooManyCodes
    if is_reserved(code) or Creator.objects.filter(handle=code).exclude(pk=creator.pk).exists():
        raise CodeTaken
    link.code, link.is_chosen = code, True
    try:
        _insert(link)
    except IntegrityError:
        raise CodeTaken from None
    return link


def _insert_drawn(link: Link) -> Link:
    """Store it under a code that no other link has."""
    while True:
        link.code = drawn_code()
        try:
            _insert(link)
        except IntegrityError:
            if not Link.objects.filter(code=link.code).exists():
                raise
        else:
            return link
