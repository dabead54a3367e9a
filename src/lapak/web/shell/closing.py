"""That a shop, or the marketplace, closes: the public page, and what the seller's and the operator's pages share."""

from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib.clock import say
from lapak.people.shops.closings import standing_closing
from lapak.web.shell.question import Question


class ClosingForm(forms.Form):
    """The two instants, in WIB."""

    class Moment(forms.DateTimeInput):
        def __init__(self) -> None:
            super().__init__({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    orders_stop_at = forms.DateTimeField(label=gettext_lazy("Orders stop at (WIB)"), widget=Moment())
    ship_by = forms.DateTimeField(
        label=gettext_lazy("What was ordered is sent until (WIB)"),
        help_text=gettext_lazy("What no courier has by then is cancelled, and the buyer gets everything back."),
        widget=Moment(),
    )


def question_of_closing(who: str, instants: Mapping[str, datetime], back: str) -> Question:
    """Before it is announced: everyone hears of it."""
    said = {"who": who, "stop": say(instants["orders_stop_at"]), "ship_by": say(instants["ship_by"])}
    lines = [
        _("From %(stop)s on nothing can be ordered.") % said,
        _("What no courier has at %(ship_by)s is cancelled and refunded.") % said,
        _("Everyone whom it concerns is told. It can be changed or called off until orders stop, and not after that."),
    ]
    return Question(_("Announce that %(who)s closes?") % said, back, lines)


@require_safe
def status_page(request: HttpRequest) -> HttpResponse:
    """Whether the marketplace closes, when, and what that means for whom."""
    return render(request, "shell/closing.html", {"closing": standing_closing(None)})
