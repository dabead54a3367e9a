"""Handing mails to the mail server: what it takes, what it refuses for good, and when it is away."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from lapak.people.notices.models import Mail


class ServerAway(Exception):  # noqa: N818 - says where it is
    """The mail server cannot be reached, hangs, or does not let us in: no other mail is tried now."""


class MailRefused(Exception):  # noqa: N818 - says what became of it
    """The mail server does not take this mail, and will not: the address does not exist, for one."""


def open_server() -> BaseEmailBackend:
    """A connection to the mail server, to be closed; `ServerAway` when there is none."""
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway(f"{type(error).__name__}: {error}") from error
    return server


def post(server: BaseEmailBackend, mail: Mail) -> None:
    """The server has the mail. `MailRefused`; `ServerAway`; any other error: another time, perhaps."""
    try:
        server.send_messages([_message(mail)])
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError) as error:
        raise ServerAway(str(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        _refused_for_good([code for code, _says in error.recipients.values()], error)
        raise
    except smtplib.SMTPResponseException as error:
        _refused_for_good([error.smtp_code], error)
        raise
    except smtplib.SMTPException:
        raise
    except OSError as error:  # a time limit, a broken line
        raise ServerAway(f"{type(error).__name__}: {error}") from error


def _refused_for_good(codes: list[int], error: Exception) -> None:
    """5xx is a server's word for that (RFC 5321 §4.2.1)."""
    if all(code >= 500 for code in codes):
        raise MailRefused(str(error)) from error


def _message(mail: Mail) -> EmailMultiAlternatives:
    """With a name of its own that stays the same: sent twice because of a crash, mail programs show it once."""
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    headers: dict[str, Any] = {"Message-ID": f"<{mail.id}@{host}>", "Auto-Submitted": "auto-generated", **mail.headers}
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        reply_to=[settings.CONTACT_EMAIL] if settings.CONTACT_EMAIL else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
