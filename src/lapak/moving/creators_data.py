"""What a creator takes along beside what every user does: what they promoted and how it was decided, what they earned, what was
withheld, and what was said of their account. Of others there is nothing in it: no buyer, and no other creator."""

from collections.abc import Iterator, Sequence

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.contenders.queries import without_earning
from lapak.affiliates.integrity.models import AccountEvent
from lapak.affiliates.integrity.queries import events_of_creator, findings_of_creator
from lapak.affiliates.models import Commission, Creator, Link
from lapak.affiliates.showcase.models import Placed
from lapak.affiliates.showcase.queries import showcase_of
from lapak.affiliates.withholding.models import Slip
from lapak.affiliates.withholding.queries import tax_identity_of
from lapak.money.ledger.models import AccountKind
from lapak.moving import statement
from lapak.moving.written import Line

_AT_ONCE = 500
_COMMISSIONS = (
    "order_id",
    "shop",
    "link",
    "attribution",
    "clicked_at",
    "rate_bp",
    "base_idr",
    "amount_idr",
    "state",
    "reason",
)
_CONTENDERS = (
    "commission_of_order", "shop", "product_name", "link", "clicked_at", "is_typed", "attribution", "verdict", "share_bp",
    "won_by",
)  # fmt: skip
_ADDRESS = ("recipient", "phone", "street", "district", "city", "province_code", "postal_code")
_SAMPLES = (
    "shop", "product_name", "options", *_ADDRESS, "words", "place", "state", "reason", "courier", "tracking_number", "post",
    "asked_at",
)  # fmt: skip
_POSTS = (
    "shop",
    "product_name",
    "fee_idr",
    "tax_idr",
    "state",
    "address",
    "reason",
    "objection",
    "taken_at",
    "credited_at",
)
_CHANNELS = ("platform", "address", "code", "state", "reason", "named_at")
_LINKS = ("code", "label", "shop", "product_id", "created_at")
_SHOWCASE = ("words", "theme", "section", "product_id", "product_name")
_TAX_IDENTITY = ("name", "number", "changed_at")
_SLIPS = (
    "number", "revision", "month", "taxed_as", "name", "tax_number", "gross_idr", "base_idr", "tax_idr", "issued_at",
)  # fmt: skip
_REVIEWS = ("review_id", "rule", "ground", "why", "state", "found_at", "act_by", "objection")
_EVENTS = ("happened_at", "review_id", "kind", "by", "words")
_BOOKS = (AccountKind.CREATOR_PAYABLE, AccountKind.CREATOR_RECEIVABLE)

OwnList = tuple[str, Sequence[str], Iterator[Line]]
"""What it is called, its columns, its rows."""


def lists_of_creator(creator: Creator) -> Iterator[OwnList]:
    """What there is always, and what else there is something of."""
    yield "links", _LINKS, _links(creator)
    yield "commissions", _COMMISSIONS, _commissions(creator)
    yield "statement", statement.COLUMNS, statement.transfers(_BOOKS, creator.id)
    yield "clicks_on_orders", _CONTENDERS, _contenders(creator)
    yield "showcase", _SHOWCASE, _showcase(creator)
    if creator.samples.exists():
        yield "samples", _SAMPLES, _samples(creator)
    if creator.posts.exists():
        yield "posts", _POSTS, _posts(creator)
    if creator.channels.exists():
        yield "channels", _CHANNELS, _channels(creator)
    if identity := tax_identity_of(creator):
        yield "tax_identity", _TAX_IDENTITY, iter([{name: getattr(identity, name) for name in _TAX_IDENTITY}])
    if Slip.objects.filter(of__creator=creator).exists():
        yield "withholding_slips", _SLIPS, _slips(creator)
    if findings_of_creator(creator).exists():
        yield "reviews_of_account", _REVIEWS, _reviews(creator)
    if events_of_creator(creator).exists():
        yield "events_of_account", _EVENTS, _events(creator)


def _samples(creator: Creator) -> Iterator[Line]:
    """What they asked shops for, the oldest first; where it went only as long as that is known."""
    asked = creator.samples.select_related("shop", "variant__product").order_by("asked_at", "id")
    for sample in asked.iterator(_AT_ONCE):
        yield {
            "shop": sample.shop.name,
            "product_name": sample.variant.product.title,
            "options": sample.variant.label,
            **{name: sample.address.get(name, "") for name in _ADDRESS},
            **{name: getattr(sample, name) for name in _SAMPLES[3 + len(_ADDRESS) :]},
        }


