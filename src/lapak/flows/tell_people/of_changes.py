"""What is told of changes on record (people/audit): where money goes, who works for a shop, what was decided of a commission."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lapak.affiliates.models import Commission, Creator
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.goods.catalogue.models import Product
from lapak.lib.banks import BANKS
from lapak.money.payouts.holds import held_until
from lapak.moving.past.models import PastReview
from lapak.people.audit.models import Change
from lapak.people.audit.rules import KeptAccount, Kind
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

OfGoods = tuple[PastReview, Product]


@dataclass(frozen=True, slots=True)
class Happened:
    """A change, and those who may be told."""

    change: Change
    readers: Readers
    creators: Mapping[uuid.UUID, uuid.UUID]
    commissions: Mapping[uuid.UUID, Commission]
    past_reviews: Mapping[str, OfGoods]

    @property
    def subject_id(self) -> uuid.UUID:
        return uuid.UUID(self.change.subject_id)

    @property
    def when(self) -> dict[str, Any]:
        return when(self.change.id, self.change.happened_at)

    @property
    def bank_account(self) -> dict[str, str]:
        """Bank and last digits of the new one."""
        account = KeptAccount.read(self.change.new)
        return {"bank": BANKS.get(account.bank_code, account.bank_code), "tail": account.tail}

    @property
    def held(self) -> dict[str, Any]:
        """As `when`, with the moment until which nothing is paid out to a new account."""
        return when(self.change.id, self.change.happened_at, held_until(self.change.happened_at))

    def tell(self, fact: str, reader_id: uuid.UUID, said: dict[str, Any], deadline: Any = None) -> Iterator[Telling]:
        yield Telling(fact=fact, reader_id=reader_id, said=said, **self.when | {"deadline": deadline})


Tells = Callable[[Happened], Iterator[Telling]]


def _shops_account(happened: Happened) -> Iterator[Telling]:
    """The first one replaces none, and one that was dropped (flows/claim_account.py) is replaced by none."""
    if happened.change.old and happened.change.new:
        yield from happened.readers.tell_owners(
            happened.subject_id, "shop_account_changed", happened.bank_account, **happened.held
        )


def _creators_account(happened: Happened) -> Iterator[Telling]:
    if happened.change.old and happened.change.new:
        creator_id, deadline = happened.creators[happened.subject_id], happened.held["deadline"]
        yield from happened.tell("creator_account_changed", creator_id, happened.bank_account, deadline)


def _users_account(happened: Happened) -> Iterator[Telling]:
    if happened.change.new:
        yield from happened.tell("bank_account_added", happened.subject_id, happened.bank_account)


def _shop_released(happened: Happened) -> Iterator[Telling]:
    yield from happened.readers.tell_owners(happened.subject_id, "shop_payout_released", {}, **happened.when)


def _creator_released(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell("creator_payout_released", happened.creators[happened.subject_id], {})


def _user_released(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell("refund_released", happened.subject_id, {})


def _review(happened: Happened) -> Iterator[Telling]:
    """The words of the review are read on the page of the commission."""
    commission = happened.commissions[happened.subject_id]
    said = {"amount_idr": commission.amount_idr, "commission_id": str(commission.id)}
    decided = happened.change.new
    deadline = commission.decide_by if decided == "frozen" else None
    yield from happened.tell(f"commission_{decided}", commission.creator.user_id, said, deadline)


def _tax_letter(happened: Happened) -> Iterator[Telling]:
    """What became of it; what the shop did itself it knows."""
    decided = happened.change.new.partition(" ")[0]
    if decided in {"accepted", "declined", "ended", "crossed"}:
        yield from happened.readers.tell_owners(happened.subject_id, f"tax_letter_{decided}", {}, **happened.when)


def _members(happened: Happened) -> Iterator[Telling]:
    """Who it is stands on the page: of others nothing is handed on."""
    if happened.change.shop_id:
        yield from happened.readers.tell_owners(happened.change.shop_id, "shop_team_changed", {}, **happened.when)


def _invitation(happened: Happened) -> Iterator[Telling]:
    """To whom it is made; what they answer changes the team."""
    if happened.change.shop_id and happened.change.new:
        shop = happened.readers.name_of(happened.change.shop_id)
        yield from happened.tell("shop_invites", happened.subject_id, {"shop": shop})


def _takeout(happened: Happened) -> Iterator[Telling]:
    yield from happened.readers.tell_owners(happened.subject_id, "takeout_ready", {}, **happened.when)


def _own_data(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell("own_data_ready", happened.subject_id, {})


def _past_review_hidden(happened: Happened) -> Iterator[Telling]:
    """Or shown again: to the shop that brought it, and to those whose reports this decided."""
    if about := happened.past_reviews.get(happened.change.subject_id):
        fact = "shop_past_review_hidden" if happened.change.new else "shop_past_review_shown"
        yield from happened.readers.tell_owners(about[0].shop_id, fact, _goods(about), **happened.when)
        yield from _reporters(happened, about, "report_heeded")


def _past_review_reported(happened: Happened) -> Iterator[Telling]:
    """Once a case, and how it ended."""
    if about := happened.past_reviews.get(happened.change.subject_id):
        said = _goods(about) | {"past_review_id": str(about[0].pk)}
        if happened.change.new == "dismissed":
            yield from _reporters(happened, about, "report_dismissed")
        else:
            yield from happened.readers.tell_operators("case_past_review", said, **happened.when)


def _reporters(happened: Happened, about: OfGoods, fact: str) -> Iterator[Telling]:
    for report in about[0].reports.all():
        if report.decision_id == happened.change.id:
            yield from happened.tell(fact, report.reporter_id, _goods(about))


def _goods(about: OfGoods) -> dict[str, str]:
    """What it is about, and where it is read."""
    _review, product = about
    return {"goods": name_in_a_line(product.title), "slug": product.slug, "code": product.id.hex}


def _operators(happened: Happened) -> Iterator[Telling]:
    """Every owner of the marketplace: whoever took over one's account would make themselves another first."""
    said = {"person": name_in_a_line(happened.change.name)}
    yield from happened.readers.tell_operators("operators_changed", said, **happened.when)


