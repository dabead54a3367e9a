"""Of everyone.py: fees are announced and called off, and shops say what they think of them."""

from lapak.lib import clock
from lapak.money.fees import commands as fees
from lapak.money.fees.models import Consent, Schedule
from lapak.money.fees.rules import EVERYTHING, Rate, earliest_begin
from lapak.people.shops.commands import state_turnover
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.fees import OBJECTION, WORDS, newest_fees
from lapak.testing.market import Market


def _announce(market: Market, pick: int) -> Schedule:
    rate_bp = pick % 1_500
    rates = {EVERYTHING: Rate(rate_bp, rate_bp // 2), "fashion": Rate(pick % 700, 0)}
    begins_on = earliest_begin(clock.today())
    return fees.announce_fees(market.operator, begins_on=begins_on, rates=rates, words=WORDS)


def _seller(market: Market, pick: int) -> tuple[User, Shop]:
    shops = list(Shop.objects.filter(id__in=market.sellers).order_by("id"))
    shop = shops[pick % len(shops)]
    return market.sellers[shop.id], shop


def _agree(market: Market, pick: int) -> Consent:
    seller, shop = _seller(market, pick)
    return fees.agree_to_fees(seller, shop.id, newest_fees().id)


def _object(market: Market, pick: int) -> Consent:
    seller, shop = _seller(market, pick)
    return fees.object_to_fees(seller, shop.id, newest_fees().id, OBJECTION)


def _answer(market: Market, pick: int) -> Consent | None:
    found = Consent.objects.exclude(objection="").order_by("-id").first()
    answer = fees.accept_objection if pick % 2 else fees.decline_objection
    return answer(market.operator, found.id, WORDS) if found else None


def _state(market: Market, pick: int) -> Shop:
    seller, shop = _seller(market, pick)
    Shop.objects.filter(id=shop.id).update(nib="9120001234567")
    return state_turnover(seller, shop.id, year=clock.today().year - pick % 2, turnover_idr=pick * 40_000_000)


OF_FEES = {
    "announce fees": _announce,
    "call fees off": lambda market, _pick: fees.call_off_fees(market.operator, newest_fees().id),
    "agree to fees": _agree,
    "object to fees": _object,
    "answer objection": _answer,
    "state turnover": _state,
}
"""As `ACTS` there."""
