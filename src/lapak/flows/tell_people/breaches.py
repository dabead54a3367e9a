"""Whose data others had is written to: a letter by mail, once for each person and breach, and a notice that leads to the same."""

import uuid
from collections.abc import Sequence

from django.utils.translation import override

from lapak.flows.tell_people.readers import when
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.notices.commands import AT_ONCE, Telling, tell, write_mail
from lapak.people.privacy.breach_letters import letter, subject
from lapak.people.privacy.breaches import breaches_to_write_of, erased_among, mark_people_told, people_to_tell
from lapak.people.privacy.models import Breach, BreachedPerson
from lapak.people.users.models import User


def tell_people_of_breaches() -> int:
    """The next thousand of the most urgent breach; answers how many letters were written."""
    first = breaches_to_write_of().first()
    return _tell_next(first.id) if first else 0


@act
def _tell_next(breach_id: uuid.UUID) -> int:
    breach = breaches_to_write_of().select_for_update(no_key=True).filter(id=breach_id).first()
    if breach is None:
        return 0
    rows = list(people_to_tell(breach)[:AT_ONCE])
    gone = erased_among([row.user for row in rows])
    users = [row.user for row in rows if row.user_id not in gone]
    _write_to(breach, users)
    BreachedPerson.objects.filter(id__in=[row.id for row in rows]).update(told_at=clock.now())
    if len(rows) < AT_ONCE:
        mark_people_told(breach)
    return len(users)


def _write_to(breach: Breach, users: Sequence[User]) -> None:
    told = when(breach.id, breach.known_at)
    tell([Telling(fact="breach", reader_id=user.id, said={"breach_id": str(breach.id)}, **told) for user in users])
    for language in {user.language for user in users}:
        with override(language):
            words, about = letter(breach), subject()
        for user in users:
            if user.language == language:
                write_mail(to=user.email, subject=about, text=words)
