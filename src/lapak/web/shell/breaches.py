"""Breaches of people's data that the public is told of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.people.privacy.breaches import breaches_public
from lapak.people.privacy.rules import TOLD_WITHIN
from lapak.web.shell.acts import page_of

SHOWN = 20


@require_safe
def breaches_page(request: HttpRequest) -> HttpResponse:
    """What happened, which data, what is done: the newest first."""
    hours = int(TOLD_WITHIN.on(clock.today()).total_seconds() // 3600)
    return render(request, "shell/breaches.html", {"page": page_of(request, breaches_public(), SHOWN), "hours": hours})
