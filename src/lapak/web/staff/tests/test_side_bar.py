"""The operator's side bar: its words begin as a sentence does, and it marks where one is and nothing else."""

import re

import pytest
from django.contrib.admin import site
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from lapak.web.staff.comes_here import COMES_HERE
from lapak.web.staff.look import UNFOLD

ITEMS = [item for group in UNFOLD["SIDEBAR"]["navigation"] for item in group["items"]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_its_words_begin_with_a_capital(language: str) -> None:
    with translation.override(language):
        assert [str(item["title"]) for item in ITEMS if str(item["title"])[0].islower()] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_table_is_called_there_what_its_page_is_called(language: str) -> None:
    with translation.override(language):
        named = {str(item["link"]): str(item["title"]) for item in ITEMS}
        pages = {_page_of(model): capfirst(str(model._meta.verbose_name_plural)) for model in site._registry}
        assert {page: words for page, words in pages.items() if named[page] != words} == {}


def test_every_table_says_what_comes_into_it() -> None:
    assert {model._meta.label_lower for model in site._registry} == COMES_HERE.keys()


def _page_of(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_it_marks_where_one_is_and_nothing_else(operator: Client) -> None:
    pages = {str(item["link"]) for item in ITEMS} - {reverse("notices")}  # which is none of this site's
    assert len(pages) > 30
    marked = {page: re.findall(r'<a href="([^"]+)" class="[^"]* active"', operator.get(page).text) for page in pages}
    assert {page: found for page, found in marked.items() if found != [page]} == {}
