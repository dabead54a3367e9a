"""Anyone signed in reports a review, or the shop's answer to it."""

import uuid
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

from lapak.trade.reviews.models import Review, ReviewReport
from lapak.trade.reviews.queries import has_reported, shown_review
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.rules import LONGEST_REVIEW
from lapak.web.shell.acts import accepted, signed_in
from lapak.web.shell.forms import RadioCards
from lapak.web.shop.answers import SeeOther, private_page

Reason = ReviewReport.Reason


class ReportForm(forms.Form):
    """What is wrong with it; the shop's answer only where there is one."""

    reason = forms.ChoiceField(label=gettext_lazy("What is wrong with it?"), widget=RadioCards())
    words = forms.CharField(
        label=gettext_lazy("What we should know"),
        max_length=LONGEST_REVIEW,
        required=False,
        help_text=gettext_lazy("Only Lapak reads this, and who sent it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["reason"]
        choices.choices = [
            (value, label) for value, label in Reason.choices if value != Reason.ANSWER or review.shown_answer
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@login_required
def report(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """What stands there, and what is wrong with it."""
    by, review = signed_in(request), shown_review(review_id)
    all_reviews = reverse("product_reviews", args=[review.product.slug, review.product_id.hex])
    form = ReportForm(request.POST or None, review=review)
    if accepted(form, lambda: report_review(by, review_id, **form.cleaned_data)):
        messages.success(request, _("Thank you. We look at it, and tell you what came of it."))
        return SeeOther(all_reviews)
    context = {
        "review": review,
        "form": form if form.is_bound or not has_reported(by, review) else None,
        "all_reviews": all_reviews,
    }
    return render(request, "shop/review_report.html", context)
