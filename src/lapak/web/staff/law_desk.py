"""What the law asks on a day, and what of it is not kept: now, and within thirty days."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.compliance.report import FIRST_DAY, LAST_DAY, SOON, Line, not_kept, not_kept_soon, report, report_later
from lapak.lib import clock
from lapak.web.staff.desk_forms import DeskForm, Forms
from lapak.web.staff.found_words import in_words
from lapak.web.staff.law_papers import PAPERS, source_of


class DayForm(DeskForm):
    """Of which day."""

    on = forms.DateField(
        label=gettext_lazy("As of"),
        widget=forms.DateInput({"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}),
        required=False,
        localize=False,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The report of a day on the page, or as a file."""
    form = DayForm(request.GET if "on" in request.GET else None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or clock.today()
    lines = report(on)
    if (ending := request.GET.get("format", "")) in PAPERS:
        return _file(lines, on, ending)
    missing = not_kept(lines)
    groups = [
        (_("Not kept"), "bad", missing),
        (_("Not kept within %(days)s days") % {"days": SOON.days}, "bad",
         not_kept_soon(lines, report_later(on + SOON, lines))),
        (_("Kept"), "good", [line for line in lines if line.holds]),
        (_("Not asked that day"), "", [line for line in lines if line.holds is None]),
    ]  # fmt: skip
    context = {
        "title": _("The law"),
        "form": form,
        "on": on,
        "endings": list(PAPERS),
        "count": len(missing),
        "groups": [(words, tone, [_row(line) for line in group]) for words, tone, group in groups],
    }
    return Forms().page(request, "staff/law_desk.html", context)


def _row(line: Line) -> tuple[Line, str, list[tuple[str, bool, list[tuple[str, str]]]]]:
    return (
        line,
        source_of(line),
        [(str(each.proof.says), each.found.holds, in_words(each.found.what)) for each in line.evidence],
    )


def _file(lines: list[Line], on: date, ending: str) -> HttpResponse:
    kind, write = PAPERS[ending]
    response = HttpResponse(write(lines, on), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="law-{on}.{ending}"'
    return response
