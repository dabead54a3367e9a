"""A changed bank account, a changed team, a commission under review: told to those whom it may cost something."""

import pytest
from django.utils.translation import override

from lapak.affiliates.creators import set_payout_account as set_creators_account
from lapak.affiliates.models import Commission
from lapak.flows.review_commission import freeze_commission, release_commission
from lapak.flows.tests.told import facts_of, notice_of
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.shops import members
from lapak.people.shops.commands import set_payout_account
from lapak.people.shops.models import Member
from lapak.people.shops.rules import Role
from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import Cast
from lapak.testing.findings import deny_for_good
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def another_account(user: User) -> BankAccount:
    return add_bank_account(user, bank_code="008", number="999900001234", holder="Somebody Else")


@pytest.fixture
def helper(cast: Cast) -> User:
    helper = User.objects.create_user("helper@example.com", name="Helper")
    Member.objects.create(shop=cast.shop, user=helper, role=Role.ORDERS)
    return helper


def test_a_new_account_of_the_shop_is_told_to_all_its_owners_and_to_nobody_else(cast: Cast, helper: User) -> None:
    second = User.objects.create_user("second@example.com")
    Member.objects.create(shop=cast.shop, user=second, role=Role.OWNER)
    set_payout_account(cast.seller, cast.shop.id, another_account(cast.seller).id)

    assert facts_of(second) == ["shop_account_changed"]
    assert facts_of(cast.seller) == ["bank_account_added", "shop_account_changed"]
    assert facts_of(helper) == []
    notice = notice_of(second, "shop_account_changed")
    with override("en"):
        words = words_of(notice)
    assert "Mandiri, ending in 1234" in words.more
    assert words.until.startswith("Payouts to it wait until")
    assert "99990000" not in str(notice.said)
    assert "Somebody" not in str(notice.said)


def test_the_first_account_replaces_none(cast: Cast) -> None:
    cast.shop.bank_account = None
    cast.shop.save(update_fields=["bank_account"])
    set_payout_account(cast.seller, cast.shop.id, another_account(cast.seller).id)
    assert facts_of(cast.seller) == ["bank_account_added"]


def test_a_creators_new_account(cast: Cast) -> None:
    set_creators_account(cast.creator_user, another_account(cast.creator_user).id)
    assert facts_of(cast.creator_user) == ["bank_account_added", "creator_account_changed"]


def test_a_buyers_new_account(cast: Cast) -> None:
    another_account(cast.buyer)
    assert facts_of(cast.buyer) == ["bank_account_added"]
    assert words_of(notice_of(cast.buyer, "bank_account_added")).path == "/account"


def test_a_changed_team_is_told_to_owners_without_anybodys_name(cast: Cast, helper: User) -> None:
    members.remove_member(cast.seller, cast.shop.id, helper.id)
    assert facts_of(cast.seller) == ["shop_team_changed"]
    assert "Helper" not in str(Notice.objects.get().said)


def test_an_invitation_is_told_to_whom_it_is_made(cast: Cast) -> None:
    members.invite_member(cast.seller, cast.shop.id, email=cast.stranger.email, role=Role.ADMIN)
    assert facts_of(cast.stranger) == ["shop_invites"]
    assert facts_of(cast.seller) == []
    assert words_of(notice_of(cast.stranger, "shop_invites")).path == "/sell"


class TestReviews:
    @pytest.fixture
    def commission(self, placed: Order) -> Commission:
        return Commission.objects.get(order_id=placed.id)

    def test_frozen_and_let_go(self, cast: Cast, commission: Commission) -> None:
        freeze_commission(cast.operator, commission.id, "Same address as Budi's")
        notice = notice_of(cast.creator_user, "commission_frozen")
        commission.refresh_from_db()
        assert notice.deadline == commission.decide_by
        assert "Budi" not in str(notice.said)
        assert words_of(notice).path == f"/create/commissions/{commission.id}"
        release_commission(cast.operator, commission.id)
        assert facts_of(cast.creator_user) == ["commission_frozen", "commission_released"]

    def test_denied_as_what_a_rule_saw(self, cast: Cast, commission: Commission) -> None:
        freeze_commission(cast.operator, commission.id, "Same address")
        deny_for_good(cast.operator, commission.id, "Own purchase")
        assert facts_of(cast.creator_user) == ["commission_frozen", "account_upheld", "account_final"]
        assert facts_of(cast.seller) == []
