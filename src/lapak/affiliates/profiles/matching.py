"""Which invitations are for a creator: made for them here, or for the channel or the e-mail address that is known to be theirs.

Who that is nobody keeps: it is looked up when the creator looks, and so the shop learns it with their acceptance alone.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapak.affiliates.known_as import known_as
from lapak.affiliates.models import Creator, CreatorInvitation
from lapak.affiliates.profiles.queries import confirmed_channels
from lapak.affiliates.rules import ASKED_AGAIN_AFTER
from lapak.lib import clock
from lapak.people.users.queries import confirmed_emails


def invitations_to_answer(creator: Creator) -> QuerySet[CreatorInvitation]:
    """What waits for this creator's answer, the newest first; of a shop that they declined lately only what is made for them."""
    waiting = CreatorInvitation.objects.filter(state=CreatorInvitation.State.OPEN, answer_by__gt=clock.now())
    declined = CreatorInvitation.objects.filter(declined_by=creator, ended_at__gt=clock.now() - ASKED_AGAIN_AFTER)
    for_them = Q(invited=creator) | Q(
        _known_to_be(creator), ~Exists(declined.filter(shop=OuterRef("shop"))), invited=None
    )
    return waiting.filter(for_them).select_related("shop").order_by("-made_at", "-id")


def _known_to_be(creator: Creator) -> Q:
    names = {known_as(each.platform, each.address) for each in confirmed_channels(creator)} - {""}
    return (Q(known_as__in=names) & ~Q(known_as="")) | (Q(email__in=confirmed_emails(creator.user_id)) & ~Q(email=""))
