"""The figures of a closed quarter that the government asks for, to be read and taken along as a file."""

from datetime import date

from django import forms
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.compliance.figures import (
    LEAST_PEOPLE,
    Figures,
    Quarter,
    closed_quarter,
    closed_quarters,
    figures_of,
    last_closed,
)
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.web.staff.desk_forms import DeskForm, Forms
from lapak.web.staff.figure_papers import PAPERS, TABLES, TOTALS, name_of


class QuarterForm(DeskForm):
    """Of which quarter."""

    period = forms.ChoiceField(label=gettext_lazy("Quarter"))

    def __init__(self, *args: object, quarters: list[Quarter], **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [(str(quarter), str(quarter)) for quarter in quarters]


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The figures on the page, or as a file."""
    today = clock.today()
    quarters = closed_quarters(today, _first_day()) or [last_closed(today)]
    form = QuarterForm(request.GET if "period" in request.GET else None, quarters=quarters)
    chosen = form.cleaned_data["period"] if form.is_valid() else ""
    figures = figures_of(closed_quarter(chosen, today) if chosen else quarters[0])
    if (ending := request.GET.get("format", "")) in PAPERS:
        return _file(figures, ending)
    context = {
        "title": _("Figures for the government"),
        "form": form if form.is_bound else QuarterForm(quarters=quarters, initial={"period": str(quarters[0])}),
        "quarter": figures.quarter,
        "endings": list(PAPERS),
        "least": LEAST_PEOPLE,
        "totals": [(TOTALS[name], value, name.endswith("_idr")) for name, value in figures.totals.items()],
        "tables": [
            (TABLES[name], [(name_of(name, group), group) for group in groups])
            for name, groups in figures.tables.items()
        ],
    }
    return Forms().page(request, "staff/figure_desk.html", context)


def _first_day() -> date:
    """When the first shop was opened."""
    opened = Shop.objects.aggregate(first=Min("created_at"))["first"]
    return opened.astimezone(clock.WIB).date() if opened else clock.today()


def _file(figures: Figures, ending: str) -> HttpResponse:
    kind, write = PAPERS[ending]
    response = HttpResponse(write(figures), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="lapak-{figures.quarter}.{ending}"'
    return response
