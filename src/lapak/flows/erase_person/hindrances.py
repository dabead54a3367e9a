"""What an erasure waits for."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet

from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.rules import UNDECIDED, FindingState
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.posts.models import Post
from lapak.affiliates.rules import State as CommissionState
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.samples.rules import UNDER_WAY
from lapak.flows.withheld_back import orders_to_give_back
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balances_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Refund
from lapak.money.payouts.models import Payout
from lapak.people.privacy.rules import Hindrance
from lapak.people.shops.models import Member, Shop
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import UNFINISHED

_OF_SHOP = (
    AccountKind.SELLER_PAYABLE, AccountKind.SELLER_RECEIVABLE, AccountKind.ORDER_ESCROW, AccountKind.CREATOR_CLEARING,
    AccountKind.POST_FEES_HELD,
)  # fmt: skip
_OF_CREATOR = (AccountKind.CREATOR_PAYABLE, AccountKind.CREATOR_RECEIVABLE)
_ON_THE_WAY = (CommissionState.PENDING, CommissionState.PAYABLE, CommissionState.FROZEN)
_UNDECIDED = (*UNDECIDED, FindingState.UPHELD)
_POSTS = ("taken", "handed_in", "declined", "escalated", "approved", "payable")


def hindrances_of(user: User) -> list[Hindrance]:
    """All of them, in the order in which they are told."""
    return [*_of_buyer(user), *_of_shops(own_shops(user)), *_of_creator(user), *_of_payouts(user)]


def own_shops(user: User) -> QuerySet[Shop]:
    """The shops that belong to the user alone."""
    mine = Member.objects.filter(shop=OuterRef("pk"), role=Role.OWNER)
    return Shop.objects.filter(Exists(mine.filter(user=user)), ~Exists(mine.exclude(user=user)))


def _of_buyer(user: User) -> Iterator[Hindrance]:
    if Order.objects.filter(UNFINISHED, buyer=user).exists():
        yield Hindrance.ORDERS
    if Refund.objects.filter(buyer_id=user.id).exclude(status=Refund.Status.ARRIVED).exists() or _holds_money(
        [AccountKind.BUYER_REFUND_PAYABLE], user.id
    ):
        yield Hindrance.REFUNDS
    if Complaint.objects.filter(author=user, ended_at=None).exists():
        yield Hindrance.COMPLAINTS


def _of_shops(shops: QuerySet[Shop]) -> Iterator[Hindrance]:
    found = list(shops)
    if any(shop.is_open for shop in found):
        yield Hindrance.SHOP
    ours = {"shop__in": found}
    if Order.objects.filter(UNFINISHED, **ours).exists() or Complaint.objects.filter(ended_at=None, **ours).exists():
        yield Hindrance.SHOP_ORDERS
    gets_taxes_back = orders_to_give_back().filter(**ours).exists()
    if gets_taxes_back or any(_holds_money(_OF_SHOP, shop.id) for shop in found):
        yield Hindrance.SHOP_MONEY


def _of_creator(user: User) -> Iterator[Hindrance]:
    creator = Creator.objects.filter(user=user).first()
    if creator is None:
        return
    theirs = {"creator": creator}
    if (
        Commission.objects.filter(state__in=_ON_THE_WAY, **theirs).exists()
        or Sample.objects.filter(state__in=UNDER_WAY, **theirs).exists()
        or Post.objects.filter(state__in=_POSTS, **theirs).exists()
    ):
        yield Hindrance.COMMISSIONS
    if Finding.objects.filter(state__in=_UNDECIDED, **theirs).exists():
        yield Hindrance.REVIEW
    if _holds_money(_OF_CREATOR, creator.id):
        yield Hindrance.CREATOR_MONEY


def _of_payouts(user: User) -> Iterator[Hindrance]:
    if Payout.objects.filter(bank_account__user=user, status=Payout.Status.SENT).exists():
        yield Hindrance.PAYOUTS


def _holds_money(kinds: Iterable[AccountKind], owner: object) -> bool:
    return any(balances_idr([AccountKey(kind, str(owner)) for kind in kinds]).values())
