"""What the law asks of a marketplace, in plain words for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.compliance.law import LAW
from lapak.lib import clock


@require_safe
def law_page(request: HttpRequest) -> HttpResponse:
    """Every rule that holds today: the duty, what Lapak does for it, and where it stands."""
    today = clock.today()
    asked = [(rule, basis) for rule in LAW if (basis := rule.basis_on(today))]
    ahead = [(rule, basis) for rule in LAW for basis in rule.basis if basis.since > today]
    return render(request, "shell/law.html", {"asked": asked, "ahead": ahead})
