"""Telling people, and what they do with what they are told."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ids import new_id
from lapak.lib.jobs import FOR_PARTNERS, defer_once
from lapak.people.notices.errors import NoticeNotFound
from lapak.people.notices.facts import FACTS
from lapak.people.notices.models import Mail, MutedTopic, Notice
from lapak.people.notices.rules import MAY_BE_OFF, Topic, mailed_within
from lapak.people.notices.words import one_line

SEND_JOB = "flows.send_mails"
"""The job in `flows/tasks.py`, named here because tasks call commands and not the other way round."""

KEPT = timedelta(days=180)
"""Notices older than this are pruned, read or not; what they told stands on the pages they lead to. Longer than any clock."""

MAILS_KEPT = timedelta(days=30)
"""Mails that were sent or given up: that one was sent, and when, is asked about within days."""

AT_ONCE = 1000
"""Rows of one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Somebody is to be told a fact: once, whatever comes again. `said` fills its sentences (facts/)."""

    fact: str
    reader_id: uuid.UUID
    about_id: uuid.UUID
    happened_at: datetime
    said: dict[str, Any] = field(default_factory=dict)
    deadline: datetime | None = None
    shop_id: uuid.UUID | None = None


@act
def tell(tellings: Sequence[Telling]) -> None:
    """Each stands in its reader's list, and waits to be mailed unless they do without; those told before are left out."""
    muted = _muted({telling.reader_id for telling in tellings if FACTS[telling.fact].topic in MAY_BE_OFF})
    now = clock.now()
    Notice.objects.bulk_create(
        (
            Notice(
                id=new_id(),
                reader_id=telling.reader_id,
                read_as=FACTS[telling.fact].read_as,
                shop_id=telling.shop_id,
                fact=telling.fact,
                about_id=telling.about_id,
                said=telling.said,
                deadline=telling.deadline,
                happened_at=telling.happened_at,
                told_at=now,
                mail_at=_mail_at(telling, muted, now),
            )
            for telling in tellings
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def mark_read(by_id: uuid.UUID, notice_id: uuid.UUID) -> Notice:
    """The reader has seen it; `NoticeNotFound` for anyone else."""
    notice = Notice.objects.filter(reader_id=by_id, id=notice_id).first()
    if notice is None:
        raise NoticeNotFound
    if notice.read_at is None:
        Notice.objects.filter(id=notice.id).update(read_at=clock.now())
    return notice


def mark_all_read(by_id: uuid.UUID) -> int:
    """The reader has seen all there is; answers how many were new."""
    return Notice.objects.filter(reader_id=by_id, read_at=None).update(read_at=clock.now())


def let_rest(*, until: datetime) -> None:
    """What was told until then has been read, and nothing is mailed: of a past that was invented, or moved in."""
    Notice.objects.filter(mail_at__isnull=False).update(mail_at=None)
    Notice.objects.filter(read_at=None, told_at__lt=until).update(read_at=F("told_at"))


@act
def choose_mails(by_id: uuid.UUID, wanted: Collection[Topic]) -> None:
    """The reader gets mails about these of the topics that may be off, and about no other of them."""
    off = [topic for topic in MAY_BE_OFF if topic not in wanted]
    MutedTopic.objects.filter(reader_id=by_id).exclude(topic__in=off).delete()
    mute(by_id, off)


def mute(by_id: uuid.UUID, topics: Collection[Topic]) -> None:
    """The reader does without mails about these; those that may not be off still come."""
    MutedTopic.objects.bulk_create(
        [MutedTopic(reader_id=by_id, topic=topic) for topic in topics if topic in MAY_BE_OFF], ignore_conflicts=True
    )


def take_to_mail(reader_id: uuid.UUID, read_as: str, shop_id: uuid.UUID | None) -> list[Notice]:
    """All that is to be mailed of one kind and shop to the reader, which from now on is not, the oldest first. For the
    transaction that writes the mail."""
    waiting = Notice.objects.filter(reader_id=reader_id, read_as=read_as, shop_id=shop_id, mail_at__isnull=False)
    taken = list(waiting.select_for_update(no_key=True).order_by("id"))
    Notice.objects.filter(id__in=[notice.id for notice in taken]).update(mail_at=None)
    return taken


def send_soon() -> None:
    """A job sends what waits, once this transaction is through: someone waits for it."""
    defer_once(app.configure_task(SEND_JOB, queueing_lock=SEND_JOB, queue=FOR_PARTNERS))


def write_mail(*, to: str, subject: str, text: str, html: str = "", headers: dict[str, str] | None = None) -> Mail:
    """The mail waits to be sent by a job, as soon as the transaction it is written in is through."""
    return Mail.objects.create(
        to=to,
        subject=one_line(subject)[:200],
        text=text,
        html=html,
        headers={name: one_line(value) for name, value in (headers or {}).items()},
        written_at=clock.now(),
    )


def mark_sent(mail_id: uuid.UUID) -> None:
    """The mail server has it; what it said is forgotten here."""
    Mail.objects.filter(id=mail_id).update(
        state=Mail.State.SENT, sent_at=clock.now(), text="", html="", headers={}, failure=""
    )


def mark_failed(mail_id: uuid.UUID, failure: str) -> None:
    """Nobody tries any more, and why: the operator sees it."""
    Mail.objects.filter(id=mail_id).update(state=Mail.State.FAILED, failure=one_line(failure)[:300], text="", html="")


def prune() -> int:
    """What is old is gone, a part at a time; answers how many notices and mails."""
    now = clock.now()
    gone = 0
    for rows in (
        Notice.objects.filter(told_at__lt=now - KEPT),
        Mail.objects.exclude(state=Mail.State.WAITING).filter(written_at__lt=now - MAILS_KEPT),
    ):
        while ids := list(rows.values_list("id", flat=True)[:AT_ONCE]):
            gone += rows.filter(id__in=ids).delete()[0]
    return gone


def _mail_at(telling: Telling, muted: Collection[tuple[uuid.UUID, str]], now: datetime) -> datetime | None:
    fact = FACTS[telling.fact]
    if not fact.by_mail or (telling.reader_id, fact.topic.value) in muted:
        return None
    return now + mailed_within(fact.topic)


def _muted(reader_ids: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, str]]:
    if not reader_ids:
        return set()
    return set(MutedTopic.objects.filter(reader_id__in=reader_ids).values_list("reader_id", "topic"))
