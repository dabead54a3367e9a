"""A shop invites all at once who promoted it elsewhere, each at the rate of then."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from lapak.affiliates.invitations import Answer, Asked, Offered, make_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.affiliates.rates import MAX_RATE_BP
from lapak.affiliates.rules import ASKED_AGAIN_AFTER, MOST_INVITED
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moving.formats.registry import title_of
from lapak.moving.partners.queries import partners_named
from lapak.moving.past.models import PastCreator
from lapak.moving.past.queries import creators_of_past
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

State = CreatorInvitation.State


@dataclass(frozen=True, slots=True)
class ToInvite:
    """Those who sold most of whoever has not been asked: with a rate that can be offered, and without; at most `MOST_INVITED` of
    each."""

    rated: Sequence[PastCreator]
    unrated: Sequence[PastCreator]


def to_invite(shop: Shop) -> ToInvite:
    """Without whom an invitation of the shop asks, who accepted one, and who declined one lately."""
    not_asked = _not_asked(shop)
    can_be_offered = Q(rate_bp__gt=0, rate_bp__lte=MAX_RATE_BP)
    found = (not_asked.filter(can_be_offered), not_asked.exclude(can_be_offered))
    return ToInvite(*(list(some[:MOST_INVITED]) for some in found))


@act
def invite_all(by: User, shop: Shop, message: str = "") -> list[Answer]:
    """Each of `to_invite` with a known rate has an invitation at it, as by `make_creator_invitation`. Who has none is answered
    for, too. Done again it asks those alone who have not been asked.

    Refuses who does not work in the shop (`ShopNotFound`), and a message over 500 characters (`MessageTooLong`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    # Of two at once, one sees whom the other has asked.
    Shop.objects.select_for_update(of=("self",), no_key=True).get(pk=shop.pk)
    found = to_invite(shop)
    partners = partners_named(shop, [(each.platform, each.handle) for each in found.rated])
    answers = []
    for each in found.rated:
        partner = partners.get((each.platform, each.handle))
        made = make_creator_invitation(
            by, shop, place=title_of(each.platform), name=each.handle, rate_bp=each.rate_bp or 0,
            email=partner.email if partner else "", offered=Offered(message=message),
        )  # fmt: skip
        answers.append(Answer(_named(each), Asked.ASKED, made))
    return answers + [Answer(_named(each), Asked.UNRATED) for each in found.unrated]


def _not_asked(shop: Shop) -> QuerySet[PastCreator]:
    now = clock.now()
    platforms = PastCreator.objects.filter(shop=shop).order_by().values_list("platform", flat=True).distinct()
    places = [When(platform=platform, then=Value(title_of(platform))) for platform in platforms]
    stands = (
        Q(state=State.OPEN, answer_by__gt=now)
        | Q(state=State.ACCEPTED)
        | Q(state=State.DECLINED, ended_at__gt=now - ASKED_AGAIN_AFTER)
    )
    asked = CreatorInvitation.objects.filter(stands, shop=shop, place=OuterRef("place"), name=OuterRef("handle"))
    placed = creators_of_past(shop).annotate(place=Case(*places, default=Value(""), output_field=CharField()))
    return placed.filter(~Exists(asked))


def _named(creator: PastCreator) -> str:
    return f"@{creator.handle} · {title_of(creator.platform)}"
