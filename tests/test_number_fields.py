"""Whatever number a person can type anywhere is read as people write numbers: no form, and no page of the operator's, has
a bare number field, which takes `150.000` for 150."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.db import models
from django.test import RequestFactory

import lapak
from lapak.lib.number_fields import CountField, NumberField
from lapak.people.users.models import User
from lapak.trade.shipping.models import Rate, Service
from lapak.web.staff.inspection import Inspection

SOURCES = Path(lapak.__file__).parent
BARE = (forms.IntegerField, forms.FloatField, forms.DecimalField)


def bare_fields(form: type[forms.BaseForm]) -> list[str]:
    """The fields of a form that read numbers as machines write them."""
    return [
        f"{form.__qualname__}.{name}"
        for name, field in form.base_fields.items()
        if isinstance(field, BARE) or isinstance(field.widget, forms.NumberInput)
    ]


def forms_of_lapak() -> Iterator[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(lapak.__path__, "lapak."):
        if not re.search(r"\.(migrations|tests|config\.wsgi|__main__)\b", module.name):
            importlib.import_module(module.name)
    seen = [forms.BaseForm]
    while seen:
        for kind in seen.pop().__subclasses__():
            seen.append(kind)
            is_whole = hasattr(kind, "base_fields")  # and no part that forms are made with
            if is_whole and kind.__module__.startswith("lapak.") and ".tests." not in kind.__module__:
                yield kind


def forms_of_the_operator() -> Iterator[type[forms.BaseForm]]:
    """Every form by which a row can be made or changed, in the list and on its page, with the rows that belong to it."""
    request = RequestFactory().get("/staff/")
    request.user = User(is_staff=True, is_superuser=True, operator_roles=["owner"])
    for page in admin.site._registry.values():
        if page.has_change_permission(request) or page.has_add_permission(request):
            yield page.get_form(request, page.model(), change=True)
            yield page.get_changelist_form(request, fields=page.list_editable)
        for rows in (inline(page.model, admin.site) for inline in page.inlines):
            if rows.has_change_permission(request) or rows.has_add_permission(request):
                yield rows.get_formset(request).form


def test_no_form_has_a_bare_number_field() -> None:
    found = set(forms_of_lapak())
    assert {"VariantForm", "RateForm", "ReturnForm", "LoginForm"} <= {form.__name__ for form in found}
    assert [name for form in found for name in bare_fields(form)] == []


def test_no_page_of_the_operator_has_a_bare_number_field(db: None) -> None:
    found = list(forms_of_the_operator())
    numbers = [field for form in found for field in form.base_fields.values() if isinstance(field, NumberField)]
    assert len(numbers) >= 9  # prices and days, on the page and in the list; the position of a service
    assert [name for form in found for name in bare_fields(form)] == []


def test_fields_made_while_running_are_none_either() -> None:
    """A form may add fields for the rows it is about; those stand in no class, but in the source."""
    bare = re.compile(r"\bforms\.(?:IntegerField|FloatField|DecimalField|NumberInput)\b")
    sources = [path for path in SOURCES.rglob("*.py") if "tests" not in path.parts]
    assert [path.name for path in sources if bare.search(path.read_text())] == []


def test_no_template_has_a_bare_number_field() -> None:
    templates = list(SOURCES.rglob("*.html"))
    assert len(templates) > 100
    assert [path.name for path in templates if re.search(r"""type\s*=\s*["']?number""", path.read_text())] == []


class Bare(forms.Form):
    count = forms.IntegerField()
    share = forms.DecimalField(widget=forms.TextInput)
    disguised = forms.CharField(widget=forms.NumberInput)
    fine = CountField()


def test_a_bare_field_would_be_seen() -> None:
    assert bare_fields(Bare) == ["Bare.count", "Bare.share", "Bare.disguised"]


@pytest.mark.parametrize("model", [Rate, Service])
def test_a_bare_page_of_the_operator_would_be_seen(model: type[models.Model]) -> None:
    request = RequestFactory().get("/staff/")
    request.user = User(is_staff=True, operator_roles=["owner"])
    plain: Any = admin.ModelAdmin(model, admin.site)
    assert bare_fields(plain.get_form(request, fields="__all__"))
    assert not bare_fields(Inspection(model, admin.site).get_form(request, fields="__all__"))
