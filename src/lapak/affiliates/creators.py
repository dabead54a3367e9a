"""Every change of who promotes, and where their money goes."""

import re
import uuid

from django.db import IntegrityError

from lapak.affiliates.errors import (
    AlreadyCreator,
    HandleInvalid,
    HandleTaken,
)
from lapak.affiliates.models import Creator
from lapak.affiliates.queries import creator_of_user
from lapak.affiliates.rules import LONGEST_HANDLE, SHORTEST_HANDLE
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.public_names import RESERVED, passes_for_us
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User
from lapak.people.users.queries import bank_account_for_user, require_confirmed_email

_HANDLE = re.compile(rf"[a-z0-9][a-z0-9_-]{{{SHORTEST_HANDLE - 2},{LONGEST_HANDLE - 2}}}[a-z0-9]", re.ASCII)


@act
def become_creator(by: User, handle: str, *, tax_status: str = Creator.TaxStatus.INDIVIDUAL) -> Creator:
    """The user promotes from now on, with a showcase page at `/@handle` (kept in small letters).

    Refuses an e-mail that is not confirmed (`EmailUnconfirmed`), a second time (`AlreadyCreator`), a malformed handle
    (`HandleInvalid`), and one that is taken or would pass for Lapak itself (`HandleTaken`).
    """
    require_confirmed_email(by)
    handle = handle.strip().removeprefix("@").lower()
    if not _HANDLE.fullmatch(handle):
        raise HandleInvalid
    if handle in RESERVED or passes_for_us(handle):
        raise HandleTaken
    creator = Creator(user=by, handle=handle, tax_status=Creator.TaxStatus(tax_status), joined_at=clock.now())
    try:
        _insert(creator)
    except IntegrityError:
        is_creator = Creator.objects.filter(user=by).exists()
        raise (AlreadyCreator if is_creator else HandleTaken) from None
    return creator


@act
def set_payout_account(by: User, bank_account_id: uuid.UUID) -> Creator:
    """The creator's payouts go to this bank account from now on; one that replaces another is paid after a day only
    (money/payouts/holds.py). Refuses who is no creator (`CreatorNotFound`), an e-mail that is not confirmed
    (`EmailUnconfirmed`), and another's account (`BankAccountNotFound`)."""
    creator = Creator.objects.select_for_update(of=("self",), no_key=True).get(pk=creator_of_user(by).pk)
    require_confirmed_email(by)
    account = bank_account_for_user(by, bank_account_id)
    if creator.bank_account == account:
        return creator
    subject = Subject(Kind.CREATOR, creator.id, str(creator))
    replaced = creator.bank_account
    note_changes(by.id, subject, {"bank_account": replaced and replaced.kept}, {"bank_account": account.kept})
    if replaced or creator.bank_account_changed_at:  # only the very first is paid into at once
        creator.bank_account_changed_at = clock.now()
    creator.bank_account = account
    creator.save(update_fields=["bank_account", "bank_account_changed_at"])
    return creator


@act
def drop_payout_account(by: User) -> None:
    """The creator, if the user is one, is paid into no bank account any more; another one is named first."""
    creator = Creator.objects.select_for_update(of=("self",), no_key=True).filter(user=by).first()
    if creator is None or creator.bank_account is None:
        return
    subject = Subject(Kind.CREATOR, creator.id, str(creator))
    note_changes(by.id, subject, {"bank_account": creator.bank_account.kept}, {"bank_account": ""})
    creator.bank_account, creator.bank_account_changed_at = None, clock.now()
    creator.save(update_fields=["bank_account", "bank_account_changed_at"])


@act
def _insert(creator: Creator) -> None:
    """An act of its own: the larger one goes on where a unique column refuses the row."""
    creator.save(force_insert=True)
