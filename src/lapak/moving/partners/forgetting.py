"""Name and e-mail of those whom a shop may invite go when they are needed no more."""

from collections.abc import Iterable
from datetime import timedelta

from lapak.affiliates.models import CreatorInvitation
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moving.formats.registry import title_of
from lapak.moving.partners.models import Partner
from lapak.moving.partners.queries import partners_to_forget

AT_ONCE = 1_000
LATELY = timedelta(days=3)
"""Longer than the clock ever stands still."""


def forget(partner: Partner) -> None:
    """What stays is what they got, by the id of a programme. A step of what ends their invitation, in its transaction."""
    partner.name, partner.email, partner.is_forgotten = "", "", True
    partner.save(update_fields=["name", "email", "is_forgotten"])


def forget_partners() -> int:
    """By the clock: whoever has waited long enough is forgotten; whom an open invitation asks stays until it ends. Answers for
    how many were forgotten."""
    _those_answered()
    forgotten = 0
    while due := _forget_some():
        forgotten += due[1]
    return forgotten


@act
def _those_answered() -> None:
    """Whose invitation ended lately need not wait; of one that ended earlier, the day they were given does."""
    ended = CreatorInvitation.objects.filter(ended_at__gt=clock.now() - LATELY).values_list("shop_id", "place", "name")
    over = {*ended}
    shops, names = {shop for shop, _place, _name in over}, {name for _shop, _place, name in over}
    known = Partner.objects.filter(is_forgotten=False, shop__in=shops, handle__in=names, forget_at__gt=clock.now())
    due = [each.pk for each in known if (each.shop_id, title_of(each.platform), each.handle) in over]
    Partner.objects.filter(pk__in=due).update(forget_at=clock.now())


@act
def _forget_some() -> tuple[int, int] | None:
    due = list(partners_to_forget().select_for_update(no_key=True, skip_locked=True)[:AT_ONCE])
    asked = _asked(due)
    for partner in due:
        invitation = asked.get((partner.shop_id, title_of(partner.platform), partner.handle))
        if invitation:
            partner.forget_at = invitation.answer_by
        else:
            partner.name, partner.email, partner.is_forgotten = "", "", True
    Partner.objects.bulk_update(due, ["forget_at", "name", "email", "is_forgotten"])
    return (len(due), sum(partner.is_forgotten for partner in due)) if due else None


def _asked(partners: Iterable[Partner]) -> dict[tuple[object, str, str], CreatorInvitation]:
    """The invitations that are open, by shop, place and name there."""
    shops, names = {partner.shop_id for partner in partners}, {partner.handle for partner in partners}
    made = CreatorInvitation.objects.filter(shop__in=shops, name__in=names, state="open", answer_by__gt=clock.now())
    return {(each.shop_id, each.place, each.name): each for each in made}
