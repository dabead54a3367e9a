"""What is told of a shop's invitations to creators: to whom is asked, and back to the shop."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lapak.affiliates.models import CreatorInvitation, ProgrammeRate
from lapak.flows.tell_people.programmes import payer_of
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

SOON = timedelta(days=2)
"""Before an invitation lapses, and before an agreed rate ends."""

State = CreatorInvitation.State

TOLD_TO_SHOP = {
    State.ACCEPTED: "invitation_accepted",
    State.DECLINED: "invitation_declined",
    State.LAPSED: "invitation_lapsed",
}


def of_new_invitations(since: datetime, until: datetime) -> Iterator[Telling]:
    """Whom a shop asked then, and has not taken back: those who are not here it asks itself."""
    made = CreatorInvitation.objects.filter(state=State.OPEN, invited__isnull=False)
    for invitation in made.filter(made_at__gt=since, made_at__lte=until).select_related("shop", "invited"):
        yield from _to_creator("creator_invited", invitation, invitation.made_at)


def of_invitations_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """What a creator has not answered, and lapses then."""
    waiting = CreatorInvitation.objects.filter(state=State.OPEN, invited__isnull=False)
    for invitation in waiting.filter(answer_by__gt=since, answer_by__lte=until).select_related("shop", "invited"):
        if invitation.answer_by - invitation.made_at > 2 * SOON:
            yield from _to_creator("invitation_soon", invitation, invitation.answer_by - SOON)


def of_ended_invitations(since: datetime, until: datetime) -> Iterator[Telling]:
    """The shop: that it was accepted, declined, or not answered in time; the creator: that it was withdrawn."""
    ended = CreatorInvitation.objects.filter(ended_at__gt=since, ended_at__lte=until)
    invitations = list(ended.select_related("shop", "invited", "creator").order_by("ended_at", "id"))
    readers = readers_of({invitation.shop_id for invitation in invitations})
    for invitation in invitations:
        if invitation.state != State.WITHDRAWN:
            yield from _to_shop(readers, invitation)
        elif invitation.invited and invitation.ended_at:
            yield from _to_creator("invitation_withdrawn", invitation, invitation.ended_at)


def of_ending_rates(since: datetime, until: datetime) -> Iterator[Telling]:
    """A creator whose own rate ends then, as was agreed: what counts afterwards is the rate for everyone."""
    ending = ProgrammeRate.objects.filter(superseded_at=None, ends_at__gt=since, ends_at__lte=until)
    for rate in ending.select_related("programme__shop").prefetch_related("programme__memberships__creator"):
        shop = name_in_a_line(payer_of(rate.programme))
        told = when(derived_id(rate.id, "ends"), until - SOON, rate.ends_at)
        for membership in rate.programme.memberships.all():
            said = {"shop": shop, "rate_bp": rate.rate_bp}
            yield Telling(fact="own_rate_ends", reader_id=membership.creator.user_id, said=said, **told)


def _to_creator(fact: str, invitation: CreatorInvitation, at: datetime) -> Iterator[Telling]:
    if invitation.invited:
        said: dict[str, Any] = {
            "shop": name_in_a_line(invitation.shop.name),
            "rate_bp": invitation.rate_bp,
            "code": invitation.code,
        }
        deadline = None if fact == "invitation_withdrawn" else invitation.answer_by
        told = when(derived_id(invitation.id, invitation.made_at), at, deadline)
        yield Telling(fact=fact, reader_id=invitation.invited.user_id, said=said, **told)


def _to_shop(readers: Readers, invitation: CreatorInvitation) -> Iterator[Telling]:
    name = f"@{invitation.creator.handle}" if invitation.creator else invitation.name
    said = {"name": name_in_a_line(name), "rate_bp": invitation.rate_bp}
    told = when(invitation.id, invitation.ended_at or invitation.made_at)
    yield from readers.tell_promoting(invitation.shop_id, TOLD_TO_SHOP[State(invitation.state)], said, **told)
