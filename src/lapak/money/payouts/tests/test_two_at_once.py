"""Two people pay out the same balance at the same moment: it leaves once."""

import threading

import pytest
from django.db import connection

from lapak.lib.refusal import Refusal
from lapak.money.ledger.queries import balance_idr
from lapak.money.payouts.commands import send_payouts
from lapak.money.payouts.models import Payout
from lapak.money.payouts.tests.people import People, owe


@pytest.mark.django_db(transaction=True)
def test_the_same_balance_leaves_once(people: People) -> None:
    claim = people.shop_claim()
    owe(claim.account, 87_780)
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def pay_out() -> None:
        start.wait()
        try:
            send_payouts(None, "sandbox", [claim])
        except Refusal as refusal:
            outcomes.append(refusal.code)
        else:
            outcomes.append("sent")
        finally:
            connection.close()

    threads = [threading.Thread(target=pay_out) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["payout_amount_too_small"] * 3 + ["sent"]
    assert (balance_idr(claim.account), Payout.objects.get().amount_idr) == (0, 87_780)
