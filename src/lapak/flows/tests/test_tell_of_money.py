"""Where refunds and payouts are is told to whose money it is."""

import pytest
from django.utils.translation import override

from lapak.flows.tests.told import facts_of, notice_of
from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Refund
from lapak.money.payments.refunds import (
    lock_refund,
    mark_refund_arrived,
    mark_refund_failed,
    mark_refund_sent,
    mark_refunds_arrived,
    owe_refund,
    owe_refunds_again,
    send_refunds_by,
)
from lapak.money.payouts.commands import PayoutClaim, confirm_payout, fail_payout, return_payout, send_payouts
from lapak.money.payouts.models import Payout
from lapak.money.payouts.tests.people import owe
from lapak.people.notices.words import words_of
from lapak.people.shops.models import Member
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


def sent_payout(cast: Cast, whose: str) -> Payout:
    """Rp100.000 of the shop's or the creator's, on its way."""
    if whose == "shop":
        key, bank_account = AccountKey(AccountKind.SELLER_PAYABLE, str(cast.shop.id)), cast.shop.bank_account
    else:
        key, bank_account = AccountKey(AccountKind.CREATOR_PAYABLE, str(cast.creator.id)), cast.creator.bank_account
    assert bank_account
    owe(key, 100_000)
    claim = PayoutClaim(key, bank_account.id, None)
    return send_payouts(provider="sandbox", claims=[claim], by=None).payouts.get()


def owed(cast: Cast, reason: str = "Not packed in time.") -> Refund:
    return owe_refund(buyer_id=cast.buyer.id, amount_idr=115_000, reason=reason)


class TestRefunds:
    def test_it_waits_for_a_bank_account(self, cast: Cast) -> None:
        owed(cast)
        assert facts_of(cast.buyer) == ["refund_needs_account"]
        assert words_of(notice_of(cast.buyer, "refund_needs_account")).path == "/account/bank-accounts/new"

    def test_it_needs_none_where_one_is_known(self, cast: Cast) -> None:
        BankAccount.objects.create(user=cast.buyer, bank_code="014", number="5550003333", holder="Buyer")
        owed(cast)
        assert facts_of(cast.buyer) == ["refund_owed"]
        with override("en"):
            words = words_of(notice_of(cast.buyer, "refund_owed"))
        assert (words.says, words.more) == ("Rp115.000 go back to you", "Not packed in time.")

    def test_the_operators_own_words_are_not_handed_on(self, cast: Cast) -> None:
        owed(cast, reason="Courier Budi lost it")
        assert "Budi" not in str(notice_of(cast.buyer, "refund_needs_account").said)

    def test_sent_and_arrived(self, cast: Cast) -> None:
        BankAccount.objects.create(user=cast.buyer, bank_code="014", number="5550003333", holder="Buyer")
        refund = owed(cast)
        send_refunds_by(new_id(), [refund.id])
        assert notice_of(cast.buyer, "refund_sent").deadline == lock_refund(refund.id).arrives_by
        mark_refunds_arrived([refund.id])
        assert facts_of(cast.buyer) == ["refund_owed", "refund_sent", "refund_arrived"]

    def test_sent_and_came_back(self, cast: Cast) -> None:
        BankAccount.objects.create(user=cast.buyer, bank_code="014", number="5550003333", holder="Buyer")
        refund = owed(cast)
        send_refunds_by(new_id(), [refund.id])
        owe_refunds_again([refund.id], "account closed")
        assert facts_of(cast.buyer) == ["refund_owed", "refund_sent", "refund_came_back"]

    def test_through_the_gateway_and_then_by_bank_after_all(self, cast: Cast) -> None:
        refund = owed(cast)
        mark_refund_sent(lock_refund(refund.id))
        mark_refund_failed(lock_refund(refund.id), "card closed")
        assert facts_of(cast.buyer)[-2:] == ["refund_sent", "refund_needs_account"]

    def test_arrived_through_the_gateway(self, cast: Cast) -> None:
        refund = owed(cast)
        mark_refund_sent(lock_refund(refund.id))
        mark_refund_arrived(lock_refund(refund.id))
        assert facts_of(cast.buyer)[-1] == "refund_arrived"


class TestPayouts:
    @pytest.fixture
    def helper(self, cast: Cast) -> User:
        helper = User.objects.create_user("helper@example.com")
        Member.objects.create(shop=cast.shop, user=helper, role=Member.Role.ORDERS)
        return helper

    def test_sent_is_told_to_the_shops_owners_alone(self, cast: Cast, helper: User) -> None:
        payout = sent_payout(cast, "shop")
        notice = notice_of(cast.seller, "shop_payout_sent")
        assert facts_of(helper) == []
        with override("id"):
            words = words_of(notice)
        assert words.says == "Rp100.000 sedang dikirim ke rekening bank Anda"
        assert words.more == f"Pencairan {payout.number} dari Batik Sekar."
        assert words.path == "/sell/batik-sekar/balance/payouts"

    def test_came_back(self, cast: Cast) -> None:
        fail_payout(by=None, payout_id=sent_payout(cast, "shop").id, reason="account closed")
        assert facts_of(cast.seller) == ["shop_payout_sent", "shop_payout_came_back"]

    def test_a_creators(self, cast: Cast) -> None:
        payout = sent_payout(cast, "creator")
        confirm_payout(by=None, payout_id=payout.id)
        return_payout(by=None, payout_id=payout.id, reason="closed since")
        assert facts_of(cast.creator_user) == ["creator_payout_sent", "creator_payout_came_back"]
        assert facts_of(cast.seller) == []
