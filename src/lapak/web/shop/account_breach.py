"""A breach that the reader's own data are concerned by."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.people.privacy.breaches import breach_for_person
from lapak.web.shell.acts import signed_in
from lapak.web.shop.answers import private_page


@require_safe
@private_page
@login_required
def breach(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """The letter, on a page."""
    return render(request, "shop/account/breach.html", {"breach": breach_for_person(signed_in(request), breach_id)})
