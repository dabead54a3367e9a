"""Paid posts that a shop declined and whose creator objects: the operator reads both, and decides."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.posts.commands import uphold_post
from lapak.affiliates.posts.models import Post
from lapak.affiliates.posts.queries import events_of_post, post_for_operator, posts_to_decide
from lapak.affiliates.posts.rules import PostState
from lapak.flows.pay_for_posts import deny_post
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

POSTS_ON_A_PAGE = 50


class PostForm(DeskForm):
    """For whom, and why."""

    words = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_STORY,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The creator and the shop read it."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("uphold", gettext_lazy("Pay the fee")), ("deny", gettext_lazy("Give it back to the shop"))],
        widget=Buttons(),
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is to be decided, what ends first on top."""
    context: dict[str, Any] = {
        "title": _("Paid posts"),
        "page": page_of(request, posts_to_decide(), POSTS_ON_A_PAGE),
        "now": clock.now(),
    }
    return Forms().page(request, "staff/post_desk.html", context)


@require_safe
def case(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """One of them: what was agreed, what each side says, what happened."""
    return _case(request, post_id, Forms())


def _about_deciding(request: HttpRequest, post_id: uuid.UUID) -> Question | None:
    post, form = post_for_operator(signed_in(request), post_id), PostForm(request.POST)
    if not form.is_valid() or post.state != PostState.ESCALATED:
        return None
    asks = {
        "uphold": _("Pay %(creator)s the %(amount)s for the post?"),
        "deny": _("Pay %(creator)s nothing, and give the %(amount)s back to %(shop)s?"),
    }[form.cleaned_data["decision"]]
    said = {"creator": post.creator, "amount": format_idr(post.fee_idr), "shop": post.shop.name}
    return Question(asks % said, reverse("admin:post_case", args=[post_id]))


@asked_first(_about_deciding, "admin:post_case", "post_id")
def decide(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """For the creator, or for the shop."""
    by, form = signed_in(request), PostForm(request.POST)
    acts: dict[str, Callable[[User, uuid.UUID, str], Post]] = {"uphold": uphold_post, "deny": deny_post}
    return done_or_again(
        request,
        form,
        lambda: acts[form.cleaned_data["decision"]](by, post_id, form.cleaned_data["words"]),
        _("Decided. Both are told why."),
        back="admin:post_desk",
        page=partial(_case, request, post_id),
    )


def _case(request: HttpRequest, post_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    post = post_for_operator(signed_in(request), post_id)
    context: dict[str, Any] = {
        "title": _("Post of %(creator)s") % {"creator": post.creator},
        "post": post,
        "events": events_of_post(post).select_related("actor"),
        "form": forms_(PostForm) if post.state == PostState.ESCALATED else None,
    }
    return forms_.page(request, "staff/post_case.html", context)
