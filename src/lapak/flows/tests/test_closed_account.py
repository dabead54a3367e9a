"""The account of a creator is closed: what was earned before is paid out, and what nobody agreed to is off by the clock."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.integrity.closings import agree_to_closing
from lapak.affiliates.integrity.models import AccountEvent
from lapak.affiliates.models import Commission
from lapak.flows.clocks import CLOSING_UNANSWERED, run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.tests.test_review_commission import CREDITED, figures
from lapak.lib import clock
from lapak.money.payouts.models import Payout
from lapak.testing.cast import Cast
from lapak.testing.findings import closing_proposed
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def test_what_was_earned_before_is_credited_and_paid_out(cast: Cast, settled: Callable[..., Order]) -> None:
    settled()
    closing = agree_to_closing(cast.operator, closing_proposed(cast.creator).id)
    with clock.stopped_at(closing.closes_from + timedelta(days=1)):
        credit_creator(cast.creator.id)
        assert figures(cast) == CREDITED
        send_due_payouts(None, "bank_file")
    assert Payout.objects.get(account__kind="creator_payable").amount_idr == CREDITED["creator_payable"]
    assert Commission.objects.get().state == "payable"


def test_without_a_second_operator_the_clock_ends_it(cast: Cast) -> None:
    closing = closing_proposed(cast.creator)
    with clock.stopped_at(closing.answered_by - timedelta(minutes=1)):
        assert run_due_clocks()["account_closings"] == 0
    with clock.stopped_at(closing.answered_by + timedelta(minutes=1)):
        assert run_due_clocks()["account_closings"] == 1
        assert run_due_clocks()["account_closings"] == 0
    closing.refresh_from_db()
    cast.creator.refresh_from_db()
    assert (closing.state, cast.creator.closed_from) == ("declined", None)
    said = AccountEvent.objects.filter(closing=closing).latest("id")
    assert (said.kind, said.actor, said.words) == ("declined", None, CLOSING_UNANSWERED)
