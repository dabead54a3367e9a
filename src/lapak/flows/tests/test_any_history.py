"""Whatever anyone does in whatever order, with time going by in jumps: the books are sound, and say what a second
opinion says, reckoned without them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from lapak.flows.correct_fact import correct_fact
from lapak.flows.receive_payment import receive_payment
from lapak.flows.tests.everyone import ACTS, at, time_passes
from lapak.flows.tests.partner import Partner, stand_in
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.money.gateways.contract import ChargeStatus
from lapak.money.ledger.errors import TransferConflict
from lapak.money.ledger.models import Transfer
from lapak.money.ledger.transfers import TransferCode
from lapak.money.payments.models import PaymentIntent
from lapak.testing.books import broken_rules, check_books
from lapak.testing.market import Market, charge_report, open_market
from lapak.testing.whose_is_what import differences

START = datetime(2026, 12, 21, 3, 0, tzinfo=UTC)
"""Ten in the morning of a Monday in Jakarta: holidays, joint leave and the year's end lie ahead."""

ONLY_THE_PARTNER_KNOWS = {TransferCode.GATEWAY_CHARGE}
"""What the checks cannot work out: the nightly comparison with the partner's statement notices it."""

ONLY_THE_HOUSE_KNOWS = {TransferCode.DEBT_REPAID}
"""What the second opinion cannot see: to it, what someone owes and what they are owed are one number (`whose_is_what.NET`)."""

HOURS = (0.4, 1, 24, 49, 72, 150, 260)
"""Jumps: within the time to pay, past it, past a night, a shop's 48 hours, a weekend, the days to object by the courier's
word and by the shop's."""


class AnyHistory(RuleBasedStateMachine):
    """A market with little stock, everyone acting as they please, partners who answer or do not, and time that passes."""

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.transaction = transaction.atomic()
        self.transaction._from_testcase = True  # type: ignore[attr-defined]  # so that "in no transaction" holds within
        self.transaction.__enter__()
        self.patch = pytest.MonkeyPatch()
        self.partner: Partner = stand_in(self.patch)
        self.now = START
        with clock.stopped_at(self.now):
            self.market: Market = open_market()

    def teardown(self) -> None:
        self.patch.undo()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(picks=st.lists(st.integers(0, 999), min_size=1, max_size=4), steps=st.integers(0, 4))
    def some_have_bought_before(self, picks: list[int], steps: int) -> None:
        """Few histories come to a return or a payout by chance: these begin on the way."""
        for pick in picks:
            self.someone_acts("buy", pick)
        for intent in PaymentIntent.objects.order_by("pk"):
            with clock.stopped_at(self.now):
                receive_payment(charge_report(intent), intent.provider)
        for _ in range(steps):
            for n in range(len(picks) * 2):
                self.someone_acts("go on", n * 5)

    @rule(name=st.sampled_from(sorted(ACTS)), pick=st.integers(0, 999))
    def someone_acts(self, name: str, pick: int) -> None:
        try:
            at(self.now, ACTS[name], self.market, pick)
        except TransferConflict:  # a refusal to people, but two facts never have one id
            raise
        except Refusal:
            pass

    @rule(hours=st.sampled_from(HOURS), told=st.sampled_from(list(ChargeStatus)), is_away=st.booleans())
    def time_passes(self, hours: float, told: ChargeStatus, is_away: bool) -> None:
        """The clock asks partners about what was not told."""
        self.partner.charge, self.partner.is_away = told, is_away
        PaymentIntent.objects.filter(provider_reference="").update(provider_reference="ch1")
        self.now += timedelta(hours=hours)
        time_passes(self.now)

    @rule(pick=st.integers(0, 999))
    def a_fact_is_corrected_that_was_right(self, pick: int) -> None:
        """That is noticed at once, by the house's checks and by the second opinion; and it is undone with the savepoint."""
        booked = Transfer.objects.order_by("transaction_id", "posted_at", "code", "amount_idr", "id")
        if not booked:
            return
        transfer = booked[pick % len(booked)]
        with clock.stopped_at(self.now), transaction.atomic():
            try:
                correct_fact(self.market.operator, [transfer.id], "A slip.")
            except Refusal:
                return
            if transfer.code not in ONLY_THE_HOUSE_KNOWS:
                assert differences(), f"the second opinion did not notice that {transfer.code} was undone"
            if transfer.code not in ONLY_THE_PARTNER_KNOWS:
                assert broken_rules(), f"nobody noticed that {transfer.code} was undone"
            transaction.set_rollback(True)

    @invariant()
    def everyone_has_what_is_theirs(self) -> None:
        with clock.stopped_at(self.now):
            check_books()
            assert not (wrong := differences()), "; ".join(wrong)


class TestAnyHistory(TestCase):
    def test_any_history_is_sound(self) -> None:
        run(AnyHistory, examples=4, steps=20)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(8))
def test_many_long_histories_are_sound(part: int) -> None:
    """Each part by itself, so that several processes share them; always the same ones, so that what falls can be met again."""
    run(seed(part)(type(f"History{part}", (AnyHistory,), {})), examples=10, steps=50)


def run(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck)),
    )
