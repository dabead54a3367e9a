"""Breaches of people's data, for tests."""

from datetime import timedelta
from typing import Any

from lapak.flows.record_breach import record_breach
from lapak.flows.tell_people.breaches import tell_people_of_breaches
from lapak.lib import clock
from lapak.people.privacy.breaches import note_authority_told, tell_people_of_breach
from lapak.people.privacy.models import Breach
from lapak.people.users.models import User

HOW = "Salinan basis data terbaca oleh orang luar lewat kata sandi seorang pengelola."
MEASURES = "Pintu itu sudah ditutup. Gantilah kata sandi Anda, dan jangan percaya pesan yang memintanya."
WORDS = "Everybody who runs the marketplace has a second factor now."


def breach_said(**changed: Any) -> dict[str, Any]:
    """What `record_breach` takes: known now, and it began an hour ago."""
    now = clock.now()
    said = {"kinds": ["names", "addresses"], "how": HOW, "measures": MEASURES, "whose": "everybody"}
    return {**said, "known_at": now, "began_at": now - timedelta(hours=1), **changed}


def recorded_breach(by: User, **changed: Any) -> Breach:
    """One that nobody has been told of."""
    return record_breach(by, **breach_said(**changed))


def told_breach(by: User, **changed: Any) -> Breach:
    """One that is to be closed."""
    breach = recorded_breach(by, **changed)
    tell_people_of_breach(by, breach.id)
    while tell_people_of_breaches():
        pass
    return note_authority_told(by, breach.id, told_at=clock.now(), words="Lewat surel, nomor 12/2026")
