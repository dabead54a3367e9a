"""Of everyone.py: PPh 22 is switched on and off, shops hand in letters, and what becomes of those."""

from datetime import timedelta

from lapak.flows import withhold
from lapak.flows.withheld_back import refund_pph22
from lapak.lib import clock
from lapak.money.taxes import letters
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.models import Letter, Pph22Refund, Pph22Step, Taxpayer
from lapak.money.taxes.pph22_rules import LetterKind, days_of_statement
from lapak.money.taxes.queries import letters_to_look_at, pph22_bp
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.market import Market
from lapak.testing.taxes import NIK, PDF, pph22_begins


def _switch(market: Market, _pick: int) -> Pph22Step:
    said = pph22_begins()
    return set_pph22(market.operator, **{**said, "is_on": not pph22_bp(said["begins_on"])})


def _seller(market: Market, pick: int) -> tuple[User, Shop]:
    shops = list(Shop.objects.filter(id__in=market.sellers).order_by("id"))
    shop = shops[pick % len(shops)]
    return market.sellers[shop.id], shop


def _name(market: Market, pick: int) -> Taxpayer:
    seller, shop = _seller(market, pick)
    kind = "company" if pick % 3 == 0 else "individual"
    return letters.name_taxpayer(seller, shop.id, kind=kind, name="Sekar Ayu", number=NIK)


def _hand_in(market: Market, pick: int) -> Letter:
    seller, shop = _seller(market, pick)
    first_day, last_day = days_of_statement(clock.today().year)
    kind = LetterKind.STATEMENT if pick % 2 else LetterKind.SKB
    return letters.hand_in_letter(seller, shop.id, kind=kind, first_day=first_day, last_day=last_day, file=PDF)


def _decide(market: Market, pick: int) -> Letter | None:
    if found := letters_to_look_at().first():
        if pick % 2:
            return letters.accept_letter(market.operator, found.id)
        return letters.decline_letter(market.operator, found.id, "It is not signed at all.")
    return None


def _give_up(market: Market, pick: int) -> Letter | None:
    found = Letter.objects.filter(shop_id__in=market.sellers).order_by("-id").first()
    if found is None:
        return None
    if pick % 3 == 0:
        return letters.end_letter(market.operator, found.id, "It was for somebody else.")
    give_up = letters.withdraw_letter if pick % 3 == 1 else withhold.tell_crossing
    return give_up(market.sellers[found.shop_id], found.id)


def _refund(market: Market, pick: int) -> Pph22Refund:
    """The days of the market are stopped at; whatever is over may be given back."""
    last_day = clock.today() - timedelta(days=1)
    first_day = last_day - timedelta(days=pick % 5)
    return refund_pph22(market.operator, first_day=first_day, last_day=last_day, words="The decree was suspended.")


OF_TAXES = {
    "switch PPh 22": _switch,
    "give PPh 22 back": _refund,
    "name taxpayer": _name,
    "hand letter in": _hand_in,
    "decide letter": _decide,
    "give letter up": _give_up,
}
"""As `ACTS` there."""
