"""Every change of what is withheld from creators, and of the slips that prove it."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Max, OuterRef, Subquery

from lapak.affiliates.models import Creator
from lapak.affiliates.queries import creator_of_user
from lapak.affiliates.withholding.models import Slip, TaxIdentity, TaxMonth
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ids import new_id
from lapak.lib.months import month_of, this_month
from lapak.money.taxes.errors import TaxNameMissing
from lapak.money.taxes.numbers import LONGEST_NAME, as_tax_number
from lapak.money.taxes.rules import pph21_idr, pph21_of_months, pph23_idr
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User

SLIPS_AT_ONCE = 1000
"""Issued in one transaction: some seconds of a night."""


def lock_tax_year(creator_id: uuid.UUID, taxed_as: str, moment: datetime) -> list[TaxMonth]:
    """What the creator was credited in the calendar year of Jakarta up to now, the moment's month among it; held until the
    transaction ends."""
    month = month_of(moment)
    of_year = TaxMonth.objects.filter(
        creator_id=creator_id, taxed_as=taxed_as, month__range=(date(month.year, 1, 1), date(month.year, 12, 1))
    ).order_by("month")
    held = list(of_year.select_for_update(no_key=True))
    if not any(each.month == month for each in held):
        new = TaxMonth(id=new_id(), creator_id=creator_id, taxed_as=taxed_as, month=month)
        TaxMonth.objects.bulk_create([new], ignore_conflicts=True)
        held = list(of_year.select_for_update(no_key=True))
    return held


def withhold(creator_id: uuid.UUID, taxed_as: str, amounts_idr: Sequence[int], at: datetime) -> list[int]:
    """The tax on each of the amounts that one creator is credited at this moment, in turn."""
    year = lock_tax_year(creator_id, taxed_as, at)
    month, earned_idr = _month_of(year, at), sum(each.gross_idr for each in year)
    taxes_idr = []
    for amount_idr in amounts_idr:
        is_company = taxed_as == Creator.TaxStatus.COMPANY
        taxes_idr.append(pph23_idr(amount_idr) if is_company else pph21_idr(amount_idr, earned_idr))
        earned_idr += amount_idr
    _change(month, month.gross_idr + sum(amounts_idr), month.tax_idr + sum(taxes_idr))
    return taxes_idr


def give_back(creator_id: uuid.UUID, taxed_as: str, amount_idr: int, credited_at: datetime) -> int:
    """The tax that is not owed without the amount, credited then: of an individual, what it added on top of all others of its
    year, whose months are reckoned anew."""
    year = lock_tax_year(creator_id, taxed_as, credited_at)
    month = _month_of(year, credited_at)
    if taxed_as == Creator.TaxStatus.COMPANY:
        tax_idr = pph23_idr(amount_idr)
        _change(month, month.gross_idr - amount_idr, month.tax_idr - tax_idr)
        return tax_idr
    before_idr = sum(each.tax_idr for each in year)
    grosses_idr = [each.gross_idr - (amount_idr if each is month else 0) for each in year]
    taxes_idr = pph21_of_months(grosses_idr)
    for each, gross_idr, tax_idr in zip(year, grosses_idr, taxes_idr, strict=True):
        _change(each, gross_idr, tax_idr)
    return before_idr - sum(taxes_idr)


@act
def name_for_tax(by: User, name: str, number: str) -> TaxIdentity:
    """The creator's slips bear this name and NIK or NPWP from now on; those that bear no number are issued anew.

    Refuses who is no creator (`CreatorNotFound`), an empty or long name (`TaxNameMissing`) and what is no such number
    (`TaxNumberInvalid`).
    """
    creator = Creator.objects.select_for_update(no_key=True).get(pk=creator_of_user(by).pk)
    name, number = name.strip(), as_tax_number(number, creator.tax_status)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise TaxNameMissing
    before = TaxIdentity.objects.filter(creator=creator).first()
    identity = TaxIdentity(creator=creator, name=name, number=number, changed_at=clock.now())
    note_changes(by.id, Subject(Kind.CREATOR, creator.id, str(creator)), _kept(before), _kept(identity))
    identity.save()
    newest = Slip.objects.filter(of=OuterRef("id")).order_by("-revision")
    issued = TaxMonth.objects.filter(creator=creator, gross_idr__gt=0).alias(
        bears=Subquery(newest.values("tax_number")[:1])
    )
    issued.filter(bears="").update(slip_due=True)
    return identity


@act
def issue_slips() -> int:
    """Each month that is over and has changed since its last slip has a new one; answers how many, at most `SLIPS_AT_ONCE`.

    Of what went back before the first slip, none is issued.
    """
    due = TaxMonth.objects.filter(slip_due=True, month__lt=this_month()).order_by("month", "id")
    months = list(due.select_for_update(skip_locked=True, no_key=True)[:SLIPS_AT_ONCE])
    slips = list(_slips(months))
    Slip.objects.bulk_create(slips)
    TaxMonth.objects.filter(id__in=[month.id for month in months]).update(slip_due=False)
    return len(slips)


def _slips(months: Sequence[TaxMonth]) -> Iterable[Slip]:
    newest = dict(Slip.objects.filter(of__in=months).values_list("of").annotate(newest=Max("revision")))
    identities = TaxIdentity.objects.in_bulk({month.creator_id for month in months})
    now = clock.now()
    for month in months:
        revision, identity = newest.get(month.id, -1) + 1, identities.get(month.creator_id)
        if revision or month.gross_idr:
            yield Slip(
                of=month,
                revision=revision,
                name=identity.name if identity else "",
                tax_number=identity.number if identity else "",
                gross_idr=month.gross_idr,
                base_idr=month.base_idr,
                tax_idr=month.tax_idr,
                issued_at=now,
            )


def _month_of(year: Iterable[TaxMonth], moment: datetime) -> TaxMonth:
    return next(each for each in year if each.month == month_of(moment))


def _change(month: TaxMonth, gross_idr: int, tax_idr: int) -> None:
    if (gross_idr, tax_idr) != (month.gross_idr, month.tax_idr):
        month.gross_idr, month.tax_idr, month.slip_due = gross_idr, tax_idr, True
        month.save(update_fields=["gross_idr", "tax_idr", "slip_due"])


def _kept(identity: TaxIdentity | None) -> dict[str, str]:
    """Of the number the last four digits, as of a bank account's."""
    return {"tax_name": identity.name, "tax_number": f"…{identity.tail}"} if identity else {}
