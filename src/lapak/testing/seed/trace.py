"""All that one order left in the database, as COPY writes it, with blanks where another order differs."""

import random
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from lapak.affiliates.models import Commission, Creator, Link
from lapak.goods.catalogue.models import StockChange
from lapak.lib import clock
from lapak.lib.ids import derived_id
from lapak.money.fees.models import Schedule
from lapak.money.ledger.models import Account, AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey, TransferCode
from lapak.people.users.models import User
from lapak.testing.seed.goods import Change, Goods, Stocked
from lapak.testing.seed.patterns import TITLES, Pattern, Stand
from lapak.testing.seed.people import Seller
from lapak.trade.orders.models import Order

_ROWS = (
    ("orders.Purchase", "id"),
    ("payments.PaymentIntent", "pays_for"),
    ("orders.Order", "purchase_id"),
    ("orders.PaymentAllocation", "order_id"),
    ("orders.OrderLine", "order_id"),
    ("orders.OrderContract", "order_id"),
    ("orders.OrderEvent", "order_id"),
    ("shipping.Parcel", "order_id"),
    ("affiliates.Commission", "order_id"),
    ("contenders.Contender", "line_id"),
    ("payments.Refund", "order_id"),
    ("returns.Return", "order_id"),
    ("returns.ReturnLine", "of_return_id"),
    ("returns.ReturnEvent", "of_return_id"),
    ("ledger.Transfer", "reference"),
)
"""Where an order leaves rows, and which column names what was found above it."""

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00")
_TRACKING_NUMBER = re.compile(r"JP\d{12}")

_OWNERS = {
    AccountKind.ORDER_ESCROW: "shop",
    AccountKind.SELLER_PAYABLE: "shop",
    AccountKind.CREATOR_CLEARING: "shop",
    AccountKind.CREATOR_PAYABLE: "creator",
    AccountKind.BUYER_REFUND_PAYABLE: "buyer",
}
"""Accounts that are another's where the order is another's; all others are the platform's or its partners'."""


_TAILS = ("", ":0", ":1", ":shop")
"""What may stand behind the id that tells apart several transfers of one fact (see the `postings.py`)."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom and what an order names."""

    seller: Seller
    buyer: User
    goods: Sequence[Goods]
    creator: Creator
    link: Link

    def names(self) -> Iterator[str]:
        """As they stand in the rows; in another order's rows others stand in the same places."""
        yield str(self.seller.shop.id)
        yield self.seller.shop.name
        yield str(self.seller.user_id)
        yield str(self.seller.programme_id)
        yield str(self.buyer.id)
        yield str(self.creator.id)
        yield str(self.link.id)
        for goods in self.goods:
            yield str(goods.variant_id)
            yield goods.title
        yield from (str(account.id) for account in self.accounts())

    def accounts(self) -> list[AccountKey]:
        owners = {"shop": self.seller.shop.id, "creator": self.creator.id, "buyer": self.buyer.id}
        return [AccountKey(kind, str(owners[owner])) for kind, owner in _OWNERS.items()]


@dataclass(frozen=True, slots=True)
class _Booked:
    """A transfer of the pattern, and what its id is derived from."""

    id: str
    code: str
    reference: str
    part: str
    tail: str


