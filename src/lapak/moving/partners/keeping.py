"""A partner's codes are kept: each is a link of theirs here, as far as it is free."""

from lapak.affiliates.errors import CodeInvalid, CodeTaken, NoProgramme, NotOnSale, TooManyCodes
from lapak.affiliates.link_rules import utm_values
from lapak.affiliates.links import create_link
from lapak.affiliates.models import Link
from lapak.lib.acts import act
from lapak.moving.partners.models import Partner, PartnerLink
from lapak.moving.partners.queries import links_of, old_link_for_creator
from lapak.people.users.models import User

_NOT_FREE = (CodeInvalid, CodeTaken)
_NOT_NOW = (TooManyCodes, NoProgramme, NotOnSale)


def keep_codes(by: User, partner: Partner) -> int:
    """The partner, who is `by` from now on, has a link here for each code of theirs that is free; answers for how many. A step of
    accepting an invitation, in its transaction."""
    kept = 0
    for link in links_of(partner).filter(link=None):
        try:
            _keep(by, link, link.code)
        except _NOT_FREE:
            continue
        except _NOT_NOW:
            break
        kept += 1
    return kept


@act
def keep_old_link(by: User, link_id: int, code: str) -> Link:
    """A link that the creator had elsewhere is theirs here under this code, with its label and UTM values; kept already, it stays
    as it is.

    Refuses whose it is not (`OldLinkNotFound`), and what `create_link` refuses.
    """
    old = old_link_for_creator(by, link_id)
    old = PartnerLink.objects.select_for_update(of=("self",), no_key=True).select_related("link").get(pk=old.pk)
    return old.link or _keep(by, old, code)


def _keep(by: User, old: PartnerLink, code: str) -> Link:
    """To the goods it led to; to the shop where they are not on sale."""
    words = {"label": old.label, "code": code, "utm": utm_values(old.utm)}
    try:
        old.link = create_link(by, product=old.product, shop=old.shop, **words)  # type: ignore[arg-type]  # each is what it is
    except NotOnSale:
        if old.product is None:
            raise
        old.link = create_link(by, shop=old.shop, **words)  # type: ignore[arg-type]  # likewise
    old.save(update_fields=["link"])
    return old.link
