"""Readable plain text from the HTML that platforms keep descriptions in."""

import html
import re
import string
import unicodedata
from html.parser import HTMLParser

from django.utils.html import linebreaks

_BLOCK_TAGS = """
    address article blockquote dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre section table ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_LINES = frozenset({"br", "tr", "li"})
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"head", "script", "style", "template", "title"})
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,6});")

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\n\t\u200c\u200d")
"""Among them line breaks, and what joins letters and emoji."""
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: titles of these alone were seen."""
_EDGES = string.whitespace + "\u00a0\u200c\u200d"

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""XML 1.0 section 2.2: a file with one of these opens nowhere."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def plain_text(source: str) -> str:
    """The text a reader of the HTML sees: paragraphs one empty line apart, list items with bullets, no pictures.

    Text without a single tag is taken as it is, line breaks included; only `&amp;` and the like are read.
    """
    if not _TAG.search(source):
        return _tidy(_unescaped(source))
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return _tidy("".join(reader.parts))


def as_html(text: str) -> str:
    """Plain text as the HTML of which `plain_text` makes it again: paragraphs, and breaks within them."""
    return linebreaks(text, autoescape=True).replace("\n", "")


def clean(text: str) -> str:
    """One spelling of each letter (NFC) and `&` for `&amp;`, without control characters, which PostgreSQL and readers choke
    on, without signs of direction, which turn what follows them around, and without what nobody sees."""
    return _visible(_unescaped(text))


def fit_for_xml(text: str) -> str:
    """The text without the signs that no XML may hold."""
    return _NOT_IN_XML.sub("", text)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if c in _KEPT or (unicodedata.category(c) not in _UNSEEN and c not in _BLANKS))
    return "".join(kept).strip(_EDGES)


class _Reader(HTMLParser):
    """Collects text, and a line break or paragraph where the eye would see one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden_in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class gives it
        if tag in _HIDDEN:
            self._hidden_in.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n• " if tag == "li" else "\n")
        elif tag in _CELLS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_in and self._hidden_in[-1] == tag:
            self._hidden_in.pop()
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden_in:
            self.parts.append(re.sub(r"\s+", " ", data))


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in _visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    kept = [line for line in lines if line != "•"]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
