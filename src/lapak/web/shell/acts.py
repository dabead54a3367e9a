"""What screens of every audience do with a request: who asks, what came of an act, which page of a list."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from lapak.lib.refusal import NotFound, Refusal, Unfit, Unproven
from lapak.people.users.models import User
from lapak.web.shell.paging import Pages

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)
Row = TypeVar("Row")


def signed_in(request: HttpRequest) -> User:
    """The user behind `login_required`, for the type checker too."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required has seen to it
    return request.user


def password_again(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """The view changes where money goes, or who may change that: the password is asked once more before anything is done,
    and what was posted goes on from there. Who has just answered is not asked again for some minutes (allauth's five)."""
    asked: Callable[P, Answer] = reauthentication_required(view, allow_get=True)
    return asked


def carried_out(
    request: HttpRequest, act: Callable[[], object], done: "str | Promise", form: forms.BaseForm | None = None
) -> bool:
    """Do it, and say so on the next page; what a command refuses is said there instead, in its own words. What is not
    there, or not for who asks, has no such page, and what is to be shown first has one of its own: `NotFound` and `Unproven`
    pass.

    With a `form` it is done only when that is filled in well, and what the command finds unfit stands beside its field.
    """
    if form is not None and not form.is_valid():
        return False
    try:
        act()
    except (NotFound, Unproven):
        raise
    except Refusal as refusal:
        if form is not None and _field_of(refusal) in form.fields:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    messages.success(request, str(done))
    return True


def accepted(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do what the (filled-in) form asks; what the command refuses stands in the form, beside what was typed. `NotFound`
    and `Unproven` pass, as of `carried_out`."""
    if not form.is_valid():
        return False
    try:
        act()
    except (NotFound, Unproven):
        raise
    except Refusal as refusal:
        named = _field_of(refusal)
        form.add_error(named if named in form.fields else None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()


def _field_of(refusal: Refusal) -> str:
    return refusal.field if isinstance(refusal, Unfit) else ""


def ticked_ids(posted: QueryDict, name: str, kind: Callable[[str], Any] = uuid.UUID) -> list[Any]:
    """The ids of the boxes ticked in a list; what is no id is passed over."""
    ids = []
    for value in posted.getlist(name):
        with suppress(ValueError):
            ids.append(kind(value))
    return ids


_LONGEST_SOUGHT = 100


def sought(asked: QueryDict) -> str:
    """The words by which a list is searched (`?q=`), as far as they are read."""
    return asked.get("q", "").strip()[:_LONGEST_SOUGHT]


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that a form (or the address of its page) names as `next`, else the other address. A word alone is none:
    Django would look for a view of that name."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else otherwise


def page_of(request: HttpRequest, rows: "QuerySet[Any, Row]", size: int, *, total: int | None = None) -> "Page[Row]":
    """The page of a list that `?page=` asks for; the nearest one there is, whatever it asks for. Rows are counted, so far
    as paging goes, unless `total` is known."""
    asked = request.GET.get("page")
    pages = Pages(rows, size, asked)
    if total is not None:
        pages.count = total
    return pages.get_page(asked)
