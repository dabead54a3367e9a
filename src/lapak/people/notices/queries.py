"""Reading what people are told."""

import uuid

from django.db.models import Exists, Min, QuerySet

from lapak.lib import clock
from lapak.people.notices.models import Mail, MutedTopic, Notice
from lapak.people.notices.rules import MAY_BE_OFF, Reader, Topic

MOST_AT_ONCE = 1000
"""Mails written in one sweep."""

MOST_COUNTED = 100
"""More unread than this are not counted: the bell says 99+."""


def unread_count(reader_id: uuid.UUID) -> int:
    """How many notices the reader has not seen, `MOST_COUNTED` at most; one statement, from an index alone."""
    unread = Notice.objects.filter(reader_id=reader_id, read_at=None).order_by()
    return unread[:MOST_COUNTED].count()


def notices_of(reader_id: uuid.UUID, read_as: str = "", older_than: uuid.UUID | None = None) -> QuerySet[Notice]:
    """The reader's, newest first; as whom they read them, and from which one on, where that is asked for."""
    notices = Notice.objects.filter(reader_id=reader_id).order_by("-id")
    if read_as in Reader.values:
        notices = notices.filter(read_as=read_as)
    return notices.filter(id__lt=older_than) if older_than else notices


def who_waits_for_mail() -> "list[tuple[uuid.UUID, str, uuid.UUID | None]]":
    """Whose notices are to be mailed now: reader, as whom, and for which shop; whoever has waited longest first."""
    due = Notice.objects.filter(mail_at__lte=clock.now()).order_by()
    readers = due.values_list("reader_id", "read_as", "shop_id").annotate(first=Min("mail_at")).order_by("first")
    return [(reader_id, read_as, shop_id) for reader_id, read_as, shop_id, _first in readers[:MOST_AT_ONCE]]


def mails_wanted(reader_id: uuid.UUID) -> set[Topic]:
    """The topics that may be off and are not."""
    off = MutedTopic.objects.filter(reader_id=reader_id).values_list("topic", flat=True)
    return set(MAY_BE_OFF) - {Topic(topic) for topic in off}


def kinds_of_reader(reader_id: uuid.UUID) -> list[Reader]:
    """As whom the reader was told anything that is kept; one statement."""
    own = Notice.objects.filter(reader_id=reader_id).order_by()
    told = own.values_list(*(Exists(own.filter(read_as=kind)) for kind in Reader))[:1]
    return [kind for row in told for kind, is_told in zip(Reader, row, strict=True) if is_told]


def mails_to_send() -> QuerySet[Mail]:
    """Those that wait, the oldest first."""
    return Mail.objects.filter(state=Mail.State.WAITING).order_by("written_at", "id")
