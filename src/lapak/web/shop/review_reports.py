"""Anyone signed in reports a review, the shop's answer to it, or a review that was brought from elsewhere."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lapak.moving.past.queries import has_reported_past, shown_past_review
from lapak.moving.past.reporting import REASONS, report_past_review
from lapak.trade.reviews.models import ReviewReport
from lapak.trade.reviews.queries import has_reported, shown_review
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.rules import LONGEST_REVIEW
from lapak.web.shell.acts import accepted, signed_in
from lapak.web.shell.forms import RadioCards
from lapak.web.shop.answers import SeeOther, private_page
from lapak.web.shop.reviews import BEFORE

Reason = ReviewReport.Reason


class ReportForm(forms.Form):
    """What is wrong with it."""

    reason = forms.ChoiceField(label=gettext_lazy("What is wrong with it?"), widget=RadioCards())
    words = forms.CharField(
        label=gettext_lazy("What we should know"),
        max_length=LONGEST_REVIEW,
        required=False,
        help_text=gettext_lazy("Only Lapak reads this, and who sent it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, reasons: Sequence[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["reason"]
        choices.choices = [(reason.value, reason.label) for reason in reasons]


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@login_required
def report(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """What stands there, and what is wrong with it; the shop's answer only where there is one."""
    by, review = signed_in(request), shown_review(review_id)
    all_reviews = reverse("product_reviews", args=[review.product.slug, review.product_id.hex])
    form = ReportForm(request.POST or None, reasons=[*Reason] if review.shown_answer else REASONS)
    if accepted(form, lambda: report_review(by, review_id, **form.cleaned_data)):
        return _thanked(request, all_reviews)
    context = {
        "review": review,
        "form": form if form.is_bound or not has_reported(by, review) else None,
        "all_reviews": all_reviews,
        "shown_as": "shell/components/review.html",
        "product": review.product,
        "may_change": True,
    }
    return render(request, "shop/review_report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@login_required
def report_past(request: HttpRequest, review_id: int) -> HttpResponse:
    """The same of what was said elsewhere."""
    by, (review, product) = signed_in(request), shown_past_review(review_id)
    all_reviews = f"{reverse('product_reviews', args=[product.slug, product.id.hex])}?{BEFORE}=1"
    form = ReportForm(request.POST or None, reasons=REASONS)
    if accepted(form, lambda: report_past_review(by, review_id, **form.cleaned_data)):
        return _thanked(request, all_reviews)
    context = {
        "review": review,
        "form": form if form.is_bound or not has_reported_past(by, review) else None,
        "all_reviews": all_reviews,
        "shown_as": "shop/parts/past_review.html",
        "product": product,
    }
    return render(request, "shop/review_report.html", context)


def _thanked(request: HttpRequest, all_reviews: str) -> HttpResponse:
    messages.success(request, _("Thank you. We look at it, and tell you what came of it."))
    return SeeOther(all_reviews)
