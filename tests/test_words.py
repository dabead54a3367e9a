"""Every text on a screen has its Indonesian: the catalogue is complete, true to its placeholders, and compiled."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import override
from django.utils.translation.template import templatize

from lapak.compliance.law import LAW
from lapak.web.shell.rule_numbers import Rules

SOURCES = Path(__file__).resolve().parents[1] / "src" / "lapak"
CATALOGUE = SOURCES / "locale" / "id" / "LC_MESSAGES" / "django.po"
CATALOGUES = sorted(SOURCES.glob("locale/*/LC_MESSAGES/django.po"))
"""The Indonesian of all words, and a little English for a frame that speaks to programmers."""

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
COUNTED = {"ngettext", "ngettext_lazy"}
CONTEXTUAL = {"pgettext", "pgettext_lazy"}

STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?gettext|pgettext)\(({STRING})(?:, ?({STRING}))?", re.DOTALL)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?\w[^>]*>")

SAME_IN_BOTH = {
    "%(rate)s%%: %(programme)s, %(goods)s.",
    "id",
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
    "Subtotal",
    "Total",
    "total",
}
"""Names, and words that are Indonesian as they stand."""

_A_NUMBER = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|fourteen|fifteen|twenty|thirty)"
_A_UNIT = (
    r"(?:working days?|days?|hours?|minutes?|percent|small letters|characters|letters|digits|[MG]B|megapixels|kg|cm|"
    r"centimetres|grams|pictures|variants|options|pieces|files|WIB)"
)
A_NUMBER_OF_A_RULE = re.compile(
    rf"\b{_A_NUMBER}(?: (?:to|and) {_A_NUMBER})?[ -]?{_A_UNIT}\b|\d ?%|Rp[\d.]*\d\.\d{{3}}", re.IGNORECASE
)

NO_RULE_OF_OURS = {
    "No barcode: it has 8, 12, 13 or 14 digits, and the last one checks the others. Look at it again.",
    "“%(text)s” is no barcode: it has 8, 12, 13 or 14 digits, and the last one checks the others.",
    "A NIB has 13 digits.",
    "16 digits. Only you, the operator and the tax office see it.",
    "A NIK or NPWP has 16 digits. A company may also give the 15 of its former NPWP.",
    "13 digits from OSS. You may open without one: the shop then says it is being registered.",
    "13 digits from OSS. Without one, buyers read that the shop is being registered.",
    "A postal code has five digits.",
    "Two variants have the same options. Make them differ.",
    "Sales stop on 4 October at 17.00 WIB.",
    "Sambal Roa now costs Rp40.000. Look at the new sum before you pay.",
    "10% to the creator",
}
"""What others set, and what the page of components plays."""


def duties_of_the_law() -> set[str]:
    """What the law says in numbers stands once, in its rule."""
    with override("en"):
        return {str(rule.duty) for rule in LAW}


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
        elif {"templates", "frame"}.intersection(file.parts) and file.suffix in {".html", ".txt"}:
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


def test_no_sentence_says_the_number_of_a_rule_itself(catalogue: polib.POFile) -> None:
    said = {
        text for entry in catalogue for text in [entry.msgid, entry.msgid_plural] if A_NUMBER_OF_A_RULE.search(text)
    }
    assert said - NO_RULE_OF_OURS - duties_of_the_law() == set(), (
        "let it take the number as a parameter: lib/numbers.py, web/shell/rule_numbers.py"
    )


def test_every_number_that_a_template_asks_of_the_rules_is_there() -> None:
    asked = {name for file in SOURCES.rglob("*.html") for name in re.findall(r"\brules\.(\w+)", file.read_text())}
    assert asked
    assert {name for name in asked if not hasattr(Rules, name)} == set()


def test_every_translation_keeps_the_placeholders_and_tags(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        expected = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for translation in translations(entry):
            assert Counter(PLACEHOLDER.findall(translation)) == expected, entry.msgid


def test_each_language_spells_mail_one_way(catalogue: polib.POFile) -> None:
    """English has a hyphen, Indonesian has none; names of values and addresses are no words."""
    english = {
        entry.msgid for entry in catalogue if re.search(r"(?<![\w%(])emails?\b(?!\))", entry.msgid, re.IGNORECASE)
    }
    indonesian = {
        entry.msgid for entry in catalogue if re.search("e-mail", " ".join(translations(entry)), re.IGNORECASE)
    }
    assert (english, indonesian) == (set(), set())


def test_no_words_are_translated_twice(catalogue: polib.POFile) -> None:
    times = Counter((entry.msgctxt, entry.msgid) for entry in catalogue)
    assert {words for words, count in times.items() if count > 1} == set()


def test_every_translation_is_indonesian(catalogue: polib.POFile) -> None:
    same = {entry.msgid for entry in catalogue if entry.msgid in translations(entry)}

    assert same - SAME_IN_BOTH == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_the_compiled_catalogue_says_what_the_written_one_says(path: Path) -> None:
    written, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))

    assert compiled.metadata == written.metadata
    assert spoken(compiled) == spoken(written), "compile it again; CONTRIBUTING.md says how"


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_the_head_of_the_catalogue_names_no_person_and_no_day(path: Path) -> None:
    assert set(polib.pofile(str(path)).metadata) == {
        "Project-Id-Version",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    }


NOT_HOW_IT_IS_SAID = {
    r"\bSaring(an)?\b": "Filter",
    r"Tarik pengembalian": "Batalkan pengajuan",
    r"Toko sudah ditanya|Tanya toko": "Ajukan pengembalian, Pengajuan terkirim ke toko",
    r"Paket dalam perjalanan": "Kirim pesanan",
    r"^dijanjikan %": "dipesan",
    r"Harus berangkat dulu": "Segera kirim",
    r"Dengan kata-kata Anda": "Ceritakan masalahnya",
    r"Jumlah toko ini": "Subtotal",
    r"Semua hak Anda": "Saldo Anda",
    r"sampai barang sampai": "setelah barang Anda terima",
    r"Undang seorang kreator": "Undang kreator",
    r"^Pindahan$": "Pindahkan toko",
    r"\bslug\b": "alamat toko",
    r"-Rp": "−Rp",
}
"""What buyers and sellers of other marketplaces would not say, and what they say."""


def test_words_are_those_of_indonesian_marketplaces(catalogue: polib.POFile) -> None:
    said = {
        (text, instead)
        for entry in catalogue
        for text in translations(entry)
        for wrong, instead in NOT_HOW_IT_IS_SAID.items()
        if re.search(wrong, text)
    }
    assert said == set()
