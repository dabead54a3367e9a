"""What a purchase asks for, and all that is known of it at the moment it is decided: plain values, as they were read."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from lapak.affiliates.rates import Offer
from lapak.affiliates.rules import Person
from lapak.affiliates.terms.rules import Budget
from lapak.affiliates.token import ClickToken
from lapak.lib.regions import PROVINCES
from lapak.money.fees.rules import Rate
from lapak.money.payments.methods import Method
from lapak.people.shops.holiday import holiday_of
from lapak.people.users.sessions import Proof
from lapak.trade.orders.asked import AskedPurchase
from lapak.trade.orders.rules import Clocks
from lapak.trade.shipping.rules import RouteService


@dataclass(frozen=True, slots=True)
class Waiting:
    """A buyer's wish on its way. `clicks` are verified tokens, in any order.

    `proof` is what their session's cookie says; none when who asks is known already.
    """

    buyer_id: uuid.UUID
    asked: AskedPurchase
    clicks: Sequence[ClickToken] = ()
    proof: Proof | None = None


class Goods(NamedTuple):
    """A variant and its product. `attributes` and `option_values` are JSON text."""

    variant_id: uuid.UUID
    product_id: uuid.UUID
    shop_id: uuid.UUID
    price_idr: int
    is_active: bool
    status: str
    title: str
    brand: str
    attributes: str
    option_values: str
    weight_g: int
    category: str = ""
    origin: str = ""

    @property
    def label(self) -> str:
        """`Hitam, XL`, as long as an order's line keeps it."""
        return ", ".join(msgspec.json.decode(self.option_values))[:200]


class Shelf(NamedTuple):
    """A variant's stock, locked."""

    on_hand: int
    reserved: int


class Shop(NamedTuple):
    """Who sells."""

    id: uuid.UUID
    is_open: bool
    name: str
    nib: str
    street: str
    city: str
    province_code: str
    holiday_first: date | None = None
    holiday_last: date | None = None
    orders_stop_at: datetime | None = None
    legalise_by: datetime | None = None
    turnover_idr: int | None = None
    turnover_year: int | None = None
    suspended_until: datetime | None = None

    def is_suspended(self, at: datetime) -> bool:
        """Whether Lapak lets it sell nothing (moderation/)."""
        return self.suspended_until is not None and self.suspended_until > at

    def is_past_legalisation(self, at: datetime) -> bool:
        """Whether the time to sell without a NIB is over (Permendag 19/2026 Art. 17)."""
        return not self.nib and self.legalise_by is not None and self.legalise_by <= at

    def is_on_holiday(self, at: datetime) -> bool:
        """Whether `at` falls on a day, as the shop counts them, of its own holiday."""
        holiday = holiday_of(self.holiday_first, self.holiday_last)
        return (
            holiday is not None and at.astimezone(ZoneInfo(PROVINCES[self.province_code].time_zone)).date() in holiday
        )


class Fees(NamedTuple):
    """Which schedule a shop is charged by, and its rates by category."""

    schedule_id: uuid.UUID
    rates: Mapping[str, Rate]


class Address(NamedTuple):
    """Where the goods go: one of the buyer's own."""

    recipient: str
    phone: str
    street: str
    district: str
    city: str
    province_code: str
    postal_code: str


class Held(NamedTuple):
    """Pieces of a variant that a buyer holds in a purchase not paid yet."""

    purchase_id: uuid.UUID
    variant_id: uuid.UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, locked. `unpaid` is what they hold and have not paid, the oldest purchase first; `cancelled` when they
    cancelled purchases after paying, of late, the oldest first; `proofs` of the sessions asked about that last."""

    person: Person
    name: str
    proofs: frozenset[Proof]
    is_verified: bool
    unpaid: Sequence[Held] = ()
    cancelled: Sequence[datetime] = ()


class Promotion(NamedTuple):
    """What a link leads to, whose it is, and the offers that its creator has in that shop. `is_closed`: the creator's account
    is, and earns nothing (affiliates/integrity)."""

    link_id: uuid.UUID
    creator_id: uuid.UUID
    creator: Person
    product_id: uuid.UUID | None
    shop_id: uuid.UUID
    offers: tuple[Offer, ...]
    is_closed: bool = False


Key = tuple[uuid.UUID, uuid.UUID]
"""A buyer's id with an idempotency key of theirs, or with the id of an address or a variant."""

Route = tuple[str, str, str]
"""A service's code, the zone a parcel leaves from and the zone it goes to."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the waiting purchases ask about; what is missing here does not exist."""

    goods: Mapping[uuid.UUID, Goods] = field(default_factory=dict)
    shelves: Mapping[uuid.UUID, Shelf] = field(default_factory=dict)
    shops: Mapping[uuid.UUID, Shop] = field(default_factory=dict)
    fees: Mapping[uuid.UUID, Fees] = field(default_factory=dict)
    """By shop."""
    services: Mapping[Route, RouteService] = field(default_factory=dict)
    buyers: Mapping[uuid.UUID, Buyer] = field(default_factory=dict)
    addresses: Mapping[Key, Address] = field(default_factory=dict)
    placed: Mapping[Key, uuid.UUID] = field(default_factory=dict)
    promotions: Mapping[uuid.UUID, Promotion] = field(default_factory=dict)
    categories: Mapping[uuid.UUID, tuple[int, ...]] = field(default_factory=dict)
    """By product: those for which something special is promised, the nearest first."""
    budgets: Mapping[uuid.UUID, tuple[Budget, int]] = field(default_factory=dict)
    """By programme that has one: the budget that holds, and what is left of it (IDR)."""
    checkouts: Mapping[Key, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What every purchase of this moment is placed under."""

    at: datetime
    clocks: Clocks
    methods: Mapping[str, Method]
    provider: str
    cancels_after_paying: int
