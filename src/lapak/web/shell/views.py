"""Pages that belong to no audience: stored pictures, help, the style pages."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve

from lapak.affiliates.integrity.queries import finding_for_its_people
from lapak.affiliates.profiles.queries import channel_for_its_people
from lapak.lib.clock import today
from lapak.moderation.queries import picture_of_case
from lapak.people.settings.queries import clocks_ahead, text_of_today
from lapak.trade.returns.pictures import add_pictures
from lapak.trade.returns.queries import return_for_its_people
from lapak.web.shell.acts import carried_out, signed_in, way_back
from lapak.web.shell.forms import ReturnPicturesForm
from lapak.web.shell.posted import posted_from
from lapak.web.shell.samples import style_page

CONTACT = ("contact_name", "contact_address", "contact_phone", "contact_hours")
"""What people read of the operator, beside the e-mail."""

SHEETS = ("tokens", "base", "layout", "navigation", "controls", "components", "goods", "showcase")
"""In the order in which a later one may say otherwise."""


@require_safe
def style_sheet(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """How every page looks, in one file: a phone waits once, not eight times, before it shows anything."""
    folder = settings.PACKAGE / "web/shell/static/shell/css"
    style = "".join((folder / f"{sheet}.css").read_text() for sheet in SHEETS)
    response = HttpResponse(style, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "no-cache" if settings.DEBUG else "public, max-age=31536000, immutable"
    return response


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A stored picture. Its name never stands for another, so whoever has it never needs to ask again."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
@login_required
def receipt(request: HttpRequest, return_id: uuid.UUID) -> HttpResponseBase:
    """What sending goods back cost, for the two sides of the return and the operator; no browser or proxy keeps it."""
    found = return_for_its_people(signed_in(request), return_id)
    if not found.way_back_receipt:
        raise Http404
    return _private_picture(found.way_back_receipt)


@require_safe
@login_required
def return_picture(request: HttpRequest, return_id: uuid.UUID, picture_id: uuid.UUID) -> HttpResponseBase:
    """What one side showed of the goods, for the same people."""
    found = return_for_its_people(signed_in(request), return_id).pictures.filter(id=picture_id).first()
    if found is None:
        raise Http404
    return _private_picture(found.file)


@require_safe
@login_required
def appeal_picture(request: HttpRequest, finding_id: uuid.UUID, picture_id: uuid.UUID) -> HttpResponseBase:
    """What a creator showed with an objection, for them and the operator."""
    found = finding_for_its_people(signed_in(request), finding_id).pictures.filter(id=picture_id).first()
    if found is None:
        raise Http404
    return _private_picture(found.file)


@require_safe
@login_required
def case_picture(request: HttpRequest, picture_id: uuid.UUID) -> HttpResponseBase:
    """What somebody showed with a report, or a shop with an objection: for them and the operator."""
    return _private_picture(picture_of_case(signed_in(request), picture_id).file)


@require_safe
@login_required
def channel_proof(request: HttpRequest, channel_id: uuid.UUID) -> HttpResponseBase:
    """What a creator showed of their own side of a channel, for them and the operator."""
    found = channel_for_its_people(signed_in(request), channel_id)
    if not found.proof:
        raise Http404
    return _private_picture(found.proof)


@posted_from("return", "return_id")
@login_required
def add_return_pictures(request: HttpRequest, return_id: uuid.UUID) -> HttpResponse:
    """The buyer or the shop shows more of the goods; back to the page that asked."""
    form = ReturnPicturesForm(request.POST, request.FILES)
    if form.is_valid():
        by, pictures = signed_in(request), form.cleaned_data["pictures"]
        carried_out(request, lambda: add_pictures(by, return_id, pictures), _("The pictures are with the return."))
    else:
        messages.error(request, str(form.errors["pictures"][0]))
    return redirect(way_back(request, "/"))


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How Lapak works for each side, and where to complain."""
    ahead = [(day, clock.label, clock.said(value)) for day, clock, value in clocks_ahead(today())]
    contact = {name: text_of_today(name) for name in CONTACT}
    return render(
        request, "shell/help.html", {"contact_email": settings.CONTACT_EMAIL, "contact": contact, "clocks_ahead": ahead}
    )


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build screens: the operator, and developers."""
    return _specimen(request, "shell/style.html")


@require_safe
def style_of_centres(request: HttpRequest) -> HttpResponse:
    """The layout of the seller's and the creator's centre, with its side navigation."""
    return _specimen(request, "shell/style_centre.html")


def _private_picture(file: FieldFile) -> HttpResponseBase:
    response = FileResponse(file.open("rb"))
    response["Cache-Control"] = "private, no-store"
    return response


def _specimen(request: HttpRequest, template: str) -> HttpResponse:
    if not (settings.DEBUG or (request.user.is_authenticated and request.user.is_staff)):
        raise Http404
    return render(request, template, style_page(request))
