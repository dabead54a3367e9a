"""What came of a report is mailed to a visitor; then nobody keeps their address."""

from django.utils.translation import gettext, override

from lapak.moderation.models import Case
from lapak.people.notices.commands import send_soon, write_mail


def answer_visitors(case: Case, *, is_heeded: bool) -> None:
    """Each is told once, in the language in which they wrote."""
    waiting = list(case.reports.exclude(email=""))
    for report in waiting:
        with override(report.language):
            subject, text = _letter(case, is_heeded=is_heeded)
        write_mail(to=report.email, subject=subject, text=text)
    case.reports.exclude(email="").update(email="")
    if waiting:
        send_soon()


def _letter(case: Case, *, is_heeded: bool) -> tuple[str, str]:
    """Subject and words, by the number alone: what somebody called their goods goes to no mailbox that nobody confirmed."""
    said = {"number": case.number}
    if is_heeded:
        return (
            gettext("Your report %(number)s: we have acted") % said,
            gettext("We looked at what you reported, found that it breaks our rules, and acted. Thank you."),
        )
    return (
        gettext("Your report %(number)s: it stays") % said,
        gettext("We looked at what you reported and found nothing that breaks our rules, so it stays."),
    )
