"""Readable plain text from the HTML that platforms keep descriptions in."""

import re
import unicodedata
from html.parser import HTMLParser

_BLOCK_TAGS = """
    address article blockquote dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre section table ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_LINES = frozenset({"br", "tr", "li"})
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"head", "script", "style", "template", "title"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def plain_text(source: str) -> str:
    """The text a reader of the HTML sees: paragraphs one empty line apart, list items with bullets, no pictures.

    Text without a single tag is taken as it is, line breaks included.
    """
    if not _TAG.search(source):
        return _tidy(source)
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return _tidy("".join(reader.parts))


def clean(text: str) -> str:
    """One spelling of each letter (NFC), no control characters, which PostgreSQL and readers choke on."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


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
    lines = [" ".join(line.split()) for line in clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    kept = [line for line in lines if line != "•"]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
