"""What the operator's tables show is in people's words: no id but the row's own, no code, nothing as Python writes it."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.utils.html import strip_tags

from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.waiting import everything_waits

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\bjne-reg\b|\('|\bsandbox\b")
OF_MACHINES = {"gatewaymessage", "procrastinatejob"}
"""Whose rows are what programs said to each other, and are read as they are."""


def read_by_people(page: str) -> str:
    """The main part of a page, without what browsers alone read, JSON, and what the page itself calls an id."""
    main = page.partition("<main")[2].partition("</main>")[0]
    heading = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    shown = (heading[0] if heading else "") + main
    for unread in (
        r"<(script|template|style|pre)\b.*?</\1>",
        r'<span[^>]*class="[^"]*material-symbols[^>]*>[^<]*</span>',
    ):
        shown = re.sub(unread, "", shown, flags=re.DOTALL)
    text = strip_tags(shown)
    return re.sub(r"(?m)^\s*(?:Id|About \(id\)|Click|Key of the request)\s+[0-9a-f-]{36}", "", text)


def pages(operator: Client) -> Iterator[tuple[str, str]]:
    """Every table, and the page of its newest row."""
    for model in admin.site._registry:
        table = f"/staff/{model._meta.app_label}/{model._meta.model_name}/"
        if model._meta.model_name not in OF_MACHINES:
            yield table, operator.get(table).text
            if row := model._default_manager.order_by("-pk").first():
                page = f"{table}{row.pk}/change/"
                yield page, operator.get(page).text


@pytest.mark.unsound_books  # a difference to a statement is one of the books' checks
def test_every_table_and_row_is_in_words(operator: Client, cast: Cast) -> None:
    everything_waits(cast, stocked_variant(cast.shop, on_hand=20))
    left = {
        path: sorted(found)
        for path, page in pages(operator)
        if (found := {*UUID.findall(text := read_by_people(page)), *CODE.findall(text)})
    }
    assert left == {}
