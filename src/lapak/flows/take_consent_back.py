"""A user says no more, and what only their yes allowed is gone."""

from collections.abc import Callable

from lapak.affiliates.known_clicks.commands import forget_known_clicks
from lapak.lib.acts import act
from lapak.people.privacy import consents
from lapak.people.privacy.rules import Purpose
from lapak.people.users.models import User

FORGET: dict[str, Callable[[User], None]] = {Purpose.CLICKS: forget_known_clicks}
"""What goes with the consent."""


@act
def take_consent_back(by: User, purpose: str) -> None:
    """The consent is taken back, and what was kept because of it is gone at once. Refuses what nobody is asked
    (`ConsentNotFound`)."""
    consents.take_consent_back(by, purpose)
    FORGET[purpose](by)
