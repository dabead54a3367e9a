"""What buyers say of goods and shops answer, as the operator reads it: what is reported first; hidden where it may not be said,
and shown again."""

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
from lapak.moving.past.queries import count_reported_past, reported_past_reviews
from lapak.people.users.models import User
from lapak.trade.reviews.hiding import dismiss_reports, hide_answer, hide_review, show_answer, show_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.queries import (
    count_reported,
    events_of_review,
    newest_reviews,
    reported_reviews,
    reports_of_review,
    review_for_operator,
)
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again

REVIEWS_ON_A_PAGE = 50

REPORTED_SHOWN = 50
"""Those reported first; the others follow as these are decided."""

REPORTS_SHOWN = 50
"""Of one review, the last ones."""


class HidingForm(DeskForm):
    """Why it is hidden, or shown again: the author and the shop read it."""

    words = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_STORY, widget=forms.Textarea({"rows": 3}))


class AnswerHidingForm(HidingForm):
    """Why the shop's answer is hidden, or shown again: the shop reads it."""


class DismissalForm(HidingForm):
    """Why it may be said: on record, and read by nobody else."""


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is reported, and the newest reviews of all shops."""
    context = {
        "title": _("Reviews"),
        "reported": reported_reviews()[:REPORTED_SHOWN],
        "reported_past": reported_past_reviews()[:REPORTED_SHOWN],
        "reported_count": count_reported() + count_reported_past(),
        "page": page_of(request, newest_reviews(), REVIEWS_ON_A_PAGE),
    }
    return Forms().page(request, "staff/review_desk.html", context)


@require_safe
def case(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """One review, and what was done with it."""
    return _case(request, review_id, Forms())


@posted_from("admin:review_case", "review_id")
def hide(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Everybody reads it no more; with a reason."""
    return _decided(request, review_id, HidingForm, hide_review, _("Hidden. The author and the shop read why."))


@posted_from("admin:review_case", "review_id")
def show(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Everybody reads it again; with a reason."""
    return _decided(request, review_id, HidingForm, show_review, _("Everybody reads it again."))


@posted_from("admin:review_case", "review_id")
def hide_its_answer(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Everybody reads the shop's answer no more; with a reason."""
    return _decided(request, review_id, AnswerHidingForm, hide_answer, _("Hidden. The shop reads why."))


@posted_from("admin:review_case", "review_id")
def show_its_answer(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Everybody reads it again; with a reason."""
    return _decided(request, review_id, AnswerHidingForm, show_answer, _("Everybody reads it again."))


@posted_from("admin:review_case", "review_id")
def dismiss(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """What was reported stays; with a reason."""
    return _decided(request, review_id, DismissalForm, dismiss_reports, _("It stays. Those who reported it are told."))


def _decided(
    request: HttpRequest,
    review_id: uuid.UUID,
    kind: type[HidingForm],
    act: Callable[[User, uuid.UUID, str], Review],
    done: str,
) -> HttpResponse:
    """The address says which: what the operator had before their eyes, not how it stands by now."""
    by, form = signed_in(request), kind(request.POST)
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
        "reports": reports_of_review(review)[:REPORTS_SHOWN],
        "dismissal": forms_of_page(DismissalForm) if review.reported_at else None,
        "answer": forms_of_page(AnswerHidingForm) if review.answer else None,
        "form": forms_of_page(HidingForm),
    }
    return forms_of_page.page(request, "staff/review_case.html", context)
