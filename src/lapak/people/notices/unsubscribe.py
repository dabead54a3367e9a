"""The link in a mail with which one tap ends mails of its kind, without signing in (RFC 8058)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing

from lapak.people.notices.errors import UnsubscribeLinkBroken
from lapak.people.notices.rules import Topic

_SALT = "notices.unsubscribe"


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """Who would do without mails about what."""

    reader_id: uuid.UUID
    topics: tuple[Topic, ...]


def link_token(reader_id: uuid.UUID, topics: Collection[Topic]) -> str:
    """Signed, and good for ever: mails are opened after years, and all it can do is end mails."""
    return signing.dumps([reader_id.hex, sorted(topics)], salt=_SALT)


def read_token(token: str) -> Unsubscribing:
    """What the link is for; `UnsubscribeLinkBroken` when it is not as we made it."""
    try:
        reader, topics = signing.loads(token, salt=_SALT)
        return Unsubscribing(uuid.UUID(reader), tuple(Topic(topic) for topic in topics))
    except (signing.BadSignature, ValueError) as error:  # a topic that is no more is a ValueError
        raise UnsubscribeLinkBroken from error
