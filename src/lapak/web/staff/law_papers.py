"""What the law asks on a day, as papers: for people, for programs, for an authority."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lapak.compliance.report import Evidence, Line, as_json
from lapak.web.shell.paper import Paper
from lapak.web.staff.found_words import in_a_line


def title_of(on: date) -> str:
    """What the report is called."""
    return _("What the law asks, on %(day)s") % {"day": date_format(on, "j F Y")}


def state_of(line: Line) -> str:
    """Whether it is kept, in words."""
    if line.holds is None:
        return _("not asked that day")
    return _("kept") if line.holds else _("not kept")


def source_of(line: Line) -> str:
    """On what it is based, from when to when, with the mark of what was not found in a primary text."""
    basis = line.basis
    until = f" – {date_format(basis.until, 'j F Y')}" if basis.until else ""
    mark = "" if basis.is_confirmed else " (?)"
    return f"{basis}{mark}, {date_format(basis.since, 'j F Y')}{until or ' –'}"


def found_of(evidence: Evidence) -> str:
    """What was found, in one line of words."""
    return in_a_line(evidence.found.what)


def as_json_text(lines: Sequence[Line], on: date) -> bytes:  # noqa: ARG001 - as the others
    """One object for each rule."""
    return json.dumps([as_json(line) for line in lines], ensure_ascii=False, indent=1).encode() + b"\n"


def as_markdown(lines: Sequence[Line], on: date) -> bytes:
    """For reading in a terminal, or beside code."""
    return "\n".join([f"# {title_of(on)}", *(part for line in lines for part in _markdown_of(line))]).encode() + b"\n"


def as_html(lines: Sequence[Line], on: date) -> bytes:
    """A page of its own, without anything beside it."""
    rows = [
        (line, state_of(line), source_of(line), [(each, found_of(each)) for each in line.evidence]) for line in lines
    ]
    return render_to_string("staff/law_paper.html", {"title": title_of(on), "rows": rows}).encode()


def as_pdf(lines: Sequence[Line], on: date) -> bytes:
    """To be kept or handed in."""
    note = _("(?): not found in a primary text.")
    paper = Paper(title_of(on), note)
    for line in lines:
        paper.facts(
            [
                (line.rule.id, f"{line.rule.title}: {state_of(line)}"),
                (_("Source"), source_of(line)),
                (_("Duty"), str(line.rule.duty)),
                (_("What Lapak does"), str(line.rule.control)),
            ]
        )
        for each in line.evidence:
            paper.words(f"{_sign(each)} {each.proof.says} {found_of(each)}")
        paper.ln(3)
    return bytes(paper.output())


PAPERS: Mapping[str, tuple[str, Callable[[Sequence[Line], date], bytes]]] = {
    "json": ("application/json", as_json_text),
    "md": ("text/markdown; charset=utf-8", as_markdown),
    "html": ("text/html; charset=utf-8", as_html),
    "pdf": ("application/pdf", as_pdf),
}
"""By the ending of the file: its kind, and how it is written."""


def _markdown_of(line: Line) -> Iterator[str]:
    yield f"\n## {line.rule.id}: {line.rule.title} – {state_of(line)}\n"
    yield f"{line.rule.duty}\n\n{source_of(line)}\n"
    yield from (f"- {_sign(each)} {each.proof.says} {found_of(each)}" for each in line.evidence)


def _sign(evidence: Evidence) -> str:
    return "+" if evidence.found.holds else "–"