def _posts(creator: Creator) -> Iterator[Line]:
    """Those that shops paid for, or were to, the oldest first."""
    taken = creator.posts.select_related("shop", "offer__product").order_by("taken_at", "id")
    for post in taken.iterator(_AT_ONCE):
        yield {
            "shop": post.shop.name,
            "product_name": post.offer.product.title,
            **{name: getattr(post, name) for name in _POSTS[2:]},
        }


def _channels(creator: Creator) -> Iterator[Line]:
    """Those that they named, taken off the list again or not."""
    for channel in creator.channels.order_by("named_at", "id").iterator(_AT_ONCE):
        yield {name: getattr(channel, name) for name in _CHANNELS}


def _links(creator: Creator) -> Iterator[Line]:
    links = Link.objects.filter(creator=creator).select_related("shop").order_by("created_at", "id")
    for link in links.iterator(_AT_ONCE):
        yield {
            "code": link.code,
            "label": link.label,
            "shop": link.shop.name if link.shop else "",
            "product_id": str(link.product_id or ""),
            "created_at": link.created_at,
        }


def _commissions(creator: Creator) -> Iterator[Line]:
    earned = Commission.objects.filter(creator=creator).select_related("shop", "link").order_by("created_at", "id")
    for commission in earned.iterator(_AT_ONCE):
        yield {
            "order_id": str(commission.order_id),
            "shop": commission.shop.name,
            "link": commission.link.code,
            **{name: getattr(commission, name) for name in _COMMISSIONS[3:]},
        }


def _contenders(creator: Creator) -> Iterator[Line]:
    """Why each of their clicks earned, or did not. Which order it was is said only of those they earn on."""
    won = Contender.objects.filter(line__commissions__creator=creator, creator=creator, verdict=Contender.Verdict.WON)
    for contender in won.select_related("link", "line__order__shop").order_by("id").iterator(_AT_ONCE):
        yield _of_click(contender) | {"commission_of_order": str(contender.line.order_id)}
    yield from map(_of_click, without_earning(creator).iterator(_AT_ONCE))


def _of_click(contender: Contender) -> dict[str, object]:
    return {
        "shop": contender.line.order.shop.name,
        "product_name": contender.line.title,
        "link": contender.link.code,
        **{name: getattr(contender, name) for name in _CONTENDERS[4:]},
    }


def _showcase(creator: Creator) -> Iterator[Line]:
    """How the page looks, and what has a place on it; the section without a title is what is pinned."""
    showcase = showcase_of(creator)
    yield {"words": showcase.words, "theme": showcase.theme}
    placed = Placed.objects.filter(section__creator=creator).select_related("section", "product")
    for each in placed.order_by("section__position", "position"):
        yield {
            "section": each.section.title,
            "product_id": str(each.product_id),
            "product_name": each.product.title,
        }


def _slips(creator: Creator) -> Iterator[Line]:
    """Every one that was issued, corrections too."""
    slips = (
        Slip.objects.filter(of__creator=creator).select_related("of").order_by("of__month", "of__taxed_as", "revision")
    )
    for slip in slips.iterator(_AT_ONCE):
        yield {
            "number": slip.of.number,
            "month": f"{slip.of.month:%Y-%m}",
            "taxed_as": slip.of.taxed_as,
            **{name: getattr(slip, name) for name in ("revision", *_SLIPS[4:])},
        }


def _reviews(creator: Creator) -> Iterator[Line]:
    """What rules saw, as the creator reads it, and what they answered; the orders and buyers it is about are others'."""
    for finding in findings_of_creator(creator).order_by("found_at", "id").iterator(_AT_ONCE):
        yield {
            "review_id": str(finding.id),
            "objection": finding.appeal,
            **{name: getattr(finding, name) for name in _REVIEWS[1:-1]},
        }


def _events(creator: Creator) -> Iterator[Line]:
    events = events_of_creator(creator).select_related("closing").order_by("happened_at", "id")
    for event in events.iterator(_AT_ONCE):
        yield {
            "happened_at": event.happened_at,
            "review_id": str(event.finding_id or (event.closing.finding_id if event.closing else "")),
            "kind": event.kind,
            "by": _by(event, creator),
            "words": event.words,
        }


def _by(event: AccountEvent, creator: Creator) -> str:
    """The operator by no name: it was Lapak."""
    if event.actor_id is None:
        return "by itself"
    return "creator" if event.actor_id == creator.user_id else "lapak"
