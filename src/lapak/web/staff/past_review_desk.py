"""A review from elsewhere, as the operator reads it once it is reported: hidden, shown again, or left as it is."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.moving.formats.registry import title_of
from lapak.moving.past.hiding import dismiss_past_reports, hide_past_review, show_past_review
from lapak.moving.past.models import PastReview
from lapak.moving.past.queries import changes_of_past_review, past_review_for_operator, reports_of_past_review
from lapak.people.users.models import User
from lapak.web.shell.acts import signed_in
from lapak.web.shell.changes import shown_changes
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.review_desk import REPORTS_SHOWN, DismissalForm, HidingForm


@require_safe
def case(request: HttpRequest, review_id: int) -> HttpResponse:
    """One review, and what was done with it."""
    return _case(request, review_id, Forms())


@posted_from("admin:past_review_case", "review_id")
def hide(request: HttpRequest, review_id: int) -> HttpResponse:
    """Everybody reads it no more; with a reason."""
    return _decided(request, review_id, HidingForm, hide_past_review, _("Hidden. The shop reads why."))


@posted_from("admin:past_review_case", "review_id")
def show(request: HttpRequest, review_id: int) -> HttpResponse:
    """Everybody reads it again; with a reason."""
    return _decided(request, review_id, HidingForm, show_past_review, _("Everybody reads it again."))


@posted_from("admin:past_review_case", "review_id")
def dismiss(request: HttpRequest, review_id: int) -> HttpResponse:
    """What was reported stays; with a reason."""
    done = _("It stays. Those who reported it are told.")
    return _decided(request, review_id, DismissalForm, dismiss_past_reports, done)


def _decided(
    request: HttpRequest,
    review_id: int,
    kind: type[DeskForm],
    act: Callable[[User, int, str], PastReview],
    done: str,
) -> HttpResponse:
    by, form = signed_in(request), kind(request.POST)
    return done_or_again(
        request,
        form,
        lambda: act(by, review_id, form.cleaned_data["words"]),
        done,
        back="admin:review_desk",
        page=partial(_case, request, review_id),
    )


def _case(request: HttpRequest, review_id: int, forms_of_page: Forms) -> HttpResponse:
    review = past_review_for_operator(signed_in(request), review_id)
    goods = review.product.title if review.product else review.title
    context: dict[str, Any] = {
        "title": _("Review of %(goods)s") % {"goods": goods},
        "review": review,
        "platform": title_of(review.platform),
        "changes": shown_changes(changes_of_past_review(review)),
        "reports": reports_of_past_review(review)[:REPORTS_SHOWN],
        "dismissal": forms_of_page(DismissalForm) if review.reported_at else None,
        "form": forms_of_page(HidingForm),
    }
    return forms_of_page.page(request, "staff/past_review_case.html", context)
