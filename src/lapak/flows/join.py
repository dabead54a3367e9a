"""Somebody joins with the code that was sent to their e-mail."""

import uuid

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.privacy.consents import give_consent
from lapak.people.privacy.rules import ASKED, Purpose
from lapak.people.users.joining import consents_of, take_code
from lapak.people.users.models import User


@act
def join(joining_id: uuid.UUID, code: str) -> User | None:
    """The user has joined, with what they said yes to; None when this is not the code. Refuses as `take_code`."""
    consents = consents_of(joining_id)
    user = take_code(joining_id, code)
    if user is not None:
        for purpose in consents:
            give_consent(user, purpose, version=ASKED[Purpose(purpose)].version.on(clock.today()))
    return user
