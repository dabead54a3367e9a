"""Where people turn to."""

from datetime import date

from django.conf import settings

from lapak.compliance.proofs.asked import ask
from lapak.compliance.rules import Found
from lapak.trade.complaints.queries import figures

MINISTRY = ("wa.me/6285311111010", "pengaduan.konsumen@kemendag.go.id")
"""Ditjen PKTN, as the ministry itself publishes it."""


def ministry_is_named(_on: date) -> Found:
    """What the home page says of the ministry."""
    page = ask("/").text
    missing = [contact for contact in MINISTRY if contact not in page]
    return Found(not missing, {"contacts": list(MINISTRY), "missing": missing})


def operator_can_be_written_to(_on: date) -> Found:
    """The operator's own address, and whether the help page shows it."""
    address = settings.CONTACT_EMAIL
    is_shown = bool(address) and f"mailto:{address}" in ask("/help").text
    return Found(is_shown, {"setting": "LAPAK_CONTACT_EMAIL", "is_set": bool(address), "on_help_page": is_shown})


def term_is_kept(_on: date) -> Found:
    """The public figures of complaints."""
    told = figures()
    return Found(
        not told.late, {"since": told.since.isoformat(), "came": told.came, "in_time": told.in_time, "late": told.late}
    )
