"""An e-mail that was changed can be taken back for three days by whoever reads the old one: a thief's change ends there."""

import uuid
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.dated import always
from lapak.people.users.errors import EmailChangeNotFound
from lapak.people.users.models import EmailChange, User
from lapak.people.users.sessions import end_other_sessions

TAKEN_BACK_WITHIN = always(timedelta(hours=72))
"""Ours: a weekend without reading mail."""


def note_email_change(by: User, *, old: str, new: str) -> EmailChange:
    """It stays on record for `TAKEN_BACK_WITHIN` that the user signed in with `old`, which they had confirmed, until now."""
    return EmailChange.objects.create(user=by, old=old, new=new, changed_at=clock.now())


def change_to_take_back(change_id: uuid.UUID) -> EmailChange:
    """For whoever has the link of the mail. `EmailChangeNotFound`: it is too old or taken back, or the old e-mail is another
    user's by now."""
    change = _that_can_be_taken_back().select_related("user").filter(id=change_id).first()
    if change is None or _is_another_s(change):
        raise EmailChangeNotFound
    return change


@act
def take_back_email_change(change_id: uuid.UUID) -> User:
    """The user signs in with the old e-mail again, and nobody with the password of now: they choose a new one by a link to
    that mailbox. All their sessions end, and what was added as a second factor since, or as shortly before, is gone: a thief
    who locks the door behind them begins with that.

    Every later change is void with it, and whoever got its link cannot undo this. Refused as `change_to_take_back` says.
    """
    user_id = change_to_take_back(change_id).user_id
    user = User.objects.select_for_update(no_key=True).get(id=user_id)
    change = change_to_take_back(change_id)
    since = EmailChange.objects.filter(user=user, changed_at__gte=change.changed_at, taken_back_at=None)
    since.update(taken_back_at=clock.now())
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=change.old, verified=True, primary=True)
    user.email = change.old
    user.set_unusable_password()
    user.save(update_fields=["email", "password"])
    Authenticator.objects.filter(user=user, created_at__gte=change.changed_at - _within()).delete()
    end_other_sessions(user)
    return user


def may_return_to_another(email: str, *, apart_from: User | None = None) -> bool:
    """Whether somebody else can still take a change of this e-mail back: nobody else begins with it meanwhile."""
    others = _that_can_be_taken_back().exclude(user=apart_from) if apart_from else _that_can_be_taken_back()
    return others.filter(old=email.lower()).exists()


def forget_old_email_changes() -> int:
    """Addresses that nobody can take back are not kept; returns how many."""
    return EmailChange.objects.filter(changed_at__lte=_since()).delete()[0]


def _that_can_be_taken_back() -> QuerySet[EmailChange]:
    return EmailChange.objects.filter(changed_at__gt=_since(), taken_back_at=None)


def _since() -> datetime:
    return clock.now() - _within()


def _within() -> timedelta:
    return TAKEN_BACK_WITHIN.on(clock.today())


def _is_another_s(change: EmailChange) -> bool:
    others = Q(email=change.old) & ~Q(id=change.user_id)
    return User.objects.filter(others).exists()
