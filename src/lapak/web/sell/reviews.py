"""What buyers say of a shop's goods, and what the shop answers."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lapak.goods.catalogue.ratings import rating_of_shop
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.queries import review_for_seller, reviews_of_shop
from lapak.trade.reviews.rules import LONGEST_REVIEW
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.shell.acts import accepted, page_of, signed_in

REVIEWS_ON_A_PAGE = 25

ALL = "all"
"""The tab of every review; the other is of those that wait for an answer."""


class AnswerForm(forms.Form):
    """What the shop says to it."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_REVIEW,
        help_text=gettext_lazy("Everybody reads it below the review. You may change it later."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
@for_sellers(Duty.ORDERS)
def reviews(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What waits for an answer, or everything, newest first."""
    shows_all = request.GET.get("show") == ALL
    context: dict[str, Any] = {
        "shows_all": shows_all,
        "rating": rating_of_shop(shop),
        "page": page_of(request, reviews_of_shop(shop, only_unanswered=not shows_all), REVIEWS_ON_A_PAGE),
    }
    return show(request, shop, "reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.ORDERS)
def review(request: HttpRequest, shop: Shop, line_id: uuid.UUID) -> HttpResponse:
    """One review, and the shop's answer."""
    own, seller = own_of_shop(request, shop, review_for_seller, line_id), signed_in(request)
    form = AnswerForm(request.POST or None, initial={"words": own.answer})
    if accepted(form, lambda: answer_review(seller, own.id, form.cleaned_data["words"])):
        messages.success(request, _("Your answer stands below the review."))
        return redirect("sell_reviews", shop.slug)
    return show(request, shop, "review.html", {"review": own, "form": form})
