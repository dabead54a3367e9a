"""Every refusal has a kind, and its kind says how it is answered."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

import lapak
from lapak.config.urls import urlpatterns as our_urls
from lapak.goods.catalogue.errors import ListingRefused
from lapak.lib.acts import Busy
from lapak.lib.numbers import NumberRefused
from lapak.lib.refusal import NotFound, Refusal, Unfit
from lapak.people.shops.errors import ShopSlugTaken
from lapak.trade.orders.errors import CancelAsked, OrderMoved, OrderNotFound
from lapak.web.shell.refusals import status_of

FIELD_IS_TOLD_LATER = {NumberRefused, ListingRefused}
"""Only where one of these is raised is it known which field it is about."""


def _errors_modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(lapak.__path__, "lapak."):
        if module.name.endswith(".errors"):
            yield importlib.import_module(module.name)


REFUSALS = [
    kind
    for module in _errors_modules()
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind.__module__ == module.__name__
]


def test_a_code_and_a_name_belong_to_one_refusal() -> None:
    assert len(REFUSALS) > 80
    assert [name for name, times in Counter(kind.__name__ for kind in REFUSALS).items() if times > 1] == []
    codes = Counter(vars(kind).get("code") for kind in REFUSALS if "code" in vars(kind))
    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_what_is_called_not_found_is_and_what_is_unfit_names_its_field(kind: type[Refusal]) -> None:
    assert issubclass(kind, NotFound) or not kind.__name__.endswith("NotFound")
    assert not issubclass(kind, Unfit) or kind in FIELD_IS_TOLD_LATER or kind.field


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (OrderNotFound(), HTTPStatus.NOT_FOUND),
        (OrderMoved(), HTTPStatus.CONFLICT),
        (CancelAsked(), HTTPStatus.CONFLICT),
        (ShopSlugTaken(), HTTPStatus.UNPROCESSABLE_ENTITY),
        (Busy(), HTTPStatus.SERVICE_UNAVAILABLE),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_kind_has_a_status(refusal: Refusal, status: HTTPStatus) -> None:
    assert status_of(refusal) is status


def _refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    raise refusal


urlpatterns = [
    *our_urls,
    *(path(f"refused/{kind.__name__}", _refuse, {"refusal": kind()}) for kind in (OrderNotFound, OrderMoved, Busy)),
]


@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_that_a_view_lets_pass_is_answered_in_our_look_and_its_words() -> None:
    client = Client()
    assert client.get("/refused/OrderNotFound").status_code == HTTPStatus.NOT_FOUND
    moved = client.get("/refused/OrderMoved", headers={"Accept-Language": "en"})
    assert moved.status_code == HTTPStatus.CONFLICT
    assert str(OrderMoved.message) in moved.text
    assert client.get("/refused/Busy")["Retry-After"]


def test_no_view_turns_a_refusal_into_404_by_itself() -> None:
    views = Path(lapak.__path__[0]).rglob("web/**/*.py")
    assert [str(file) for file in views if "raise Http404 from" in file.read_text() and "tests" not in file.parts] == []
