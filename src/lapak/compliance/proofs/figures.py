"""The periodic figures that the government asks for."""

from datetime import date

from lapak.compliance.figures import figures_of, last_closed
from lapak.compliance.proofs.there import has_page
from lapak.compliance.rules import Found

_file = has_page("government_figures")


def can_be_exported(on: date) -> Found:
    """Whether there is a page with the file, and what it says of the last quarter that was over that day."""
    figures = figures_of(last_closed(on))
    file = _file(on)
    return Found(file.holds, {**file.what, "quarter": str(figures.quarter), **figures.totals})
