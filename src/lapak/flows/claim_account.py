"""Whoever reads the mailbox of an account that nobody confirmed has it for themselves, by a new password."""

from lapak.affiliates.creators import drop_payout_account
from lapak.flows.take_consent_back import take_consent_back
from lapak.lib.acts import act
from lapak.people.privacy.consents import has_consented
from lapak.people.privacy.erasures import call_off_erasure, erasure_of
from lapak.people.privacy.rules import ASKED
from lapak.people.shops.commands import drop_payout_accounts
from lapak.people.shops.members import part_with_colleagues
from lapak.people.users.claiming import forget_stranger
from lapak.people.users.models import User
from lapak.people.users.queries import has_confirmed_email


@act
def claim_account(by: User) -> bool:
    """A stranger who typed the e-mail before keeps nothing: no session, second factor, bank account (of theirs, of their shops
    or as a creator), address, consent, colleague whom they let in, or erasure that they asked for. What they made, shops and
    links, is now whose the mailbox is, and theirs alone. The e-mail is confirmed.

    Whether that was so: of a user whose e-mail is confirmed everything stays. Call it before the new password is set.
    """
    if has_confirmed_email(by):
        return False
    drop_payout_accounts(by)
    part_with_colleagues(by)
    drop_payout_account(by)
    for purpose in ASKED:
        if has_consented(by, purpose):
            take_consent_back(by, purpose)
    if erasure_of(by):
        call_off_erasure(by)
    forget_stranger(by)
    return True
