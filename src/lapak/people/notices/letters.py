"""What a mail says: the notices that go in it, in its reader's language, as plain text and as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from lapak.people.notices.facts import FACTS
from lapak.people.notices.models import Notice
from lapak.people.notices.rules import MAY_BE_OFF
from lapak.people.notices.unsubscribe import link_token
from lapak.people.notices.words import name_in_a_line, words_of

SHOWN = 20
"""Of many notices in one mail; the rest are counted, and stand in the list behind the bell."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is read, with the headers that let mail programs end such mails."""

    subject: str
    text: str
    html: str
    headers: dict[str, str]


def letter_of(notices: Sequence[Notice], *, name: str, language: str, shop: str = "") -> Letter:
    """Of one reader's notices, the oldest first, which is the subject; every address in it is whole."""
    with override(language):
        rows = [(words, site(words.path)) for words in map(words_of, notices[:SHOWN])]
        subject = rows[0][0].says
        if len(notices) > 1:
            subject = gettext("%(says)s, and %(count)s more") % {"says": subject, "count": len(notices) - 1}
        off = _off_address(notices)
        context = {
            "language": language,
            "subject": subject,
            "name": name_in_a_line(name),
            "shop": shop,
            "rows": rows,
            "more": max(0, len(notices) - SHOWN),
            "all_address": site(reverse("notices")),
            "choices_address": site(reverse("mail_choices")),
            "off_address": off,
            "contact": settings.CONTACT_EMAIL,
        }
        text = render_to_string("notices/mail.txt", context)
        html = render_to_string("notices/mail.html", context)
    may_end = off and all(FACTS[notice.fact].topic in MAY_BE_OFF for notice in notices)
    return Letter(subject, text, html, _one_click(off) if may_end else {})


def site(path: str) -> str:
    """The whole address of a path."""
    return f"{settings.BASE_URL}{path}"


def _off_address(notices: Sequence[Notice]) -> str:
    """The link that ends what of these may be ended; none where nothing may."""
    topics = {FACTS[notice.fact].topic for notice in notices} & set(MAY_BE_OFF)
    return site(reverse("unsubscribe", args=[link_token(notices[0].reader_id, topics)])) if topics else ""


def _one_click(address: str) -> dict[str, str]:
    """RFC 2369 and RFC 8058: the mail program shows a button of its own."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
