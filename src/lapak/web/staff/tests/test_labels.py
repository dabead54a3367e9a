"""The operator reads Indonesian: every column, table and app, and what unfold and Django say by themselves."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import unfold
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.staticfiles import finders
from django.utils import translation
from django.utils.translation import gettext, ngettext

SAME_IN_BOTH = {"id", "bank", "label", "total", "link", "status", "email", "ntpn", "filter", "zone", "debit"}
"""Words that both languages have."""

IN_NO_WORDS = {"none", "%(full_result_count)s total", "salt", "hash"}
"""What Django writes for no value, for a number, and for parts of a password that no screen shows."""

NEVER_SHOWN = {
    "%(class_name)s %(instance)s", "After you've created a user, you’ll be able to edit more user options.",
    "Dataset not found. No action performed.", "Forgotten your password or username?", "This item will be deleted.",
    "This page yielded into no results. Create a new item or reset your filters.", "No results found",
    "You can not create nested object without parent", "You have been successfully logged out from the administration",
}  # fmt: skip
"""unfold's words for what this site does not have: its own way to sign in, adding and deleting, data sets."""


def columns() -> Iterator[tuple[str, str]]:
    """Every column of every table, and what it is called."""
    for model, page in admin.site._registry.items():
        for column in {*map(str, page.list_display), *map(str, page.fields or ())}:
            yield f"{model.__name__}.{column}", str(label_for_field(column, model, page))
        for inline in page.inlines:
            shown = inline(model, admin.site)
            for column in map(str, inline.fields or ()):
                yield f"{inline.__name__}.{column}", str(label_for_field(column, inline.model, shown))


def names() -> Iterator[tuple[str, str]]:
    """Every table and app, and every table that stands below a row of another."""
    for model in {
        *admin.site._registry,
        *(inline.model for page in admin.site._registry.values() for inline in page.inlines),
    }:
        meta = model._meta
        yield f"{model.__name__}.table", str(meta.verbose_name)
        yield f"{model.__name__}.tables", str(meta.verbose_name_plural)
        yield f"{model.__name__}.app", str(meta.app_config.verbose_name)


def said_by_unfold() -> set[str]:
    """What its templates and its code have to say."""
    root, words = Path(unfold.__file__).parent, set[str]()
    for template in root.glob("templates/**/*.html"):
        found = re.findall(r"""{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')""", template.read_text())
        words |= {first or second for first, second in found}
    for module in root.glob("**/*.py"):
        words |= set(re.findall(r"""_\(\s*"([^"]+)"\s*\)""", module.read_text()))
    return words


def test_every_column_table_and_app_has_an_indonesian_name() -> None:
    with translation.override("en"):
        english = {**dict(columns()), **dict(names())}
    with translation.override("id"):
        indonesian = {**dict(columns()), **dict(names())}
    assert len(english) > 300
    left = {where for where, word in indonesian.items() if word == english[where] and word.lower() not in SAME_IN_BOTH}
    assert left == set()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_column_begins_with_a_capital_and_is_no_title(language: str) -> None:
    """unfold writes a name on a phone as it stands, and would make each of its words begin so."""
    with translation.override(language):
        assert [word for _where, word in columns() if word[0].islower()] == []
    assert "[data-label]::before { text-transform: none; }" in Path(str(finders.find("staff/staff.css"))).read_text()


def test_unfold_speaks_indonesian() -> None:
    words = said_by_unfold() - NEVER_SHOWN
    assert len(words) > 60
    with translation.override("id"):
        assert {word.lower() for word in words if gettext(word) == word} - SAME_IN_BOTH == set()
        assert ngettext("%(counter)s result", "%(counter)s results", 2) != "%(counter)s results"


@pytest.mark.parametrize("app", ["admin", "auth"])
def test_django_speaks_indonesian(app: str) -> None:
    """On the operator's screens, to sign in and out, and to whoever types a password."""
    written = polib.pofile(str(Path(admin.__file__).parents[1] / app / "locale/en/LC_MESSAGES/django.po"))
    words = {entry.msgid for entry in written if not entry.msgid_plural} - NEVER_SHOWN
    assert len(words) > 50
    with translation.override("id"):
        assert {word.lower() for word in words if gettext(word) == word} - SAME_IN_BOTH - IN_NO_WORDS == set()


def test_nobody_reads_of_apps_models_and_objects() -> None:
    """What they are to programmers are tables and rows to the operator, in English too."""
    with translation.override("en"):
        said = {gettext(word) for word in said_by_unfold() - NEVER_SHOWN}
    assert {word for word in said if re.search(r"\b(apps?|models?|objects?)\b", word, re.IGNORECASE)} == set()
