"""Every text on a screen has its Indonesian: the catalogue is complete, true to its placeholders, and compiled."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

SOURCES = Path(__file__).resolve().parents[1] / "src" / "lapak"
CATALOGUE = SOURCES / "locale" / "id" / "LC_MESSAGES" / "django.po"

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
COUNTED = {"ngettext", "ngettext_lazy"}
CONTEXTUAL = {"pgettext", "pgettext_lazy"}

STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?gettext|pgettext)\(({STRING})(?:, ?({STRING}))?", re.DOTALL)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?\w[^>]*>")

SAME_IN_BOTH = {
    "Bank",
    "bank",
    "Checkout",
    "Debit",
    "Filter",
    "Kemeja Batik Kawung",
    "Keranjang Anyaman Rotan",
    "label",
    "No.",
    "PPh 22",
    "Sambal Roa Asli Manado",
    "SKU",
    "status",
    "tablet",
    "Total",
    "total",
}
"""Names, and words that are Indonesian as they stand."""

Word = tuple[str | None, str]
"""A context, mostly none, and the English."""


def word(function: str, texts: list[str]) -> Word:
    return (texts[0], texts[1]) if function in CONTEXTUAL else (None, texts[0])


def words_in_python(source: str) -> Iterator[Word]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if function in PLAIN | COUNTED | CONTEXTUAL and texts:
            yield word(function, texts)


def words_in_template(source: str) -> Iterator[Word]:
    for function, *quoted in CALL.findall(templatize(source)):
        yield word(function, [ast.literal_eval(text) for text in quoted if text])


@pytest.fixture(scope="module")
def words() -> set[Word]:
    """Every text marked for translation, in Python and in templates; tests and migrations show nothing."""
    found: set[Word] = set()
    for file in SOURCES.rglob("*"):
        if {"tests", "migrations"} & set(file.parts):
            continue
        if file.suffix == ".py":
            found.update(words_in_python(file.read_text()))
        elif "templates" in file.parts and file.suffix in {".html", ".txt"}:
            found.update(words_in_template(file.read_text()))
    return found


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def spoken(catalogue: polib.POFile | polib.MOFile) -> dict[Word, list[str]]:
    return {(entry.msgctxt, entry.msgid): translations(entry) for entry in catalogue}


def test_every_text_is_translated_and_nothing_else(words: set[Word], catalogue: polib.POFile) -> None:
    translated = {(entry.msgctxt, entry.msgid) for entry in catalogue if all(translations(entry)) and not entry.fuzzy}

    assert len(words) > 900
    assert words - translated == set(), f"give these their Indonesian in {CATALOGUE.name}"
    assert {(entry.msgctxt, entry.msgid) for entry in catalogue} - words == set(), "no screen says these any more"
    assert not catalogue.obsolete_entries()


def test_every_translation_keeps_the_placeholders_and_tags(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        expected = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for translation in translations(entry):
            assert Counter(PLACEHOLDER.findall(translation)) == expected, entry.msgid


def test_every_translation_is_indonesian(catalogue: polib.POFile) -> None:
    same = {entry.msgid for entry in catalogue if entry.msgid in translations(entry)}

    assert same - SAME_IN_BOTH == set()


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert compiled.metadata == catalogue.metadata
    assert spoken(compiled) == spoken(catalogue), "compile it again; CONTRIBUTING.md says how"


def test_the_head_of_the_catalogue_names_no_person_and_no_day(catalogue: polib.POFile) -> None:
    assert set(catalogue.metadata) == {
        "Project-Id-Version",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    }
