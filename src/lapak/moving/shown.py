"""What a spreadsheet shows of a number that it holds: SKU 17 stands as `000017` where its format fills with zeros.

The parser gives the number alone. So before a sheet is parsed, such cells are made texts of what they show; the sheet of a
workbook without such a format is not touched.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<colour>\[(?:\$-)?\w+\])|(?P<digit>0)|(?P<plain>[-+/() :!])'
)
"""What a format may be of that shows digits and words alone. Others part thousands, show decimals, dates or percents."""
_KIND = re.compile(rb'\st="(\w+)"')
_MOST_DIGITS = 15
"""Longer numbers were rounded by the spreadsheet (ids.py): nothing of them may be kept."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A format that shows more than the number's own digits: words, and at least as many digits as it has places."""

    pieces: tuple[str, ...]
    """A piece of words each; None of them is a digit of the number."""
    places: int
    """How many `0` stand between the first piece and the last; each between two pieces."""

    def of(self, digits: str) -> str:
        """The number as it is shown: `0017` in `"SKU-"000000` is `SKU-000017`."""
        filled = digits.zfill(self.places)
        first = len(filled) - self.places + 1
        after = "".join(digit + piece for digit, piece in zip(filled[first:], self.pieces[2:], strict=True))
        return self.pieces[0] + filled[:first] + self.pieces[1] + after


def filled_format(code: str) -> Filled | None:
    """What a format shows; None where it shows nothing that the number does not say, or more than digits and words."""
    pieces, at = [""], 0
    while at < len(code) and code[at] != ";":  # behind it stands how negative numbers are shown
        if (part := _PART.match(code, at)) is None:
            return None
        if part["digit"]:
            pieces.append("")
        elif not part["colour"]:
            pieces[-1] += part["quoted"] or part["escaped"] or part["plain"] or ""
        at = part.end()
    places = len(pieces) - 1
    # Words behind a single digit are its unit (`0" gr"`): there it is a number that is meant.
    says_more = places > 1 or (places == 1 and any(map(str.isalnum, pieces[0])))
    return Filled(tuple(pieces), places) if says_more else None


class AsShown:
    """Makes cells texts of what they show."""

    def __init__(self, archive: zipfile.ZipFile, styles: str | None) -> None:
        """`styles` is where in the archive the formats stand; None where there are none."""
        self._formats: Mapping[bytes, Filled] = {}
        if styles is not None:
            with archive.open(styles) as stream:
                self._formats = dict(_filled_styles(stream))
        self._cells = re.compile(
            rb'<(?P<prefix>(?:\w+:)?)c\b(?P<said>[^>]*\ss="(?P<style>%s)"[^>]*)>\s*'
            rb"(?:<(?P=prefix)f\b[^>]*(?:/>|>[^<]*</(?P=prefix)f>)\s*)?"
            rb"<(?P=prefix)v>(?P<digits>\d{1,%d})(?:\.0+)?</(?P=prefix)v>\s*</(?P=prefix)c>"
            % (b"|".join(self._formats), _MOST_DIGITS)
        )

    def __call__(self, xml: bytes) -> bytes:
        """The sheet's XML with such cells as texts."""
        return self._cells.sub(self._text, xml) if self._formats else xml

    def _text(self, cell: re.Match[bytes]) -> bytes:
        if (kind := _KIND.search(cell["said"])) and kind[1] != b"n":
            return cell[0]
        said = _KIND.sub(b"", cell["said"]) + b' t="str"'
        shown = escape(self._formats[cell["style"]].of(cell["digits"].decode())).encode()
        return b"<%bc%b><%bv>%b</%bv></%bc>" % (
            cell["prefix"],
            said,
            cell["prefix"],
            shown,
            cell["prefix"],
            cell["prefix"],
        )


def _filled_styles(stream: IO[bytes]) -> Iterator[tuple[bytes, Filled]]:
    """By the number that a cell names it by."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    within = ""
    for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - expat itself bounds the growth of entities
        name = element.tag.rpartition("}")[2]
        if event == "end":
            if name == "cellXfs":
                break
            element.clear()
        elif name in ("cellStyleXfs", "cellXfs"):
            within = name
        elif name == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif name == "xf" and within == "cellXfs":
            styles.append(codes.get(element.get("numFmtId", ""), ""))
    for number, code in enumerate(styles):
        if filled := filled_format(code):
            yield b"%d" % number, filled
