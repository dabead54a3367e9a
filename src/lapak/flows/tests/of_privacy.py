"""Of who_may.py: what people decide about their own data, and what the operator does about breaches."""

from collections.abc import Callable
from typing import Any

from lapak.flows.record_breach import record_breach
from lapak.flows.take_consent_back import take_consent_back
from lapak.flows.tests.one_of_each import World
from lapak.lib import clock
from lapak.people.privacy import breaches, consents
from lapak.people.privacy.erasures import ask_for_erasure, call_off_erasure
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.testing.breaches import HOW, MEASURES, WORDS, breach_said

OWN_OF_PRIVACY: set[Callable[..., Any]] = {
    consents.give_consent,
    consents.take_consent_back,
    take_consent_back,
    ask_for_erasure,
    call_off_erasure,
}
"""As `OWN` there."""

_REWORDED: dict[str, Any] = {
    "kinds": ["names"],
    "how": f"{HOW} Baru.",
    "how_en": "",
    "measures": MEASURES,
    "measures_en": "",
}

OF_BREACHES: dict[Callable[..., Any], tuple[Desk, Callable[[World, User], object]]] = {
    record_breach: (
        Desk.BREACHES,
        lambda w, by: record_breach(by, **breach_said(whose="listed", listed=w.cast.buyer.email)),
    ),
    breaches.reword_breach: (Desk.BREACHES, lambda w, by: breaches.reword_breach(by, w.breach.id, **_REWORDED)),
    breaches.tell_people_of_breach: (Desk.BREACHES, lambda w, by: breaches.tell_people_of_breach(by, w.breach.id)),
    breaches.note_authority_told: (
        Desk.BREACHES,
        lambda w, by: breaches.note_authority_told(by, w.breach.id, told_at=clock.now(), words="Surel 12/2026"),
    ),
    breaches.publish_breach: (Desk.BREACHES, lambda w, by: breaches.publish_breach(by, w.breach.id)),
    breaches.note_on_breach: (Desk.BREACHES, lambda w, by: breaches.note_on_breach(by, w.breach.id, WORDS)),
    breaches.call_off_breach: (
        Desk.BREACHES,
        lambda w, by: breaches.call_off_breach(by, w.breach.id, WORDS),
    ),
    breaches.close_breach: (Desk.BREACHES, lambda w, by: breaches.close_breach(by, w.breach.id, WORDS)),
}
"""As `COMMANDS` there."""