TOLD_OF_CHANGES: dict[tuple[str, str], Tells] = {
    (Kind.SHOP, "bank_account"): _shops_account,
    (Kind.SHOP, "takeout"): _takeout,
    (Kind.SHOP, "tax_letter"): _tax_letter,
    (Kind.USER, "takeout"): _own_data,
    (Kind.CREATOR, "bank_account"): _creators_account,
    (Kind.USER, "bank_account"): _users_account,
    (Kind.SHOP, "payout_release"): _shop_released,
    (Kind.CREATOR, "payout_release"): _creator_released,
    (Kind.USER, "payout_release"): _user_released,
    (Kind.USER, "operator_roles"): _operators,
    (Kind.COMMISSION, "review"): _review,
    (Kind.MEMBER, "role"): _members,
    (Kind.MEMBER, "invitation"): _invitation,
    (Kind.PAST_REVIEW, "past_review_hidden"): _past_review_hidden,
    (Kind.PAST_REVIEW, "past_review_report"): _past_review_reported,
}
"""By what was changed, and which field of it. All else its owner reads where it is shown; rates are watched
(programmes.py)."""


def of_changes(change_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each change."""
    fields = {field for _kind, field in TOLD_OF_CHANGES}
    changes = list(Change.objects.filter(id__in=change_ids, field__in=fields).order_by("happened_at", "id"))
    readers = readers_of({change.shop_id for change in changes if change.shop_id})
    creators = dict(Creator.objects.filter(id__in=_ids(changes, Kind.CREATOR)).values_list("id", "user_id"))
    of_these = Commission.objects.select_related("creator")
    commissions = of_these.in_bulk(_ids(changes, Kind.COMMISSION))
    past_reviews = _past_reviews({change.subject_id for change in changes if change.kind == Kind.PAST_REVIEW})
    for change in changes:
        tells = TOLD_OF_CHANGES.get((change.kind, change.field))
        if tells:
            yield from tells(Happened(change, readers, creators, commissions, past_reviews))


def _past_reviews(ids: Collection[str]) -> dict[str, OfGoods]:
    """By id as the record keeps it; those whose goods are gone tell nobody anything."""
    if not ids:
        return {}
    of_these = PastReview.objects.filter(id__in=ids).select_related("product").prefetch_related("reports")
    return {str(each.pk): (each, each.product) for each in of_these if each.product}


def _ids(changes: Collection[Change], kind: Kind) -> list[uuid.UUID]:
    return [uuid.UUID(change.subject_id) for change in changes if change.kind == kind]
