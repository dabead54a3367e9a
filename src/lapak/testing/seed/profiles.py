"""What creators of the big market say of themselves, and the rates that the first shop invited them at."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta

from lapak.affiliates.invitations import HERE
from lapak.affiliates.models import Creator, CreatorInvitation, Membership, Programme, ProgrammeRate
from lapak.affiliates.profiles.models import Channel, ChannelEvent, Profile, ProfileCategory
from lapak.affiliates.profiles.queries import wide_categories
from lapak.affiliates.profiles.rules import ChannelState
from lapak.affiliates.rules import ANSWER_DAYS
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.shops.models import Shop
from lapak.testing.seed.people import People

DAY = timedelta(days=1)
AT_ONCE = 5_000
PLATFORMS = ("TikTok", "Instagram", "YouTube")
ASKS_FOR_A_LOOK = 10
"""Every tenth creator has named another channel, which an operator is to look at."""
OWN_RATE_BP = 1_500
STEPS = {
    ChannelState.CONFIRMED: (ChannelState.NAMED, ChannelState.ASKED, ChannelState.CONFIRMED),
    ChannelState.ASKED: (ChannelState.NAMED, ChannelState.ASKED),
}

State = CreatorInvitation.State
OF_FIRST_SHOP = (State.OPEN, State.ACCEPTED, State.DECLINED, State.LAPSED)


def bring_profiles(people: People, chance: random.Random) -> None:
    """Shops find every creator in two categories, by a channel that an operator has confirmed; results are counted at night."""
    roots = list(wide_categories())
    Profile.objects.bulk_create(
        (Profile(creator=each, about="Racun batik dan kopi.", confirmed=1) for each in people.creators),
        batch_size=AT_ONCE,
    )
    ProfileCategory.objects.bulk_create(
        (
            ProfileCategory(profile_id=each.pk, category=category)
            for each in people.creators
            for category in chance.sample(roots, 2)
        ),
        batch_size=AT_ONCE,
    )
    channels = Channel.objects.bulk_create(_channels(people.creators), batch_size=AT_ONCE)
    ChannelEvent.objects.bulk_create(
        (
            ChannelEvent(channel=channel, state=step, happened_at=channel.named_at + n * DAY)
            for channel in channels
            for n, step in enumerate(STEPS[ChannelState(channel.state)])
        ),
        batch_size=AT_ONCE,
    )


def _channels(creators: Sequence[Creator]) -> Iterator[Channel]:
    now = clock.now()
    for n, creator in enumerate(creators):
        of_creator = {"creator": creator, "code": f"LAPAK-{n:06d}"}
        yield Channel(
            **of_creator, platform=PLATFORMS[n % 3], address=f"@{creator.handle}", state=ChannelState.CONFIRMED,
            named_at=now - 50 * DAY,
        )  # fmt: skip
        if n % ASKS_FOR_A_LOOK == 1:
            yield Channel(
                **of_creator, platform=PLATFORMS[n % 3], address=f"@{creator.handle}.id", state=ChannelState.ASKED,
                look_by=now + 5 * DAY, named_at=now - 3 * DAY,
            )  # fmt: skip


def invite_all(people: People) -> None:
    """The first shop has invited everyone but the first creator, whom every fifth of the small shops invites; a quarter of them
    wait, a quarter were accepted and have their rate."""
    invited = [(people.shops[0], creator, OF_FIRST_SHOP[n % 4]) for n, creator in enumerate(people.creators[1:])]
    invited += [(shop, people.creators[0], State.OPEN) for shop in people.shops[1::5]]
    invitations = [_invitation(*each, n) for n, each in enumerate(invited)]
    CreatorInvitation.objects.bulk_create(invitations, batch_size=AT_ONCE)
    _promise([each for each in invitations if each.state == State.ACCEPTED])


def _invitation(shop: Shop, creator: Creator, state: State, n: int) -> CreatorInvitation:
    made_at = clock.now() - (5 if state == State.OPEN else 40) * DAY - timedelta(seconds=n)
    answer_by = made_at + ANSWER_DAYS * DAY
    return CreatorInvitation(
        shop=shop, place=HERE, name=str(creator), invited=creator, rate_bp=OWN_RATE_BP, code=new_id().hex[-24:],
        message="Kami suka videomu.", made_at=made_at, answer_by=answer_by, state=state,
        ended_at=None if state == State.OPEN else answer_by, creator=creator if state == State.ACCEPTED else None,
    )  # fmt: skip


def _promise(accepted: Sequence[CreatorInvitation]) -> None:
    programmes = Programme.objects.bulk_create(
        (Programme(kind=Programme.Kind.INVITED, shop=each.shop, created_at=each.answer_by) for each in accepted),
        batch_size=AT_ONCE,
    )
    agreed = list(zip(programmes, accepted, strict=True))
    ProgrammeRate.objects.bulk_create(
        (
            ProgrammeRate(programme=programme, rate_bp=each.rate_bp, announced_at=programme.created_at)
            for programme, each in agreed
        ),
        batch_size=AT_ONCE,
    )
    Membership.objects.bulk_create(
        (
            Membership(programme=programme, creator=each.invited, joined_at=programme.created_at)
            for programme, each in agreed
        ),
        batch_size=AT_ONCE,
    )
