"""How a test, or the demo's own check, joins: with the code that the mail says."""

import re
from pathlib import Path

from django.test import Client

from lapak.people.notices.models import Mail


def join(client: Client, about: dict[str, str]) -> None:
    """Whoever the form is about has joined, and is signed in."""
    client.post("/account/join", about)
    client.post("/account/join/code", {"code": code_mailed_to(about["email"]), "next": about.get("next", "/")})


def code_mailed_to(email: str) -> str:
    """By the newest mail that waits; empty when it says none."""
    waiting = Mail.objects.filter(to=email.lower()).order_by("-written_at").values_list("text", flat=True).first()
    return _code_in(waiting or "")


def code_in_folder(home: Path, email: str) -> str:
    """By the mails that a market without a mail server writes into its data folder; empty until it is there."""
    letters = [file.read_text() for file in (home / "mails").glob("*.log")]
    return next((code for text in letters if f"To: {email}" in text and (code := _code_in(text))), "")


def _code_in(text: str) -> str:
    found = re.search(r"^\d{6}$", text, re.MULTILINE)
    return found[0] if found else ""
