"""Who works for the marketplace, and as what: said by its owners."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.flows.entrust_operator import entrust_operator
from lapak.people.users.models import User
from lapak.people.users.operating import operators
from lapak.people.users.operators import DESKS, DESKS_OF, Desk, OperatorRole
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.forms import CheckCards
from lapak.web.shell.question import Question
from lapak.web.shell.second_factor import has_second_factor
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

SHOWN = 50


class RolesForm(DeskForm):
    """As what an operator works."""

    roles = forms.MultipleChoiceField(
        choices=[(role.value, capfirst(role.label)) for role in OperatorRole],
        error_messages={"required": gettext_lazy("Choose at least one role.")},
        label=gettext_lazy("Roles"),
        widget=CheckCards,
    )


class AddForm(RolesForm):
    """Who begins, and as what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail they sign in with"), widget=forms.EmailInput({"autocomplete": "off"})
    )
    field_order = ("email", "roles")


class EndForm(DeskForm):
    """They work here no longer."""


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everybody, and what each role includes."""
    return _desk(request, Forms())


def _question(who: str, roles: Sequence[str]) -> Question:
    back = reverse("admin:operator_desk")
    if not roles:
        return Question(
            _("Shall %(who)s no longer work for the marketplace?") % {"who": who},
            back,
            [_("They are signed out everywhere, and remain a user like any other.")],
        )
    names = ", ".join(str(OperatorRole(role).label) for role in roles)
    asks = _("Shall %(who)s work for the marketplace as: %(roles)s?") % {"who": who, "roles": names}
    return Question(asks, back, [_("They are signed out, and sign in with their second factor.")])


def _about_ending(request: HttpRequest, user_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    user = operators().filter(id=user_id).first()
    return _question(user.email, []) if user else None


def _about_adding(request: HttpRequest) -> Question | None:
    form = AddForm(request.POST)
    return _question(form.cleaned_data["email"], form.cleaned_data["roles"]) if form.is_valid() else None


def _about_changing(request: HttpRequest, user_id: uuid.UUID) -> Question | None:
    form, user = RolesForm(request.POST), operators().filter(id=user_id).first()
    return _question(user.email, form.cleaned_data["roles"]) if user and form.is_valid() else None


@asked_first(_about_adding, "admin:operator_desk")
def add(request: HttpRequest) -> HttpResponse:
    """Somebody begins to work here."""
    form = AddForm(request.POST)
    return _entrust(
        request,
        form,
        lambda by: entrust_operator(by, email=form.cleaned_data["email"], roles=form.cleaned_data["roles"]),
    )


@asked_first(_about_changing, "admin:operator_desk")
def change(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Somebody works as something else."""
    user, form = get_object_or_404(operators(), id=user_id), RolesForm(request.POST, of=user_id)
    return _entrust(request, form, lambda by: entrust_operator(by, email=user.email, roles=form.cleaned_data["roles"]))


@asked_first(_about_ending, "admin:operator_desk")
def end(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Somebody works here no longer."""
    user = get_object_or_404(operators(), id=user_id)
    return _entrust(
        request, EndForm(request.POST, of=user_id), lambda by: entrust_operator(by, email=user.email, roles=[])
    )


def _entrust(request: HttpRequest, form: DeskForm, act: Callable[[User], User]) -> HttpResponse:
    return done_or_again(
        request,
        form,
        lambda: act(signed_in(request)),
        _("Done. It holds from now on."),
        back="admin:operator_desk",
        page=partial(_desk, request),
    )


def _desk(request: HttpRequest, forms_of_page: Forms) -> HttpResponse:
    page = page_of(request, operators(), SHOWN)
    context = {
        "title": _("Operators"),
        "page": page,
        "operators": [_row(user, forms_of_page) for user in page],
        "add": forms_of_page(AddForm),
        "roles": [(capfirst(role.label), _desks_in_words(role)) for role in OperatorRole],
    }
    return forms_of_page.page(request, "staff/operator_desk.html", context)


def _row(user: User, forms_of_page: Forms) -> tuple[User, bool, RolesForm, EndForm]:
    roles = forms_of_page(RolesForm, user.pk, initial={"roles": user.operator_roles})
    return user, has_second_factor(user), roles, forms_of_page(EndForm, user.pk)


def _desks_in_words(role: OperatorRole) -> list[str]:
    return (
        [_("everything below")] if role is OperatorRole.OWNER else [str(DESKS[d]) for d in Desk if d in DESKS_OF[role]]
    )
