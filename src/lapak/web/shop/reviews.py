"""What buyers say of goods: everybody reads it on the product's pages, and whoever received them writes it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.goods.catalogue.models import Product, ProductRating
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.ratings import rating_of_product
from lapak.goods.catalogue.rules import STARS
from lapak.lib import clock
from lapak.moving.past.queries import past_reviews_of, was_reviewed_before
from lapak.people.shops.queries import is_member
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import is_over
from lapak.trade.reviews.errors import ReviewNotFound
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.queries import (
    Asked,
    line_for_buyer,
    may_write_review,
    picture_of_review,
    review_of_line,
    reviews_of_order,
    reviews_of_product,
    said_of,
)
from lapak.trade.reviews.writing import change_review, delete_review, write_review
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in, ticked_ids
from lapak.web.shell.posted import posted_from
from lapak.web.shop.answers import SeeOther, private_page, public_page
from lapak.web.shop.review_forms import ReviewForm

ON_PRODUCT_PAGE = 3
"""The newest; the others have a page of their own."""

ON_A_PAGE = 20

PICTURE_KEPT_S = 600
"""So long a browser or proxy may go on showing a picture after its review was hidden."""

BEFORE = "before"
"""Asks for what was said elsewhere, and is not checked here."""

WITHOUT = "without"
"""The boxes of pictures that are to go."""


def reviews_on_product_page(product: Product) -> dict[str, Any]:
    """What `shop/parts/reviews.html` shows of a product: nothing is asked where nobody has said anything."""
    rating: ProductRating | None = getattr(product, "rating", None)
    shown: dict[str, Any] = {}
    if rating is not None and rating.review_count:
        shown |= {"rating": rating, "reviews": reviews_of_product(product.id)[:ON_PRODUCT_PAGE]}
    if product.reviewed_before:
        shown |= {"before": past_reviews_of(product.id)[:ON_PRODUCT_PAGE]}
    return shown


def reviews_on_order_page(order: Order) -> dict[str, Any]:
    """What `shop/parts/order_reviews.html` shows of an order."""
    return {"reviews": reviews_of_order(order)}


@require_safe
@public_page
def product_reviews(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """All that is said of a product, on sale or not any more, newest first: of so many `stars`, or with `pictures` alone;
    or what was said `before` it came here."""
    product, rating = _reviewed(uuid.UUID(code))
    if product.slug != slug:
        return redirect("product_reviews", product.slug, code, permanent=True)
    context: dict[str, Any] = {
        "product": product,
        "rating": rating,
        "is_on_sale": on_sale().filter(id=product.id).exists(),
        "asked": (asked := _asked(request)),
    }
    if BEFORE in request.GET:
        context["page"] = page_of(request, past_reviews_of(product.id), ON_A_PAGE)
    else:
        found = list(reviews_of_product(product.id, asked)[: ON_A_PAGE + 1])
        context["reviews"] = found[:ON_A_PAGE]
        context["older"] = found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else None
    return render(request, "shop/product_reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@login_required
def review(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """What the buyer says of the goods of an order line: written, read, and changed for some days."""
    buyer = signed_in(request)
    line = line_for_buyer(buyer, line_id)
    written = review_of_line(line)
    form = ReviewForm(request.POST or None, request.FILES or None, review=written)
    if accepted(form, lambda: _save(buyer, line_id, written, form, ticked_ids(request.POST, WITHOUT))):
        messages.success(request, _("Thank you. Everybody can read your review now."))
        return SeeOther(reverse("review", args=[line_id]))
    context = {
        "line": line,
        "order": line.order,
        "review": written,
        "form": form if form.is_bound or _may_be_filled_in(buyer, line, written) else None,
        "shows_form": form.is_bound or written is None or "change" in request.GET,
        "may_be_written_again": not said_of([line_id]),
    }
    return render(request, "shop/review.html", context)


@posted_from("review", "line_id")
@private_page
@login_required
def delete(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """The review is gone."""
    buyer = signed_in(request)
    line = line_for_buyer(buyer, line_id)
    written = review_of_line(line)
    if written is None:
        raise Http404
    carried_out(request, lambda: delete_review(buyer, written.id), _("Your review is deleted."))
    return SeeOther(reverse("order", args=[line.order_id]))


@require_safe
def picture(request: HttpRequest, picture_id: uuid.UUID, size: str) -> HttpResponse:
    """A picture of a review: everybody's as long as its review is."""
    found, is_public = picture_of_review(request.user if isinstance(request.user, User) else None, picture_id)
    file = found.small if size == "small" else found.file
    try:
        with file.open("rb") as opened:
            response = HttpResponse(opened.read(), content_type="image/webp")
    except FileNotFoundError as gone:
        raise ReviewNotFound from gone
    response["Cache-Control"] = f"public, max-age={PICTURE_KEPT_S}" if is_public else "private, no-store"
    return response


def _reviewed(product_id: uuid.UUID) -> tuple[Product, ProductRating | None]:
    """The product, if anything was ever said of it, here or before it came, hidden by now or not; else there is no such page."""
    if rating := rating_of_product(product_id):
        return rating.product, rating
    product = Product.objects.filter(id=product_id).select_related("shop").first()
    if product is None or not was_reviewed_before(product_id):
        raise Http404
    return product, None


def _save(
    buyer: User, line_id: uuid.UUID, written: Review | None, form: ReviewForm, without: list[uuid.UUID]
) -> Review:
    said = form.cleaned_data
    if written is None:
        return write_review(buyer, line_id, **said)
    return change_review(buyer, written.id, **said, without=without)


def _may_be_filled_in(buyer: User, line: Any, written: Review | None) -> bool:
    if written is None:
        return may_write_review(buyer, line)
    is_theirs = not written.is_hidden and not is_member(buyer, written.shop_id)
    return is_theirs and not is_over(written.changed_until, clock.now())


def _asked(request: HttpRequest) -> Asked:
    """By the address; what it cannot mean is passed over."""
    stars, after = request.GET.get("stars", ""), ticked_ids(request.GET, "older_than")
    return Asked(
        stars=int(stars) if stars in map(str, STARS) else 0,
        with_pictures="pictures" in request.GET,
        after=after[0] if after else None,
    )
