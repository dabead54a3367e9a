"""What is told of creators' channels: the operator what waits, the creator what was found."""

import uuid
from collections.abc import Collection, Iterator

from lapak.affiliates.profiles.models import ChannelEvent
from lapak.affiliates.profiles.rules import ChannelState
from lapak.flows.tell_people.readers import readers_of, when
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

TOLD_CREATOR = {ChannelState.CONFIRMED: "channel_confirmed", ChannelState.DECLINED: "channel_declined"}


def of_channels(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each step."""
    events = ChannelEvent.objects.filter(id__in=event_ids).select_related("channel__creator")
    readers = readers_of([])
    for event in events.order_by("happened_at", "id"):
        channel, state = event.channel, ChannelState(event.state)
        said = {"channel": name_in_a_line(str(channel)), "channel_id": str(channel.id)}
        told = when(event.id, event.happened_at)
        if state == ChannelState.ASKED:
            yield from readers.tell_operators("case_channel", said, **told | {"deadline": channel.look_by})
        elif fact := TOLD_CREATOR.get(state):
            yield Telling(fact=fact, reader_id=channel.creator.user_id, said=said, **told)
