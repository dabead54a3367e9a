"""The operator's side bar: its words begin as a sentence does, and it marks where one is and nothing else."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lapak.web.staff.look import UNFOLD

ITEMS = [item for group in UNFOLD["SIDEBAR"]["navigation"] for item in group["items"]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_its_words_begin_with_a_capital(language: str) -> None:
    with translation.override(language):
        assert [str(item["title"]) for item in ITEMS if str(item["title"])[0].islower()] == []


def test_it_marks_where_one_is_and_nothing_else(operator: Client) -> None:
    pages = {str(item["link"]) for item in ITEMS} - {reverse("notices")}  # which is none of this site's
    assert len(pages) > 30
    marked = {page: re.findall(r'<a href="([^"]+)" class="[^"]* active"', operator.get(page).text) for page in pages}
    assert {page: found for page, found in marked.items() if found != [page]} == {}
