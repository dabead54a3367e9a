"""Mails: written from what waits to be mailed, then handed to the mail server, never within a transaction or a request."""

import time
import uuid
from contextlib import suppress
from datetime import timedelta

import structlog
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet

from lapak.flows.models import StuckAct
from lapak.flows.sweep import keep_stuck, no_longer_stuck
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import mark_failed, mark_sent, take_to_mail, write_mail
from lapak.people.notices.letters import letter_of
from lapak.people.notices.models import Mail
from lapak.people.notices.posting import MailRefused, ServerAway, open_server, post
from lapak.people.notices.queries import mails_to_send, who_waits_for_mail
from lapak.people.notices.words import name_in_a_line
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

STUCK_AS, SERVER = "mails", "mail server"
"""The names under which a mail, and the server, stand on the money desk."""

THE_SERVER = derived_id(SERVER)

GIVEN_UP_AFTER = timedelta(days=3)
"""What a mail tells is old by then; it stands under its reader's notices."""

LONGEST_PAUSE = timedelta(minutes=15)
"""For a server that is away: it is looked for after a minute, then after two, and so on."""

RUN_FOR_S = 45
"""A run's longest time: a server that takes seconds for each mail holds up the next run, and nothing else."""

MOST_AT_ONCE = 500

log = structlog.get_logger(__name__)


def write_mails() -> int:
    """Everybody's notices that have waited long enough for others are a mail; answers how many mails."""
    written = 0
    for reader_id, read_as, shop_id in who_waits_for_mail():
        try:
            written += _write(reader_id, read_as, shop_id)
        except Exception as error:  # one that cannot be written must not keep the others
            log.exception("mail_not_written", reader=str(reader_id))
            keep_stuck("write mails", reader_id, error)
    return written


@act
def _write(reader_id: uuid.UUID, read_as: str, shop_id: uuid.UUID | None) -> bool:
    notices = take_to_mail(reader_id, read_as, shop_id)
    reader = User.objects.filter(id=reader_id, is_active=True).first()
    if not notices or reader is None or not reader.email:
        return False
    shop = Shop.objects.filter(id=shop_id).values_list("name", flat=True).first() if shop_id else None
    letter = letter_of(
        notices, name=str(reader.name or reader.email), language=reader.language, shop=name_in_a_line(shop or "")
    )
    write_mail(to=reader.email, subject=letter.subject, text=letter.text, html=letter.html, headers=letter.headers)
    return True


def send_mails() -> int:
    """What waits is with the mail server; answers how many. One that it refuses for now is tried again after a growing
    pause, one that it refuses for good, or did not take in three days, is given up. A server that is away is left alone a
    while. All that stands where the operator sees it."""
    _give_up_old_ones()
    due = list(_due()[:MOST_AT_ONCE])
    if not due or _is_left_alone():
        return 0
    sent, until = 0, time.monotonic() + RUN_FOR_S
    try:
        server = open_server()
        try:
            for mail in due:
                if time.monotonic() > until:
                    break
                sent += _send(server, mail)
        finally:
            _close(server)
    except ServerAway as error:
        log.warning("mail_server_away", error=str(error))
        keep_stuck(SERVER, THE_SERVER, error)
    else:
        no_longer_stuck(SERVER, [THE_SERVER])
    return sent


def _send(server: BaseEmailBackend, mail: Mail) -> bool:
    try:
        post(server, mail)
    except MailRefused as error:
        mark_failed(mail.id, str(error))
    except ServerAway:
        raise
    except Exception as error:
        log.exception("mail_not_sent", mail=str(mail.id))
        keep_stuck(STUCK_AS, mail.id, error)
        return False
    else:
        mark_sent(mail.id)
    no_longer_stuck(STUCK_AS, [mail.id])
    return True


def _due() -> QuerySet[Mail]:
    waiting = StuckAct.all_of(STUCK_AS).filter(next_try_at__gt=clock.now()).values("subject_id")
    return mails_to_send().exclude(id__in=waiting)


def _is_left_alone() -> bool:
    """Whether the server was away, and it is too soon to look for it again."""
    away = StuckAct.all_of(SERVER).first()
    return away is not None and clock.now() < away.last_failed_at + min(
        away.failures * timedelta(minutes=1), LONGEST_PAUSE
    )


def _give_up_old_ones() -> None:
    old = mails_to_send().filter(written_at__lt=clock.now() - GIVEN_UP_AFTER)
    for mail_id in old.values_list("id", flat=True)[:MOST_AT_ONCE]:
        mark_failed(mail_id, "not taken by the mail server in three days")
        no_longer_stuck(STUCK_AS, [mail_id])


def _close(server: BaseEmailBackend) -> None:
    with suppress(Exception):  # it may be away by now; every mail is marked
        server.close()
