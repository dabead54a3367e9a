"""Papers: what people keep or hand in, as PDF (docs/decisions/0020-papers.md)."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

_FONT, _SMALL, _SIZE, _LARGE = "Helvetica", 8, 10, 16
_LINE_MM = 6
_GREY = (90, 90, 90)


class Paper(FPDF):
    """An A4 sheet with Lapak's name above and numbered pages below, filled from top to bottom.

    Its letters are those that every reader of PDF brings along, of Western Europe: others stand as a question mark.
    """

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "windows-1252"
        self.set_title(title)
        self.set_auto_page_break(auto=True, margin=20)
        self.add_page()
        self._say(title, size=_LARGE, is_bold=True)
        if note:
            self._say(note, size=_SMALL, is_grey=True)
        self.ln(3)

    def header(self) -> None:
        """FPDF's hook."""
        self._say("Lapak", is_bold=True)
        self.ln(4)

    def footer(self) -> None:
        """FPDF's hook."""
        self.set_y(-15)
        self._say(_("Page %(page)s") % {"page": self.page_no()}, size=_SMALL, is_grey=True)

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """What stands beside what."""
        for label, value in facts:
            self._style(is_grey=True)
            self.cell(60, _LINE_MM, _known(label))
            self._style()
            self.multi_cell(0, _LINE_MM, _known(value), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)

    def rows(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], total: bool = False
    ) -> None:
        """A table whose head stands on each page again, words at the left and the last columns, amounts, at the right; with
        `total` its last row is a sum."""
        self._style(_SMALL + 1)
        lines = list(rows)
        align = tuple("LEFT" if n < len(head) - 1 and n < 2 else "RIGHT" for n in range(len(head)))
        with self.table(
            width=int(self.epw), col_widths=tuple(widths), text_align=align, borders_layout="HORIZONTAL_LINES",
            line_height=_LINE_MM, headings_style=FontFace(emphasis="BOLD"),
        ) as table:  # fmt: skip
            table.row([_known(cell) for cell in head])
            for n, line in enumerate(lines, start=1):
                style = FontFace(emphasis="BOLD") if total and n == len(lines) else None
                table.row([_known(cell) for cell in line], style=style)
        self.ln(4)

    def words(self, text: str) -> None:
        """A paragraph in small letters."""
        self._say(text, size=_SMALL, is_grey=True)

    def as_response(self, name: str) -> HttpResponse:
        """The answer that a browser shows, and keeps as `name`."""
        response = HttpResponse(bytes(self.output()), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    def _say(self, text: str, size: int = _SIZE, *, is_bold: bool = False, is_grey: bool = False) -> None:
        self._style(size, is_bold=is_bold, is_grey=is_grey)
        self.multi_cell(0, _LINE_MM, _known(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _style(self, size: int = _SIZE, *, is_bold: bool = False, is_grey: bool = False) -> None:
        self.set_font(_FONT, "B" if is_bold else "", size)
        self.set_text_color(*(_GREY if is_grey else (0, 0, 0)))


def _known(text: object) -> str:
    """As far as the letters go; a minus sign, which they lack, is a dash."""
    return str(text).replace("\u2212", "\u2013").encode("cp1252", "replace").decode("cp1252")
