"""Whoever reads a mailbox begins anew with the account that somebody made with it and never confirmed."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_all
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import BankAccount, User
from lapak.people.users.queries import addresses_of_user, bank_accounts_of_user
from lapak.people.users.sessions import end_other_sessions


@act
def forget_stranger(by: User) -> None:
    """Nothing by which a stranger would come back, be paid or be sent goods is left: sessions, second factors, bank accounts,
    addresses, e-mails that wait. The e-mail they sign in with is confirmed."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    end_other_sessions(by)
    Authenticator.objects.filter(user=by).delete()
    addresses_of_user(by).delete()
    _drop(by, bank_accounts_of_user(by))
    EmailAddress.objects.filter(user=by).delete()
    EmailAddress.objects.create(user=by, email=by.email, verified=True, primary=True)


def _drop(by: User, accounts: QuerySet[BankAccount]) -> None:
    """Rows stay, since payouts of before point at them."""
    subject = Subject(Kind.USER, by.id, str(by))
    note_all(by.id, [(subject, {"bank_account": account.kept}, {"bank_account": ""}) for account in accounts])
    accounts.update(dropped_at=clock.now())
