"""The notice of a breach to the authority (UU 27/2022 Art. 46), as PDF: in Indonesian, whoever fetches it."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lapak.flows.record_breach.traces import TRACES
from lapak.lib import clock
from lapak.lib.numbers import format_count
from lapak.people.privacy.models import Breach
from lapak.people.privacy.rules import Whose
from lapak.web.shell.paper import Paper


def letter_to_authority(breach: Breach) -> HttpResponse:
    """All that the law asks for, and what was done so far."""
    with override("id"):
        paper = Paper(_("Notice of a breach of personal data"), _("Written notice under UU 27/2022 Art. 46."))
        paper.facts(_head(breach))
        for title, words in _told(breach):
            paper.facts([(title, words)])
        paper.facts(_done(breach))
        return paper.as_response(f"breach-{breach.number}.pdf")


def _head(breach: Breach) -> list[tuple[str, str]]:
    return [
        (_("To"), _("The authority for the protection of personal data (UU 27/2022 Art. 58)")),
        (_("From"), _("Lapak, as controller of the data")),
        (_("Whom to ask"), settings.CONTACT_EMAIL or "–"),
        (_("Number"), breach.number),
        (_("Written on"), clock.say(clock.now())),
    ]


def _told(breach: Breach) -> list[tuple[str, str]]:
    return [
        (_("Which data"), "; ".join(breach.data_in_words)),
        (_("Of how many people"), f"{format_count(breach.people_count)} ({whose_in_words(breach)})"),
        (_("Since when"), clock.say(breach.began_at)),
        (_("Known since"), clock.say(breach.known_at)),
        (_("What happened, and how"), breach.how),
        (_("What is done, and what people can do"), breach.measures),
    ]


def _done(breach: Breach) -> list[tuple[str, str]]:
    public = clock.say(breach.published_at) if breach.published_at else _("not so far")
    people = clock.say(breach.letters_from) if breach.letters_from else _("not so far")
    return [(_("The people are written to since"), people), (_("The public is told since"), public)]


def whose_in_words(breach: Breach) -> str:
    """How it was said whose data they are."""
    if not breach.trace:
        return str(Whose(breach.whose).label)
    return f"{TRACES[breach.trace].says}, {breach.traced_from:%d-%m-%Y} – {breach.traced_until:%d-%m-%Y}"
