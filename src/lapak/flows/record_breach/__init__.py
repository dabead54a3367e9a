"""A breach of people's data is recorded, with everybody whose they are; its clock runs: docs/concepts/breaches.md."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from lapak.flows.record_breach.people import people_concerned
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.privacy.breaches import refuse_unfit_words
from lapak.people.privacy.errors import BreachMomentRefused, BreachNotFound, NobodyConcerned
from lapak.people.privacy.models import Breach, BreachedPerson, BreachEvent
from lapak.people.privacy.rules import TOLD_WITHIN, Whose
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


@act
def record_breach(
    by: User,
    *,
    kinds: Sequence[str],
    how: str,
    measures: str,
    began_at: datetime,
    known_at: datetime,
    whose: str,
    listed: str = "",
    trace: str = "",
    traced_from: date | None = None,
    traced_until: date | None = None,
    how_en: str = "",
    measures_en: str = "",
    is_for_the_public: bool = False,
) -> Breach:
    """The breach is on record with everybody whose data they are; they and the authority are told within `TOLD_WITHIN` of when it
    was known.

    Refuses anyone but the operator (`BreachNotFound`), moments that are to come or the wrong way round (`BreachMomentRefused`),
    what is not fit (`BreachDataRefused`, `BreachWordsRefused`), and people whom nobody finds (`PeopleUnknown`, `TooManyListed`,
    `TraceRefused`, `NobodyConcerned`).
    """
    require_desk(by, Desk.BREACHES, BreachNotFound)
    now = clock.now()
    if known_at > now:
        raise BreachMomentRefused("known_at")
    if began_at > known_at:
        raise BreachMomentRefused("began_at")
    refuse_unfit_words(kinds, how=how, how_en=how_en, measures=measures, measures_en=measures_en)
    people = people_concerned(whose, listed, trace, traced_from, traced_until)
    is_traced = whose == Whose.TRACED
    breach = Breach.objects.create(
        kinds=list(kinds), how=how, how_en=how_en, measures=measures, measures_en=measures_en,
        whose=whose, trace=trace if is_traced else "",
        traced_from=traced_from if is_traced else None, traced_until=traced_until if is_traced else None,
        people_count=0, is_for_the_public=is_for_the_public,
        began_at=began_at, known_at=known_at, recorded_at=now, tell_by=known_at + TOLD_WITHIN.on(clock.today()),
    )  # fmt: skip
    breach.people_count = _keep(breach, people)
    if not breach.people_count:
        raise NobodyConcerned
    breach.save(update_fields=["people_count"])
    BreachEvent.objects.create(breach=breach, kind=BreachEvent.Kind.RECORDED, actor=by, happened_at=now)
    return breach


def _keep(breach: Breach, people: QuerySet[User]) -> int:
    """A row for each of them, in one statement: it may be everybody."""
    found, parameters = people.order_by("id").values("id").query.sql_with_params()
    table = BreachedPerson._meta.db_table  # noqa: SLF001 - Django documents the name
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (breach_id, user_id) SELECT %s, found.id FROM ({found}) found",  # noqa: S608 - no words of anybody
            [breach.id, *parameters],
        )
        return int(cursor.rowcount)
