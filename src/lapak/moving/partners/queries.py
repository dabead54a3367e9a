"""Reading who promoted a shop under a programme elsewhere."""

from collections.abc import Collection, Iterable
from itertools import islice

from django.db.models import QuerySet

from lapak.affiliates.link_rules import is_reserved
from lapak.affiliates.models import Creator, CreatorInvitation, Link
from lapak.affiliates.queries import creator_of_user
from lapak.lib import clock
from lapak.moving.formats.registry import title_of
from lapak.moving.partners.codes import proposals
from lapak.moving.partners.errors import OldLinkNotFound
from lapak.moving.partners.models import Partner, PartnerLink, PartnerPay
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

_PROPOSED = 12
"""So many likenesses of a code are looked at: by then one is free, or its creator thinks of another."""


def partner_of(invitation: CreatorInvitation) -> Partner | None:
    """Whom the invitation is for, where they come from a programme elsewhere."""
    named = Partner.objects.filter(shop=invitation.shop_id, handle=invitation.name)
    return next((partner for partner in named if title_of(partner.platform) == invitation.place), None)


def invitation_of(partner: Partner) -> CreatorInvitation | None:
    """The last one by which the shop asked them."""
    place = title_of(partner.platform)
    made = CreatorInvitation.objects.filter(shop=partner.shop_id, place=place, name=partner.handle)
    return made.order_by("-made_at").first()


def partners_named(shop: Shop, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], Partner]:
    """Those of the shop, by platform and what they go by."""
    found = Partner.objects.filter(shop=shop, handle__in=[handle for _platform, handle in names])
    return {(partner.platform, partner.handle): partner for partner in found}


def links_of(partner: Partner) -> QuerySet[PartnerLink]:
    """Their links, with what became of each."""
    links = PartnerLink.objects.filter(shop=partner.shop_id, platform=partner.platform, partner=partner.source_id)
    return links.select_related("link", "product").order_by("id")


def old_link_for_creator(by: User, link_id: int) -> PartnerLink:
    """A link that the creator had elsewhere, once they accepted to promote its shop; `OldLinkNotFound` for everyone else."""
    creator = creator_of_user(by)
    link = PartnerLink.objects.filter(pk=link_id).exclude(partner="").first()
    partner = link and Partner.objects.filter(shop=link.shop_id, platform=link.platform, source_id=link.partner).first()
    invitation = invitation_of(partner) if partner else None
    if link is None or invitation is None or invitation.creator_id != creator.pk:
        raise OldLinkNotFound
    return link


def proposed_codes(creator: Creator, links: Iterable[PartnerLink]) -> dict[int, str]:
    """A free code like each link's own; none for one where all likenesses are taken."""
    likes = {link.pk: list(islice(proposals(link.code, creator.handle), _PROPOSED)) for link in links}
    every = {code for codes in likes.values() for code in codes}
    taken = {*Link.objects.filter(code__in=every).values_list("code", flat=True)}
    taken |= {*Creator.objects.filter(handle__in=every).exclude(pk=creator.pk).values_list("handle", flat=True)}
    found: dict[int, str] = {}
    for key, codes in likes.items():
        if free := next((code for code in codes if code not in taken and not is_reserved(code)), ""):
            found[key] = free
            taken.add(free)
    return found


def partners_to_forget() -> QuerySet[Partner]:
    """Whose name and e-mail have waited long enough, unless an invitation is open."""
    return Partner.objects.filter(is_forgotten=False, forget_at__lte=clock.now()).order_by("forget_at")


def pays_of(shop: Shop) -> QuerySet[PartnerPay]:
    """All that the shop's partners got, the oldest first."""
    return PartnerPay.objects.filter(shop=shop).order_by("at", "id")