class Trace:
    """A pattern, read once and written again as often as wanted."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self._parties = _parties(pattern.stand)
        self._known = list(self._parties.names())
        texts = _read(pattern.purchase_id)
        whole = "".join(texts.values())
        ids = set(_ID.findall(whole)) - set(self._known) - _of_no_order(pattern.stand)
        self._booked = _booked(ids, [*ids, *self._known])
        # In the order they were made: of two things that happened at once, the later one has the later id.
        self._own = sorted(ids - {transfer.id for transfer in self._booked})
        self._moments = {text: datetime.fromisoformat(f"{text}:00") for text in set(_MOMENT.findall(whole))}
        self._tracking = set(_TRACKING_NUMBER.findall(whole))
        self._began = min(self._moments.values())
        self._pieces = {table: self._with_blanks(text) for table, text in texts.items()}
        self._credited = list(_credited(self._own))
        self._shelf = list(StockChange.objects.filter(reference__in=self._own).order_by("id"))
        order = Order.objects.get(purchase=pattern.purchase_id)
        self._reserves = order.shipped_at is None and order.cancelled_at is None
        self._lines = order.lines.count()

    def write(self, parties: Parties, back: timedelta, stocked: Stocked, chance: random.Random) -> dict[str, str]:
        """The rows of one more order, by table: as the pattern's, but so much longer ago and between these parties.
        What it did to shelves is noted in `stocked`."""
        new = dict(zip(self._known, parties.names(), strict=True))
        new |= {text: _as_copied(moment - back) for text, moment in self._moments.items()}
        new |= {number: f"JP{chance.randrange(10**12):012d}" for number in self._tracking}
        began_ms = int((self._began - back).timestamp() * 1000)
        new |= {own: id_at(began_ms + n, chance) for n, own in enumerate(self._own)}
        for booked in self._booked:
            part = new.get(booked.part, "") + booked.tail
            new[booked.id] = str(derived_id(booked.code, new[booked.reference], part))
        self._note_shelves(new, back, parties, stocked)
        return {table: _filled(pieces, new) for table, pieces in self._pieces.items()}

    def credits(self, back: timedelta) -> Iterator[tuple[date, int, int]]:
        """What one more such order brings its creator: the month, the commission, and the tax withheld, IDR."""
        for credited_at, amount_idr, tax_idr in self._credited:
            yield (credited_at - back).astimezone(clock.WIB).date().replace(day=1), amount_idr, tax_idr

    def _with_blanks(self, text: str) -> list[str]:
        """Fixed text and blanks in turn."""
        blanks = [*self._known, *self._own, *self._moments, *self._tracking, *(booked.id for booked in self._booked)]
        return re.split(f"({'|'.join(map(re.escape, sorted(blanks, key=len, reverse=True)))})", text)

    def _note_shelves(self, new: Mapping[str, str], back: timedelta, parties: Parties, stocked: Stocked) -> None:
        if self._reserves:
            stocked.reserved.update(goods.variant_id for goods in parties.goods[: self._lines])
        for change in self._shelf:
            stocked.changes[uuid.UUID(new[str(change.variant_id)])].append(
                Change(
                    change.to_on_hand - change.from_on_hand,
                    change.reason,
                    new.get(str(change.actor_id)),
                    new[str(change.reference)],
                    change.happened_at - back,
                )
            )


def _parties(stand: Stand) -> Parties:
    cast = stand.cast
    goods = [
        Goods(0, variant.product_id, variant.id, title) for variant, title in zip(stand.variants, TITLES, strict=True)
    ]
    return Parties(Seller(cast.shop, cast.seller.id, cast.programme.id), cast.buyer, goods, cast.creator, stand.link)


def _read(purchase_id: uuid.UUID) -> dict[str, str]:
    """The rows of the purchase and of all that came of it, by table."""
    texts: dict[str, str] = {}
    named = {str(purchase_id)}
    for label, column in _ROWS:
        model = apps.get_model(label)
        statement = sql.SQL("COPY (SELECT {} FROM {} WHERE {} = ANY({}) ORDER BY {}) TO STDOUT").format(
            columns_of(model),
            sql.Identifier(model._meta.db_table),  # noqa: SLF001 - Django documents the name
            sql.Identifier(column),
            [uuid.UUID(name) for name in sorted(named)],
            sql.Identifier(str(model._meta.pk.column)),  # noqa: SLF001
        )
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            text = b"".join(map(bytes, copy)).decode()
        if text:
            texts[label] = text
            named |= set(_ID.findall(text))
    return texts


def columns_of(model: type[models.Model]) -> sql.Composable:
    """All that the application writes: not what the database counts by itself."""
    fields = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if not isinstance(field, models.AutoField | models.BigAutoField) and field.column != "transaction_id"
    ]
    return sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)


def _of_no_order(stand: Stand) -> set[str]:
    """Ids that are the same in every order's rows: the operator, schedules of fees, and accounts of the platform and its
    partners."""
    others = Account.objects.exclude(kind__in=_OWNERS).values_list("id", flat=True)
    schedules = Schedule.objects.values_list("id", flat=True)
    return {str(stand.cast.operator.id), *map(str, schedules), *map(str, others)}


def _booked(ids: set[str], parts: Sequence[str]) -> list[_Booked]:
    """The transfers among these ids; what tells apart several of one fact is one of `parts`."""
    booked = []
    for transfer in Transfer.objects.filter(id__in=ids):
        part, tail = next(
            (part, tail)
            for part, tail in product(("", *parts), _TAILS)
            if derived_id(transfer.code, transfer.reference, part + tail) == transfer.id
        )
        booked.append(_Booked(str(transfer.id), transfer.code, str(transfer.reference), part, tail))
    return booked


def _credited(own: Sequence[str]) -> Iterator[tuple[datetime, int, int]]:
    taxes = Transfer.objects.filter(reference__in=own, code=TransferCode.COMMISSION_PPH21)
    earned = Commission.objects.filter(order_id__in=own, credited_at__isnull=False)
    for commission, tax in zip(earned, taxes, strict=True):
        if commission.credited_at:
            yield commission.credited_at, commission.amount_idr, tax.amount_idr


def _as_copied(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}+00"


def id_at(ms: int, chance: random.Random) -> str:
    """A UUIDv7 of that millisecond."""
    return str(uuid.UUID(int=ms << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62)))


def _filled(pieces: Sequence[str], new: Mapping[str, str]) -> str:
    filled = list(pieces)
    filled[1::2] = [new[blank] for blank in pieces[1::2]]
    return "".join(filled)
