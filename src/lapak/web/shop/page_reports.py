"""Anybody reports a product, a shop's or a creator's page; who is signed in reads what came of it."""

import uuid
from typing import Any

from allauth.decorators import rate_limit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.lib.numbers import filled
from lapak.lib.written import LONGEST_STORY
from lapak.moderation.models import Reason
from lapak.moderation.pages import Page, PageKind, page_shown
from lapak.moderation.queries import has_reported_page, reports_of_person
from lapak.moderation.reporting import report_page, report_page_as_visitor
from lapak.moderation.rules import MOST_PICTURES
from lapak.people.users.models import User
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.forms import PicturesField, RadioCards
from lapak.web.shop.answers import SeeOther, private_page

REPORTS_ON_A_PAGE = 25


OF_AN_ADDRESS = {"report_page": "60/h/ip"}
"""Reports that are sent from one network address. Ours: a school or an office shares one, a machine sends more."""


class VisitorsReportForm(forms.Form):
    """What is wrong with it, and where we answer."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=Reason.choices, widget=RadioCards()
    )
    words = forms.CharField(
        label=gettext_lazy("What we should know"),
        max_length=LONGEST_STORY,
        required=False,
        help_text=gettext_lazy("Only Lapak reads this, and who sent it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We tell you what came of it, and then forget the address."),
    )


class PageReportForm(VisitorsReportForm):
    """Of who is signed in: with pictures, and the address is known."""

    email = None  # type: ignore[assignment]  # Django's way to leave a field out
    pictures = PicturesField(
        label=gettext_lazy("Pictures"),
        required=False,
        help_text=filled(
            gettext_lazy("Up to {most}, seen by you and Lapak only. JPEG, PNG or WebP."), most=MOST_PICTURES
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@rate_limit(action="report_page", config=OF_AN_ADDRESS)  # type: ignore[untyped-decorator]  # allauth carries no types
def report(request: HttpRequest, kind: str, page_id: uuid.UUID) -> HttpResponse:
    """What stands there, and what is wrong with it."""
    shown, user = page_shown(kind, page_id), request.user if isinstance(request.user, User) else None
    kind_of_form = PageReportForm if user else VisitorsReportForm
    form = kind_of_form(request.POST or None, request.FILES or None)
    if accepted(form, lambda: _send(user, shown, form.cleaned_data)):
        messages.success(request, _("Thank you. We look at it, and tell you what came of it."))
        return SeeOther(_address(shown))
    has_reported = user is not None and has_reported_page(user, kind, page_id)
    context: dict[str, Any] = {
        "shown": shown,
        "back": _address(shown),
        "form": form if form.is_bound or not has_reported else None,
    }
    return render(request, "shop/page_report.html", context)


@require_safe
@private_page
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """What somebody reported, newest first, and what came of it."""
    page = page_of(request, reports_of_person(signed_in(request)), REPORTS_ON_A_PAGE)
    return render(request, "shop/own_reports.html", {"page": page})


def _send(user: User | None, shown: Page, said: dict[str, Any]) -> None:
    if user is not None:
        report_page(user, shown.kind, shown.id, **said)
        return
    report_page_as_visitor(shown.kind, shown.id, **said, language="id" if get_language() == "id" else "en")


def _address(shown: Page) -> str:
    if shown.kind == PageKind.PRODUCT:
        return str(shown.of["product"].path)
    if shown.kind == PageKind.SHOP:
        return reverse("shop", args=[shown.of["shop"].slug])
    return reverse("showcase", args=[shown.of["creator"].handle])
