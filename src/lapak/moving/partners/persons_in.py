"""Lists of the people of a programme: whom the shop may invite. Nobody is told anything, and nothing is agreed with anyone."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from msgspec import Struct, structs

from lapak.affiliates.rates import MAX_RATE_BP
from lapak.lib import clock
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH, SourceSheet
from lapak.moving.ids import visible
from lapak.moving.partners.codes import codes_in
from lapak.moving.partners.links_in import LinksTold, OldLink
from lapak.moving.partners.models import MAX_CODE_LENGTH, MAX_NAME_LENGTH, Partner
from lapak.moving.partners.people import People, code_in, email_in
from lapak.moving.partners.rules import forgotten_at
from lapak.moving.past.promotions import rate_in
from lapak.moving.past.reading import error
from lapak.moving.past.rows import PastRows
from lapak.moving.past.told import ToldRows
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row

_LONGEST_EMAIL = 254
_NOT_INVITED = {
    "banned", "declined", "rejected", "deactivated", "archived", "disabled", "denied", "blocked", "suspended",
    "disapproved", "deleted", "fraud", "terminated",
}  # fmt: skip
"""Whom the programme itself had sent away."""


class Person(Struct, frozen=True):
    """A row: someone who promoted the shop."""

    platform: str
    source_id: str
    handle: str
    name: str
    email: str
    rate_bp: int | None
    joined_at: datetime | None
    forget_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """By which they are known."""
        return self.platform, self.source_id


class PersonsTold(ToldRows[Partner, Person]):
    """What the lists say, what is not fit, and what would be new or different."""


def read_persons(people: People, sheets: Sequence[SourceSheet], links: LinksTold, report: Report) -> PersonsTold:
    """Everybody whom the lists name; their codes are links of theirs. Of two rows of one person the later is right."""
    told = PersonsTold(Partner)
    for sheet in sheets:
        rows = PastRows(sheet, (), sum(told.rows.values()), report)
        for row in rows:
            _take(row, rows, people, told, links)
        told.problems += rows.notes()
        told.rows[sheet] = rows.count
    return told


def _take(row: Row, rows: PastRows, people: People, told: PersonsTold, links: LinksTold) -> None:
    errors = list(_problems(row))
    if (row.text("state") or "").casefold() in _NOT_INVITED:
        message = _("The programme had sent them away: they are not brought here.")
        errors.append(Problem(Weight.NOTE, row.sheet, row.number, "state", message))
    if errors:
        told.problems += errors
        told.counts.partners.left_out += 1
        return
    person = _person(row, rows, people, told)
    if told.by_key.get(person.key):
        told.counts.partners.unchanged += 1
    told.by_key[person.key] = person
    people.add(person.platform, person.source_id, email=person.email, name=person.name, code=person.handle)
    for code in codes_in(visible(row.text("code") or "")):
        links.take(OldLink(person.platform, code[:MAX_CODE_LENGTH], person.source_id, "", "", None))


def _problems(row: Row) -> list[Problem]:
    key = row.id("partner_id")
    if len(key) > MAX_SOURCE_ID_LENGTH:
        return [error(row, "partner_id", _("Longer than %(limit)d characters.") % {"limit": MAX_SOURCE_ID_LENGTH})]
    if not (key or _email(row) or code_in(row)):
        return [
            error(row, "email", _("The row does not say whom it is about: neither an id nor an e-mail nor a code."))
        ]
    return []


def _person(row: Row, rows: PastRows, people: People, told: PersonsTold) -> Person:
    """Who has no id there goes by what is known of them here, else by an id of our own."""
    platform, email, code = row.sheet.platform, _email(row), code_in(row)
    key = row.id("partner_id") or people.known_by(platform, email, code) or f"own-{secrets.token_hex(8)}"
    known = told.by_key.get((platform, key)) or people.here.get((platform, key))
    joined_at = rows.moment(row, "placed_at") if row.sheet.has("placed_at") else None
    told.problems += _notes(row, email)
    return Person(
        platform=platform,
        source_id=key,
        handle=known.handle if known else code if code and people.is_free(platform, code) else key,
        name=_name(row),
        email=email,
        rate_bp=rate if (rate := rate_in(row)) is not None and rate <= MAX_RATE_BP else None,
        joined_at=joined_at if isinstance(joined_at, datetime) else None,
        forget_at=forgotten_at(clock.now()),
    )


def _name(row: Row) -> str:
    said = (row.text(name) or "" for name in ("name", "first_name", "last_name"))
    return " ".join(visible(" ".join(said)).split())[:MAX_NAME_LENGTH].strip()


def _email(row: Row) -> str:
    """Empty for what is none."""
    said = email_in(row)
    try:
        validate_email(said)
    except ValidationError:
        return ""
    return said if len(said) <= _LONGEST_EMAIL else ""


def _notes(row: Row, email: str) -> list[Problem]:
    """What could not be read of a row that comes in."""
    found = []
    if row.text("email") and not email:
        found.append(
            Problem(Weight.NOTE, row.sheet, row.number, "email", _("This is no e-mail: they come in without."))
        )
    if row.text("rate") and rate_in(row) is None:
        message = _("The rate is no percentage: say yourself what you offer.")
        found.append(Problem(Weight.NOTE, row.sheet, row.number, "rate", message))
    return found


def plan_persons(people: People, told: PersonsTold) -> None:
    """What is new or different. A handle stays, and who was forgotten stays so."""
    for person in told.by_key.values():
        here = people.here.get(person.key)
        told.counts.partners.count(told.compare(here, _as_here(here, person) if here else person))


def _as_here(here: Partner, said: Person) -> Person:
    kept = structs.replace(
        said,
        handle=here.handle,
        name=said.name or here.name,
        email=said.email or here.email,
        forget_at=here.forget_at,
        rate_bp=here.rate_bp if said.rate_bp is None else said.rate_bp,
        joined_at=said.joined_at or here.joined_at,
    )
    return structs.replace(kept, name="", email="") if here.is_forgotten else kept
