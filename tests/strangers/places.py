"""A market in which something of every kind is there, and every address of the site in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.models import Commission, CreatorInvitation
from lapak.affiliates.profiles.models import Channel
from lapak.affiliates.samples.models import Sample
from lapak.flows.place_purchase import place_purchase
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.moderation.models import Case
from lapak.money.fees.models import Consent, Schedule
from lapak.money.gateways.models import GatewayMessage, StatementDifference
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payouts.models import PayoutBatch
from lapak.moving.feeds_out import open_feed
from lapak.moving.models import Feed, Takeout, Upload
from lapak.moving.past.models import PastReview
from lapak.people.notices.rules import Topic
from lapak.people.notices.unsubscribe import link_token
from lapak.people.privacy.rules import Purpose
from lapak.testing.cast import Cast, asked_for, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.complaints import complaint_about
from lapak.testing.fees import objection
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.moderation import goods_taken_down
from lapak.testing.partners import accepted_link
from lapak.testing.past import past_review
from lapak.testing.profiles import be_found
from lapak.testing.samples import asked_sample
from lapak.testing.waiting import everything_waits
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.orders.settlement import seller_account
from lapak.trade.returns.models import Return
from lapak.trade.reviews.models import Review
from lapak.web.shop.hand_over_token import HandOver, seal

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"

PEOPLE = ("visitor", "buyer", "seller", "creator_user", "operator", "stranger")


PAST_REVIEW = ("past_review_report", *(f"admin:past_review_{act}" for act in ("case", "hide", "show", "dismiss")))
"""The pages about a review from elsewhere, whose ids are numbers."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and the name of its view."""

    name: str
    path: str


def peopled() -> Cast:
    """The cast, with something of theirs in every table that a page shows."""
    cast = assemble_cast()
    variant = stocked_variant(cast.shop, on_hand=40)
    everything_waits(cast, variant)
    paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    delivered_order(cast, (variant, 1))
    asked_sample(cast, variant)
    complaint_about(cast)
    goods_taken_down(cast)
    objection(cast)
    past_review(variant.product)
    be_found(cast)
    accepted_link(cast)
    open_feed(cast.seller, cast.shop, "google_rss", "id")
    add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
    place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
    now = clock.now()
    Takeout.objects.create(shop=cast.shop, by=cast.seller, platform="lapak", language="id", asked_at=now)
    Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="id", file_names=["moving/x/0/a.xlsx"], given_at=now, touched_at=now
    )
    return cast


def browser_of(cast: Cast, person: str) -> Client:
    """One that lets no error pass for a test's own."""
    client = Client(raise_request_exception=False, headers={"user-agent": PHONE, "origin": "http://testserver"})
    if person != "visitor":
        client.force_login(getattr(cast, person))
    return client


def every_place(cast: Cast) -> list[Place]:
    """Each URL of the site once, with ids of what is there. A URL that takes what nobody knows here fails."""
    known = _known(cast)
    return [Place(name, _address(name, pattern, known)) for name, pattern in named(get_resolver(), "")]


def named(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def _address(name: str, pattern: URLPattern, known: dict[str, object]) -> str:
    parameters = pattern.pattern.regex.groupindex
    own = {each: known.get(f"{name} {each}", known.get(each)) for each in parameters}
    if "object_id" in own:
        own["object_id"] = _row_of(name)
    if "app_label" in own:
        own["app_label"] = "orders"
    missing = [each for each, value in own.items() if value is None]
    assert not missing, f"{name} takes {missing}, which tests/strangers/places.py does not know"
    return reverse(name, kwargs=own)


def _row_of(name: str) -> object:
    """Of the operator's table that the page belongs to."""
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return getattr(model._default_manager.first(), "pk", new_id())
    return new_id()


def _known(cast: Cast) -> dict[str, object]:
    """By parameter, or by page and parameter."""
    sold = (
        OrderLine.objects.select_related("variant__product").filter(order__state="to_pack").latest("order__placed_at")
    )
    product, review, commission = (
        sold.variant.product,
        Review.objects.latest("written_at"),
        Commission.objects.latest("created_at"),
    )
    return_, finding = (
        Return.objects.filter(pictures__isnull=False).latest("asked_at"),
        Finding.objects.latest("found_at"),
    )
    asked, handed_over = CreatorInvitation.objects.latest("made_at"), seal(HandOver(None, [], "/cart"))
    return {
        "slug": cast.shop.slug, "product slug": product.slug, "product_reviews slug": product.slug,
        "code": commission.link.code, "category code": "fashion", "feed code": Feed.objects.latest("opened_at").code,
        **{f"{page} code": product.id.hex for page in ("product", "product_reviews", "product_card")},
        **{f"create_invitation{act} code": asked.code for act in ("", "_accept", "_decline")},
        "extension": "xml", "sha256": "0" * 64, "path": "pictures/none.jpg", "provider": "sandbox", "handle": cast.creator.handle,
        "token": handed_over, "unsubscribe token": link_token(cast.buyer.id, [Topic.PROGRESS]), "key": "a-b", "uidb36": "1",
        "content_type_id": 1, "name": "contact_name", "step_id": new_id(),
        "year": 2026, "month": 11, "user_id": cast.stranger.id,
        "order_id": sold.order_id, "reference": sold.order_id, "line_id": sold.id,
        "variant_id": sold.variant_id, "product_id": product.id,
        "purchase_id": Order.objects.filter(state="awaiting_payment").latest("placed_at").purchase_id,
        "return_id": return_.id, "picture_id": return_.pictures.earliest("added_at").id,
        "review_id": review.id, "review line_id": review.line_id, "sell_review line_id": review.line_id,
        "commission_id": commission.id, "programme_id": cast.programme.id, "finding_id": finding.id,
        "closing_id": Closing.objects.latest("proposed_at").id, "channel_id": Channel.objects.latest("named_at").id,
        "sample_id": Sample.objects.latest("asked_at").id, "invitation_id": new_id(), "address_id": cast.address.id,
        "takeout_id": Takeout.objects.latest("asked_at").id, "upload_id": Upload.objects.latest("given_at").id,
        "feed_id": Feed.objects.latest("opened_at").id, "change_id": new_id(), "month_id": new_id(), "notice_id": new_id(),
        "batch_id": PayoutBatch.objects.latest("created_at").id, "intent_id": PaymentIntent.objects.latest("created_at").id,
        "message_id": GatewayMessage.objects.latest("received_at").id, "dispute_id": Dispute.objects.latest("opened_at").id,
        "difference_id": StatementDifference.objects.latest("id").id, "remittance_id": new_id(), "session_id": new_id(),
        "case_id": Case.objects.latest("opened_at").id, "kind": "shop", "page_id": cast.shop.id,
        "complaint_id": Complaint.objects.latest("lodged_at").id, "offer_id": new_id(), "post_id": new_id(), "pk": 1,
        "account_id": seller_account(cast.shop.id).id, "breach_id": new_id(), "letter_id": new_id(),
        "schedule_id": Schedule.objects.latest("number").id, "number": 1,
        "consent_id": Consent.objects.latest("id").id,
        "purpose": Purpose.CLICKS, **{f"{page} review_id": PastReview.objects.latest("id").id for page in PAST_REVIEW},
    }  # fmt: skip
