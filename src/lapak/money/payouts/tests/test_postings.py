"""What a payout means in the ledger, without a database."""

from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.postings import payout_confirmed, payout_failed, payout_sent

PAYOUT = new_id()
SELLER = AccountKey(AccountKind.SELLER_PAYABLE, "shop")
IN_TRANSIT = AccountKey(AccountKind.PAYOUT_IN_TRANSIT, "bank_file")
CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")


def test_sent_confirmed_and_failed() -> None:
    sent = payout_sent(PAYOUT, SELLER, "bank_file", 87_780)
    confirmed = payout_confirmed(PAYOUT, "bank_file", "sandbox", 87_780)
    failed = payout_failed(PAYOUT, SELLER, "bank_file", 87_780)
    assert (sent.debit, sent.credit) == (SELLER, IN_TRANSIT)
    assert (confirmed.debit, confirmed.credit) == (IN_TRANSIT, CASH)
    assert (failed.debit, failed.credit) == (sent.credit, sent.debit)
    assert {t.amount_idr for t in (sent, confirmed, failed)} == {87_780}
    assert {t.reference for t in (sent, confirmed, failed)} == {PAYOUT}
    assert len({t.id for t in (sent, confirmed, failed)}) == 3
