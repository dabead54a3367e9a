"""The forms of the operator's pages: what is refused stands in its form, with what was typed, on the page as it is now."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from lapak.web.shell.acts import accepted, ticked_ids
from lapak.web.shell.forms import RadioCards


class Buttons(RadioCards):
    """A choice that is made by pressing: each answer is a button, and sends the form."""

    template_name = "staff/buttons.html"


class DeskForm(forms.Form):
    """A form of a page, or of the row `of` a list on it: each row's has the same names, and ids of its own."""

    def __init__(self, data: QueryDict | None = None, *, of: object = "", **given: Any) -> None:
        self.of = str(of)
        kind = type(self).__name__.removesuffix("Form").lower()
        super().__init__(data, auto_id="-".join(filter(None, [kind, self.of, "%s"])), **given)


class TickedForm(DeskForm):
    """A form about the rows that are ticked in the list above it, whose boxes the page draws."""

    boxes: ClassVar[str]
    """Their name."""

    id_kind: ClassVar[Callable[[str], Any]] = uuid.UUID

    @property
    def ticked(self) -> list[Any]:
        """Of which rows; what is no id is passed over."""
        return ticked_ids(self.data, self.boxes, type(self).id_kind) if isinstance(self.data, QueryDict) else []

    def clean(self) -> dict[str, Any]:
        """Without a row there is nothing to do."""
        if not self.ticked:
            raise ValidationError(_("Tick what it is about first."))
        return super().clean() or {}


Kind = TypeVar("Kind", bound=DeskForm)


class Forms:
    """The forms of one page: new ones, but for the one that was refused, which stands there as it was typed."""

    def __init__(self, refused: DeskForm | None = None) -> None:
        self._refused = refused

    def __call__(self, kind: type[Kind], of: object = "", **given: Any) -> Kind:
        """The form of this kind, of this row."""
        refused = self._refused
        if isinstance(refused, kind) and refused.of == str(of):
            self._refused = None
            return refused
        return kind(of=of, **given)

    def page(self, request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
        """The page with its forms. What was refused and is on it no more (its row has left the list) is said on top."""
        for errors in self._refused.errors.values() if self._refused else ():
            for error in errors:
                messages.error(request, str(error))
        return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def done_or_again(
    request: HttpRequest,
    form: DeskForm,
    act: Callable[[], object],
    done: str,
    *,
    back: str,
    page: Callable[[Forms], HttpResponse],
) -> HttpResponse:
    """Does what the form asks, says so and leads `back`; or the page again, with the form as it was typed and, beside the
    field it is about, what was refused. `NotFound` passes."""
    if not accepted(form, act):
        return page(Forms(form))
    messages.success(request, done)
    return redirect(back)
