"""Reading when, and from whom, PPh 22 is withheld."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import QuerySet

from lapak.lib.clock import WIB
from lapak.money.taxes.errors import LetterNotFound
from lapak.money.taxes.models import Letter, Pph22Refund, Pph22Step, Taxpayer
from lapak.money.taxes.pph22_rules import PPH22_BP, LetterKind, Standing, Step, is_withheld, standing
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


def steps() -> list[Step]:
    """Every step, in the order in which they were set."""
    return [Step(*row) for row in Pph22Step.objects.order_by("set_at", "id").values_list("begins_on", "is_on")]


def steps_with_words() -> list[Pph22Step]:
    """As they are read: what was set last on top."""
    return list(Pph22Step.objects.select_related("set_by").order_by("-set_at", "-id"))


def pph22_bp(on: date) -> int:
    """What is withheld from goods paid on the day, basis points, unless their shop is exempt."""
    return PPH22_BP.on(on) if is_withheld(on, steps()) else 0


def standings(shop_ids: Collection[uuid.UUID], at: datetime) -> dict[uuid.UUID, Standing]:
    """What becomes of a payment to each of the shops at that moment, and why."""
    day = at.astimezone(WIB).date()
    held = list(letters_in_force(shop_ids, at))
    kinds = dict(Taxpayer.objects.filter(shop_id__in=shop_ids).values_list("shop_id", "kind"))
    is_on = is_withheld(day, steps())

    def of_shop(shop_id: uuid.UUID) -> Standing:
        own = [letter for letter in held if letter.shop_id == shop_id]
        statements = [letter for letter in own if letter.kind == LetterKind.STATEMENT]
        return standing(
            is_on=is_on,
            has_skb=any(letter.kind == LetterKind.SKB for letter in own),
            states_small=bool(statements),
            crossed_in=min((each.crossed_in for each in statements if each.crossed_in), default=None),
            day=day,
            taxed_as=kinds.get(shop_id, ""),
        )

    return {shop_id: of_shop(shop_id) for shop_id in shop_ids}


def letters_in_force(shop_ids: Collection[uuid.UUID], at: datetime) -> QuerySet[Letter]:
    """Letters that were accepted by that moment and hold on its day in Jakarta."""
    day = at.astimezone(WIB).date()
    held = Letter.objects.filter(shop_id__in=shop_ids, accepted_at__lte=at, first_day__lte=day, last_day__gte=day)
    return held.exclude(ended_at__lte=at).order_by("shop_id", "id")


def taxpayer_of(shop: Shop) -> Taxpayer | None:
    """As whom the tax office knows the shop, if its owner has said."""
    return Taxpayer.objects.filter(shop=shop).first()


def shops_of_same_taxpayer(shop_id: uuid.UUID) -> list[uuid.UUID]:
    """The shop, and all others of whoever is taxed for it."""
    number = Taxpayer.objects.filter(shop_id=shop_id).values("number")
    return sorted({shop_id, *Taxpayer.objects.filter(number__in=number).values_list("shop_id", flat=True)})


def letters_of_shop(shop: Shop) -> QuerySet[Letter]:
    """The newest first."""
    return Letter.objects.filter(shop=shop).order_by("-handed_in_at", "-id")


def letters_to_look_at() -> QuerySet[Letter]:
    """What waits for the operator, the oldest first."""
    waiting = Letter.objects.filter(state=Letter.State.ASKED)
    return waiting.select_related("shop__taxpayer").order_by("handed_in_at", "id")


def letter_for_operator(by: User, letter_id: uuid.UUID) -> Letter:
    """The gate of those who look at letters: `LetterNotFound` for everyone else."""
    require_desk(by, Desk.MONEY, LetterNotFound)
    found = Letter.objects.select_related("shop__taxpayer", "handed_in_by").filter(id=letter_id).first()
    if found is None:
        raise LetterNotFound
    return found


def letter_for_seller(shop: Shop, letter_id: uuid.UUID) -> Letter:
    """A letter of the shop; `LetterNotFound` of any other."""
    found = Letter.objects.filter(id=letter_id, shop=shop).first()
    if found is None:
        raise LetterNotFound
    return found


def refunds_of_pph22() -> list[Pph22Refund]:
    """The newest first."""
    return list(Pph22Refund.objects.select_related("decided_by").order_by("-decided_at", "-id"))
