"""Lists of commissions and payouts of a programme: what its people got, read-only, each in its own currency. Of customers
nothing is read; whoever is named by an e-mail that nobody here is known by is a pseudonym (`past/buyers.py`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from msgspec import Struct, structs

from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH, SourceSheet
from lapak.moving.identify import digest
from lapak.moving.layout import Tells
from lapak.moving.partners.models import PartnerPay
from lapak.moving.partners.money import Amount, amount_in, currency_in
from lapak.moving.partners.people import People, email_in
from lapak.moving.past.buyers import Pseudonyms
from lapak.moving.past.reading import error
from lapak.moving.past.rows import PastRows
from lapak.moving.past.told import AT_ONCE, ToldRows
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.people.shops.models import Shop

Kind, State = PartnerPay.Kind, PartnerPay.State

_VOID = (
    "void", "refund", "cancel", "duplicat", "fraud", "denied", "disapprov", "reject", "unqualif", "declin", "fail", "batal",
)  # fmt: skip
_YES = {"true", "yes", "1", "ya"}
_HUNDRED = Decimal(100)


class Pay(Struct, frozen=True):
    """A row: a commission, or a payment."""

    platform: str
    kind: str
    source_id: str
    partner: str
    currency: str
    sale: Decimal | None
    amount: Decimal
    state: str
    at: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """By which it is known."""
        return self.platform, self.kind, self.source_id


@dataclass(slots=True)
class PaysTold(ToldRows[PartnerPay, Pay]):
    """What the lists say, what is not fit, and what would be new or different."""

    pseudonyms: Pseudonyms = field(default_factory=Pseudonyms)
    unnamed: set[tuple[str, str, str]] = field(default_factory=set)
    """Those of somebody who is not known here."""


def read_pays(people: People, sheets: Sequence[SourceSheet], told: PaysTold, report: Report) -> None:
    """All commissions and payouts of the lists; of two rows of one the later is right."""
    for sheet in sheets:
        rows = PastRows(sheet, (), sum(told.rows.values()), report)
        own: list[Pay] = []
        has_decimals = False
        for row in rows:
            if found := _take(row, rows, people, told):
                own.append(found[0])
                has_decimals = has_decimals or found[1]
        told.problems += rows.notes()
        told.rows[sheet] = rows.count
        if own and sheet.layout.is_in_hundredths and not has_decimals:
            own = [_of_hundredths(each) for each in own]
            told.problems.append(_hundredths(sheet))
        for pay in own:
            told.counts.partner_pays.unchanged += pay.key in told.by_key
            told.by_key[pay.key] = pay


def _of_hundredths(pay: Pay) -> Pay:
    return structs.replace(pay, sale=pay.sale and pay.sale / _HUNDRED, amount=pay.amount / _HUNDRED)


def _hundredths(sheet: SourceSheet) -> Problem:
    message = _("No amount in this list has decimals: they are read as hundredths, 1050 as 10.50.")
    return Problem(Weight.NOTE, sheet, sheet.header_row, "amount", message)


def _take(row: Row, rows: PastRows, people: People, told: PaysTold) -> tuple[Pay, bool] | None:
    """The payment, and whether it was written with decimals; None for a row that is left out."""
    at, amount, currency = (
        rows.placed_at(row),
        amount_in(row.text("amount") or ""),
        currency_in(row.text("currency") or ""),
    )
    partner, pay_id = people.named_in(row), row.id("pay_id") or row.id("order")
    problems = [*_problems_of_amount(row, amount, currency), *_problems_of_row(row, pay_id, partner)]
    if not isinstance(at, datetime):
        problems.append(error(row, rows.place_of_date(), _("When it was cannot be told from this.")))
    if problems or amount is None or not isinstance(at, datetime) or currency is None:
        told.problems += problems
        told.counts.partner_pays.left_out += 1
        return None
    sale = amount_in(row.text("sale") or "")
    kind = Kind.PAYOUT if row.sheet.layout.tells is Tells.PAYOUTS else Kind.COMMISSION
    pay = Pay(
        platform=row.sheet.platform,
        kind=kind.value,
        source_id=pay_id or digest(partner, at.isoformat(), str(amount.value), currency),
        partner=partner or told.pseudonyms.of(row.sheet.platform, email_in(row), row.text("name") or ""),
        currency=currency or amount.currency or (sale.currency if sale else ""),
        sale=sale.value if sale else None,
        amount=amount.value,
        state=_state(row, kind).value,
        at=at,
    )
    if not partner:
        told.unnamed.add(pay.key)
    return pay, amount.has_decimals or bool(sale and sale.has_decimals)


def _problems_of_amount(row: Row, amount: Amount | None, currency: str | None) -> Iterator[Problem]:
    if amount is None:
        yield error(row, "amount", _("What they got is no amount."))
    if currency is None:
        yield error(row, "currency", _("This is no currency: write it as USD or Rp."))


def _problems_of_row(row: Row, pay_id: str, partner: str) -> Iterator[Problem]:
    if not pay_id and not partner:
        message = _("The row has no id, and names nobody who is known here: give the list of the people too.")
        yield error(row, "email", message)
    if len(pay_id) > MAX_SOURCE_ID_LENGTH:
        yield error(row, "pay_id", _("Longer than %(limit)d characters.") % {"limit": MAX_SOURCE_ID_LENGTH})
    if (row.text("test") or "").casefold() in _YES:
        yield Problem(Weight.NOTE, row.sheet, row.number, "test", _("It was a test, and is not brought here."))


def _state(row: Row, kind: PartnerPay.Kind) -> PartnerPay.State:
    """Void goes before paid: what was paid and taken back is void."""
    words = " ".join(row.text(name) or "" for name in ("state", "payment")).casefold()
    if any(map(words.__contains__, _VOID)) or row.text("voided_at"):
        return State.VOID
    said = set(words.replace("_", " ").split())
    is_paid = bool(said & {"paid", "settled", "dibayar", "completed"}) or bool(row.text("paid_at"))
    return State.PAID if is_paid or (kind is Kind.PAYOUT and not words.strip()) else State.PENDING


def plan_pays(shop: Shop, told: PaysTold) -> None:
    """What is new or different; of whom it is stays as it was first told, where this list does not know better."""
    pays = list(told.by_key.values())
    for begin in range(0, len(pays), AT_ONCE):
        some = pays[begin : begin + AT_ONCE]
        known = PartnerPay.objects.filter(shop=shop, source_id__in=[pay.source_id for pay in some])
        here = {(each.platform, each.kind, each.source_id): each for each in known}
        for pay in some:
            known_one = here.get(pay.key)
            is_older = known_one is not None and pay.key in told.unnamed
            said = structs.replace(pay, partner=known_one.partner) if known_one and is_older else pay
            told.counts.partner_pays.count(told.compare(known_one, said))
