"""The operator says why, and looks at pages as somebody sees them."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.people.users.looking import LASTS, begin_look, looks_at
from lapak.people.users.models import LONGEST_LOOK_REASON, User
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.looking_mark import MARK
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms

SHOWN = 50


class LookForm(DeskForm):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_LOOK_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("The person reads it, with every page that you look at."),
    )


@require_safe
def page(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Before it begins, and who has looked until now."""
    return _page(request, user_id, Forms())


@posted_from("admin:look_as", "user_id")
def begin(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """From now on the operator sees that person's pages."""
    form = LookForm(request.POST)
    begun: list[Any] = []
    if not accepted(form, lambda: begun.append(begin_look(signed_in(request), user_id, **form.cleaned_data))):
        return _page(request, user_id, Forms(form))
    request.session[MARK] = str(begun[0].id)
    return redirect("account")


def _page(request: HttpRequest, user_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    user = get_object_or_404(User, id=user_id, is_staff=False)
    context: dict[str, Any] = {
        "title": _("See the pages of %(who)s") % {"who": user},
        "person": user,
        "form": forms_(LookForm),
        "minutes": int(LASTS.on(clock.today()).total_seconds()) // 60,
        "page": page_of(request, looks_at(user), SHOWN),
    }
    return forms_.page(request, "staff/look_page.html", context)
