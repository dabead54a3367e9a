"""What Lapak keeps about people, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.compliance.processing import REGISTER
from lapak.compliance.retention import Term
from lapak.lib import clock


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """The register of processing."""
    return render(request, "shell/privacy.html", {"register": register_shown()})


def register_shown() -> list[dict[str, object]]:
    """Each entry of the register, with its term as of today."""
    today = clock.today()
    return [{"of": each, "term": Term(each.keep, today)} for each in REGISTER]
