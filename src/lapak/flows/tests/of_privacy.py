"""Of who_may.py: what people decide about their own data."""

from collections.abc import Callable
from typing import Any

from lapak.flows.take_consent_back import take_consent_back
from lapak.people.privacy import consents
from lapak.people.privacy.erasures import ask_for_erasure, call_off_erasure

OWN_OF_PRIVACY: set[Callable[..., Any]] = {
    consents.give_consent,
    consents.take_consent_back,
    take_consent_back,
    ask_for_erasure,
    call_off_erasure,
}
"""As `OWN` there."""
