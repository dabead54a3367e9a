"""Reading when, and from whom, PPh 22 is withheld."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lapak.lib.clock import WIB
from lapak.money.taxes.errors import LetterNotFound
from lapak.money.taxes.models import Letter, Pph22Refund, Pph22Step, Taxpayer
from lapak.money.taxes.pph22_rules import PPH22_BP, LetterKind, LetterState, Standing, Step, is_withheld, standing
from lapak.people.shops.models import Member, Shop
from lapak.people.shops.rules import Role
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


def may_cross(letter: Letter, today: date) -> bool:
    """Whether its owner may say that they sell too much for it: a statement that holds today and is not crossed."""
    holds = letter.state == LetterState.ACCEPTED and letter.first_day <= today <= letter.last_day
    return holds and letter.kind == LetterKind.STATEMENT and letter.crossed_in is None


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
            crossed_in=min((month for each in statements if (month := _crossed_in(each, at))), default=None),
            day=day,
            taxed_as=kinds.get(shop_id, ""),
        )

    return {shop_id: of_shop(shop_id) for shop_id in shop_ids}


def _crossed_in(letter: Letter, at: datetime) -> date | None:
    """The month of the crossing, once it was known."""
    return letter.crossed_in if letter.crossed_from and letter.crossed_from <= at else None


def letters_in_force(shop_ids: Collection[uuid.UUID], at: datetime) -> QuerySet[Letter]:
    """Letters that were accepted by that moment and hold on its day in Jakarta."""
    day = at.astimezone(WIB).date()
    held = Letter.objects.filter(shop_id__in=shop_ids, accepted_at__lte=at, first_day__lte=day, last_day__gte=day)
    return held.exclude(ended_at__lte=at).order_by("shop_id", "id")


def taxpayer_of(shop: Shop) -> Taxpayer | None:
    """As whom the tax office knows the shop, if its owner has said."""
    return Taxpayer.objects.filter(shop=shop).first()


def shops_of_same_taxpayer(letter: Letter) -> list[uuid.UUID]:
    """The letter's shop, and all others of whom it names: those for which a letter of theirs holds, and those of the same owners
    that are taxed so or were. A number that nobody has looked at is anybody's: a stranger's shop does not count."""
    owners = Member.objects.filter(shop=letter.shop_id, role=Role.OWNER).values("user")
    of_owners = Member.objects.filter(user__in=owners, role=Role.OWNER).values("shop")
    theirs = Taxpayer.objects.filter(number=letter.number, shop__in=of_owners)
    holds_still = Q(state=LetterState.ACCEPTED) | Q(shop__in=of_owners)
    seen = Letter.objects.filter(holds_still, number=letter.number, accepted_at__isnull=False)
    return sorted({letter.shop_id, *theirs.values_list("shop_id", flat=True), *seen.values_list("shop_id", flat=True)})


def letters_of_shop(shop: Shop) -> QuerySet[Letter]:
    """The newest first."""
    return Letter.objects.filter(shop=shop).order_by("-handed_in_at", "-id")


def letters_to_cross(shop: Shop, today: date) -> list[Letter]:
    """Of which the shop's owner may say that they sell too much for them."""
    held = Letter.objects.filter(shop=shop, state=LetterState.ACCEPTED, first_day__lte=today, last_day__gte=today)
    return [letter for letter in held if may_cross(letter, today)]


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
