"""Two operators let money go that waits because a bank account was changed; one alone does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.creators import set_payout_account as pay_creator_into
from lapak.flows.credit_creator import credit_creator
from lapak.flows.owed import due_idr, held_payouts, owed_now
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.payees import payee_of, payees_named
from lapak.flows.release_payout import agree_to_release, ask_for_release
from lapak.flows.tests.told import facts_of
from lapak.lib import clock
from lapak.lib.written import LONGEST_NOTE
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, account_of
from lapak.money.payouts.errors import AnotherReleases, HoldNotFound, ReleaseMoved, ReleaseWordsRefused
from lapak.money.payouts.models import HoldRelease, Payout
from lapak.people.audit.models import Change
from lapak.people.shops.commands import set_payout_account
from lapak.people.shops.models import Shop
from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import BankAccount, User
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db
WORDS = "Called the owner on the number of last year."


def another(user: User, number: str = "5550001111") -> BankAccount:
    return add_bank_account(user, bank_code="008", number=number, holder=user.name)


def of_shop(cast: Cast) -> AccountKey:
    return account_of(AccountKind.SELLER_PAYABLE, cast.shop.id)


@pytest.fixture
def second() -> User:
    return operator_as(OperatorRole.FINANCE)


@pytest.fixture
def held(cast: Cast, settled: Callable[..., Order]) -> AccountKey:
    settled()
    set_payout_account(cast.seller, cast.shop.id, another(cast.seller).id)
    return of_shop(cast)


def test_two_let_it_go_and_it_is_sent(cast: Cast, held: AccountKey, second: User) -> None:
    ask_for_release(cast.operator, held.id, WORDS)
    assert [each.account for each in held_payouts(owed_now())] == [held]
    agree_to_release(second, held.id)
    assert held_payouts(owed_now()) == []
    send_due_payouts(None, "bank_file")
    assert Payout.objects.get(account_id=held.id).bank_account.number == "5550001111"
    kept = Change.objects.filter(field="payout_release", subject_id=str(cast.shop.id)).order_by("happened_at", "id")
    assert [(change.by_id, change.new) for change in kept] == [
        (second.id, f"{Shop.objects.get(id=cast.shop.id).bank_account}")
    ]


def test_without_a_bank_account_there_is_nothing_to_let_go(cast: Cast, held: AccountKey) -> None:
    Shop.objects.filter(id=cast.shop.id).update(bank_account=None)
    with refused(HoldNotFound):
        ask_for_release(cast.operator, held.id, WORDS)


def test_a_creator_s_too(cast: Cast, settled: Callable[..., Order], second: User) -> None:
    settled()
    credit_creator(cast.creator.id)
    pay_creator_into(cast.creator_user, another(cast.creator_user).id)
    account = account_of(AccountKind.CREATOR_PAYABLE, cast.creator.id)
    ask_for_release(cast.operator, account.id, WORDS)
    agree_to_release(second, account.id)
    assert AccountKind.CREATOR_PAYABLE in due_idr(owed_now())


def test_the_one_who_asked_does_not_agree(cast: Cast, held: AccountKey) -> None:
    ask_for_release(cast.operator, held.id, WORDS)
    with refused(AnotherReleases):
        agree_to_release(cast.operator, held.id)
    assert [each.account for each in held_payouts(owed_now())] == [held]


def test_nobody_asks_twice_and_nobody_agrees_to_nothing(cast: Cast, held: AccountKey, second: User) -> None:
    with refused(ReleaseMoved):
        agree_to_release(second, held.id)
    ask_for_release(cast.operator, held.id, WORDS)
    with refused(ReleaseMoved):
        ask_for_release(second, held.id, WORDS)
    agree_to_release(second, held.id)
    with refused(HoldNotFound):
        agree_to_release(second, held.id)


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_NOTE + 1)])
def test_how_it_was_made_sure_is_said(cast: Cast, held: AccountKey, words: str) -> None:
    with refused(ReleaseWordsRefused):
        ask_for_release(cast.operator, held.id, words)


def test_what_is_not_held_is_not_let_go(cast: Cast, held: AccountKey, second: User) -> None:
    ask_for_release(cast.operator, held.id, WORDS)
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        with refused(HoldNotFound):
            agree_to_release(second, held.id)
        with refused(HoldNotFound):
            ask_for_release(second, held.id, WORDS)
    with refused(HoldNotFound):
        ask_for_release(cast.operator, account_of(AccountKind.PLATFORM_FEE, "platform").id, WORDS)


def test_another_change_holds_anew(cast: Cast, held: AccountKey, second: User) -> None:
    ask_for_release(cast.operator, held.id, WORDS)
    set_payout_account(cast.seller, cast.shop.id, another(cast.seller, "7770002222").id)
    with refused(ReleaseMoved):
        agree_to_release(second, held.id)
    ask_for_release(cast.operator, held.id, WORDS)
    agree_to_release(second, held.id)
    set_payout_account(cast.seller, cast.shop.id, another(cast.seller, "8880003333").id)
    assert [each.account for each in held_payouts(owed_now())] == [held]
    assert HoldRelease.objects.count() == 2


def test_its_owners_are_told_when_both_have_decided(cast: Cast, held: AccountKey, second: User) -> None:
    ask_for_release(cast.operator, held.id, WORDS)
    assert "shop_payout_released" not in facts_of(cast.seller)
    agree_to_release(second, held.id)
    assert facts_of(cast.seller).count("shop_payout_released") == 1


def test_whoever_is_asked_about_is_found_by_what_people_know(cast: Cast, held: AccountKey) -> None:
    creator = account_of(AccountKind.CREATOR_PAYABLE, cast.creator.id)
    assert payees_named(f" {cast.shop.slug.upper()} ") == [held]
    assert payees_named(f"@{cast.creator.handle}") == [creator]
    assert payees_named(cast.seller.email) == [account_of(AccountKind.BUYER_REFUND_PAYABLE, cast.seller.id), held]
    assert payees_named("nobody") == payees_named("") == []
    payee = payee_of(held.id)
    assert payee is not None
    assert (payee.balance_idr, payee.sendable_idr, payee.held_back_idr) == (87_780, 87_780, 0)
    assert payee.held_until is not None
