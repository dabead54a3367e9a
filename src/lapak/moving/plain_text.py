"""Readable plain text from the HTML that platforms keep descriptions in."""

import html
import re
import string
import unicodedata

from django.utils.html import linebreaks

_BLOCK_TAGS = """
    address article blockquote dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre section table ul
"""
_GAPS = {
    **{f"{end}{tag}": "\n\n" for tag in _BLOCK_TAGS.split() for end in ("", "/")},
    "br": "\n", "tr": "\n", "li": "\n• ", "td": " ", "th": " ",
}  # fmt: skip
"""What the eye sees where a tag stands."""
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(head|script|style|template|title)\b[^<>]*>.*?(?:</\1 ?>|\Z)"
    r"|<(?P<tag>/?[a-z][^\s/<>]*)(?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^<>])*+>"
    r"|<[!?][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""Comments, what nobody reads, and tags. None of it can be looked for twice over, so that no text takes long."""
_OTHER_TAGS = """
    a abbr b big body br caption center code col colgroup del em figcaption font html head i iframe img ins li main mark nav
    object q s script small span strike strong style sub sup tbody td template tfoot th thead title tr u video
"""
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,6});")

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\n\t\u200c\u200d")
"""Among them line breaks, and what joins letters and emoji."""
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: titles of these alone were seen."""
_EDGES = string.whitespace + "\u00a0\u200c\u200d"

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""XML 1.0 section 2.2: a file with one of these opens nowhere."""
_TAG = re.compile(rf"</?(?:{'|'.join((_BLOCK_TAGS + _OTHER_TAGS).split())})\b[^<>]*>|<!--", re.IGNORECASE)
"""`<3` and `<dua>` are none: in a text that is no HTML they stand for themselves."""


def plain_text(source: str) -> str:
    """The text a reader of the HTML sees: paragraphs one empty line apart, list items with bullets, no pictures.

    Text without a single tag is taken as it is, line breaks included; only `&amp;` and the like are read.
    """
    if not _TAG.search(source):
        return _tidy(_unescaped(source))
    return _tidy(html.unescape(_MARKUP.sub(_gap, " ".join(source.split()))))


def as_html(text: str) -> str:
    """Plain text as the HTML of which `plain_text` makes it again: paragraphs, and breaks within them."""
    return linebreaks(text, autoescape=True).replace("\n", "")


def clean(text: str) -> str:
    """One spelling of each letter (NFC) and `&` for `&amp;`, without control characters, which PostgreSQL and readers choke
    on, without signs of direction, which turn what follows them around, and without what nobody sees."""
    if text.isascii() and text.isprintable() and "&" not in text:
        return text.strip()
    return _visible(_unescaped(text))


def fit_for_xml(text: str) -> str:
    """The text without the signs that no XML may hold."""
    return _NOT_IN_XML.sub("", text)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_SEEN).strip(_EDGES)


class _Seen(dict[int, int | None]):
    """Each character by itself, or None for what is left out; looked up once."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        is_seen = unicodedata.category(character) not in _UNSEEN and character not in _BLANKS
        self[code] = code if is_seen or character in _KEPT else None
        return self[code]


_SEEN = _Seen()


def _gap(markup: re.Match[str]) -> str:
    return _GAPS.get((markup["tag"] or "").casefold(), "")


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in _visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    kept = [line for line in lines if line != "•"]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
