"""What buyers say of goods, as the operator reads it: hidden where it may not be said, and shown again."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User
from lapak.trade.reviews.hiding import hide_review, show_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.queries import events_of_review, newest_reviews, review_for_operator
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again

REVIEWS_ON_A_PAGE = 50


class HidingForm(DeskForm):
    """Why it is hidden, or shown again: the author and the shop read it."""

    words = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_STORY, widget=forms.Textarea({"rows": 3}))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The newest reviews of all shops."""
    page = page_of(request, newest_reviews(), REVIEWS_ON_A_PAGE)
    return Forms().page(request, "staff/review_desk.html", {"title": _("Reviews"), "page": page})


@require_safe
def case(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """One review, and what was done with it."""
    return _case(request, review_id, Forms())


@posted_from("admin:review_case", "review_id")
def hide(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Everybody reads it no more; with a reason."""
    return _decided(request, review_id, hide_review, _("Hidden. The author and the shop read why."))


@posted_from("admin:review_case", "review_id")
def show(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Everybody reads it again; with a reason."""
    return _decided(request, review_id, show_review, _("Everybody reads it again."))


def _decided(
    request: HttpRequest, review_id: uuid.UUID, act: Callable[[User, uuid.UUID, str], Review], done: str
) -> HttpResponse:
    """The address says which: what the operator had before their eyes, not how it stands by now."""
    by, form = signed_in(request), HidingForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: act(by, review_id, form.cleaned_data["words"]),
        done,
        back="admin:review_desk",
        page=partial(_case, request, review_id),
    )


def _case(request: HttpRequest, review_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    review = review_for_operator(signed_in(request), review_id)
    context: dict[str, Any] = {
        "title": _("Review of %(goods)s") % {"goods": review.line.title},
        "review": review,
        "events": events_of_review(review),
        "form": forms_of_page(HidingForm),
    }
    return forms_of_page.page(request, "staff/review_case.html", context)
