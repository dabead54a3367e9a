"""Whoever reads the mailbox of an account that a stranger made with it keeps the account, and the stranger nothing."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from lapak.affiliates.creators import become_creator
from lapak.affiliates.creators import set_payout_account as set_creators_account
from lapak.flows.claim_account import claim_account
from lapak.flows.tell_people.of_changes import of_changes
from lapak.people.audit.models import Change
from lapak.people.notices.models import Mail
from lapak.people.privacy.consents import give_consent, has_consented
from lapak.people.privacy.rules import Purpose
from lapak.people.shops.commands import set_payout_account
from lapak.people.shops.members import accept_invitation, invite_member
from lapak.people.shops.rules import Role
from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import Address, BankAccount, Session, User
from lapak.people.users.queries import bank_accounts_of_user, newest_accounts
from lapak.people.users.second_factors import give_app
from lapak.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_passwords")]


def all_that_a_stranger_leaves(cast: Cast) -> User:
    """The seller's e-mail was typed by somebody else, who has been busy."""
    user = cast.seller
    user.set_password("sandi-orang-lain")
    user.save()
    account = add_bank_account(user, bank_code="014", number="7778889990", holder="Orang Lain")
    set_payout_account(user, cast.shop.id, account.id)
    become_creator(user, "orang-lain")
    set_creators_account(user, account.id)
    give_app(user)
    give_consent(user, Purpose.CLICKS, version=1)
    Address.objects.filter(user=cast.buyer).update(user=user)
    invite_member(user, cast.shop.id, email=cast.stranger.email, role=Role.OWNER)
    accept_invitation(cast.stranger, cast.stranger.invitations.get().id)
    invite_member(user, cast.shop.id, email=cast.buyer.email, role=Role.OWNER)
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


def test_a_new_password_by_the_mail_s_link_leaves_the_stranger_nothing(cast: Cast, client: Client) -> None:
    user = all_that_a_stranger_leaves(cast)
    stranger = Client()
    stranger.force_login(user)
    client.post("/account/password/forgotten", {"email": user.email})
    link = re.search(r"/account/password/new/\S+", Mail.objects.latest("written_at").text)
    assert link
    form = client.get(link[0], follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "sandi-baru-sekali", "password2": "sandi-baru-sekali"})
    user.refresh_from_db()
    assert user.check_password("sandi-baru-sekali")
    assert stranger.post("/account/profile", {"name": "Lain"})["Location"].startswith("/account/sign-in")
    assert not Session.objects.filter(user=user).exists()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not Address.objects.filter(user=user).exists()
    assert not bank_accounts_of_user(user).exists()
    assert not newest_accounts([user.id]).exists()
    assert BankAccount.objects.filter(user=user).exists(), "payouts of before point at them"
    cast.shop.refresh_from_db()
    assert cast.shop.bank_account is None
    assert user.creator.bank_account is None
    assert [member.user for member in cast.shop.members.all()] == [user]
    assert not cast.shop.invitations.exists()
    assert not has_consented(user, Purpose.CLICKS)
    assert EmailAddress.objects.get(user=user).verified
    assert client.post("/account/sign-in", {"login": user.email, "password": "sandi-baru-sekali"}).status_code == 302


def test_each_account_is_on_record_and_nobody_is_told_of_none(cast: Cast) -> None:
    claim_account(all_that_a_stranger_leaves(cast))
    dropped = Change.objects.filter(field="bank_account", new="")
    assert sorted(dropped.values_list("kind", flat=True)) == ["creator", "shop", "user", "user"]
    assert list(of_changes(list(dropped.values_list("id", flat=True)))) == []


def test_the_same_account_is_named_anew(cast: Cast) -> None:
    user = all_that_a_stranger_leaves(cast)
    claim_account(user)
    again = add_bank_account(user, bank_code="014", number="7778889990", holder="Orang Lain")
    assert bank_accounts_of_user(user).get() == again


def test_of_a_confirmed_e_mail_everything_stays(cast: Cast) -> None:
    user = all_that_a_stranger_leaves(cast)
    EmailAddress.objects.filter(user=user).update(verified=True)
    assert claim_account(user) is False
    cast.shop.refresh_from_db()
    assert cast.shop.bank_account is not None
    assert Authenticator.objects.filter(user=user).exists()


def test_no_link_goes_to_an_e_mail_that_its_user_only_typed(cast: Cast, client: Client) -> None:
    EmailAddress.objects.create(user=cast.seller, email="lain@example.com", verified=False, primary=False)
    client.post("/account/password/forgotten", {"email": "lain@example.com"})
    assert "/account/password/new/" not in Mail.objects.get(to="lain@example.com").text
