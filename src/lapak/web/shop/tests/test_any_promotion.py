"""Whatever people click, on whatever device, and whatever is promised, bought, sent back, frozen and paid out in whatever order:
everyone earns what a second opinion says that they must."""

import random
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lapak.affiliates.models import Creator, Programme
from lapak.affiliates.programmes import announce_rate, choose_who_earns
from lapak.affiliates.queries import typed_code
from lapak.affiliates.terms.commands import set_budget, set_special_rate, withdraw_special_rate
from lapak.affiliates.token import ClickToken, make_token
from lapak.flows.place_purchase import current_terms, place_purchase, read, write
from lapak.flows.place_purchase.facts import Waiting
from lapak.flows.place_purchase.rules import Accepted, Outcome, decide
from lapak.flows.receive_payment import receive_payment
from lapak.flows.take_consent_back import take_consent_back
from lapak.flows.tests.everyone import ACTS, time_passes
from lapak.flows.tests.partner import stand_in
from lapak.goods.catalogue.models import Category, Product
from lapak.lib import clock, pipeline
from lapak.lib.refusal import Refusal
from lapak.money.gateways.contract import ChargeStatus
from lapak.money.payments.models import PaymentIntent
from lapak.people.privacy.consents import give_consent
from lapak.people.privacy.rules import Purpose
from lapak.people.users.models import BankAccount
from lapak.testing.books import check_books
from lapak.testing.cast import asked_for
from lapak.testing.market import charge_report
from lapak.testing.seed.trace import id_at
from lapak.testing.who_earns.browsers import Clicked
from lapak.testing.who_earns.market import Promotion, open_promotion
from lapak.testing.who_earns.opinion import Opinion
from lapak.testing.whose_is_what import differences
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.web.shop.clicks import COOKIE, cookie_remembering, remembered_clicks
from lapak.web.shop.tests.conftest import IN_TIKTOK, PHONE, browser

START = datetime(2026, 12, 21, 3, 0, tzinfo=UTC)
"""Ten in the morning of a Monday in Jakarta: a month and a year end soon."""

HOURS = (0.1, 0.3, 1, 24, 49, 100, 169, 750)
"""Jumps: within a slip, past it, past a checkout, a night, days to act, past a window of seven days, past a cut's thirty."""

WHAT_FOLLOWS = (
    "go on", "go on again", "go on once more", "cancel by buyer", "cancel by shop", "some goods are missing", "ask for return",
    "return goes on", "return goes on again", "accept in part", "decide fate", "credit", "freeze", "release", "deny", "object",
    "lift finding", "uphold finding", "silence on a finding", "pay out",
    "payout arrives", "payout comes back", "refund told", "cancel unpaid",
)  # fmt: skip
RATES_BP = (0, 500, 1000, 1333, 2500)
CAPS_IDR = (None, None, 999, 20_000)
BUDGETS_IDR = (None, 10_000, 33_333, 1_000_000)


class AnyPromotion(RuleBasedStateMachine):
    """Three buyers, each with an app, a phone and a laptop; every act has a moment of its own."""

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.transaction = transaction.atomic()
        self.transaction._from_testcase = True  # type: ignore[attr-defined]  # so that "in no transaction" holds within
        self.transaction.__enter__()
        self.patch = pytest.MonkeyPatch()
        self.partner = stand_in(self.patch)
        self.chance = random.Random(0)
        self.now, self.opinion = START, Opinion()
        with clock.stopped_at(self.now):
            self.promotion: Promotion = open_promotion()
        self.browsers = {f"{place} {n}": browser(agent) for n in range(3) for place, agent in _PLACES.items()}
        for name, client in self.browsers.items():
            if not name.startswith("app"):
                client.force_login(self.promotion.market.casts[int(name[-1])].buyer)
        for who in (0, 1):
            self.someone_is_asked_whether_their_devices_may_know_of_each_other(who, yes=True)

    def teardown(self) -> None:
        """The books once a history: they cost more than all that is asked after each step."""
        try:
            with clock.stopped_at(self.now):
                assert not (wrong := differences()), "; ".join(wrong)
                check_books()
        finally:
            self.patch.undo()
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @initialize(picks=st.lists(st.integers(0, 999), min_size=1, max_size=3), steps=st.integers(0, 4))
    def some_have_bought_before(self, picks: list[int], steps: int) -> None:
        """Few histories come to a payout by chance: these begin on the way."""
        for pick in picks:
            for more in range(1 + pick % 4):
                self.someone_follows_a_link("phone", pick, pick * 7 + more)
            self.someone_orders("phone", pick, pick // 3, "")
        for _ in range(steps):
            for n in range(len(picks) * 2):
                self._act(lambda n=n: ACTS["go on"](self.promotion.market, n * 5))  # type: ignore[misc]

    @rule(place=st.sampled_from(["app", "phone", "laptop"]), who=st.integers(0, 2), pick=st.integers(0, 999))
    def someone_follows_a_link(self, place: str, who: int, pick: int) -> None:
        """As `web/shop/redirect.py` answers, with the token in the cookie."""
        self._tick()
        name, link = f"{place} {who % 3}", self.promotion.links[pick % len(self.promotion.links)]
        click_id = uuid.UUID(id_at(int(self.now.timestamp() * 1000), self.chance))
        answer = HttpResponse()
        answer.cookies.load(cookie_remembering(make_token(link.id, click_id), self._cookie(name)))
        self.browsers[name].cookies[COOKIE] = answer.cookies[COOKIE].value
        self.opinion.browsers.click(name, Clicked(self.now, click_id, link.id))

    @rule(who=st.integers(0, 2), place=st.sampled_from(["phone", "laptop"]))
    def someone_leaves_the_app(self, who: int, place: str) -> None:
        """To a browser of theirs, by the page that leads out."""
        self._tick()
        with clock.stopped_at(self.now):
            way_out = self.browsers[f"app {who}"].get("/cart")["Location"]
            assert self.browsers[f"{place} {who}"].get(way_out).status_code == 303
        self.opinion.browsers.leave_app(f"app {who}", f"{place} {who}", self.now)

    @rule(who=st.integers(0, 2), yes=st.booleans())
    def someone_is_asked_whether_their_devices_may_know_of_each_other(self, who: int, yes: bool) -> None:
        buyer = self.promotion.market.casts[who].buyer
        self._tick()
        with clock.stopped_at(self.now):
            if yes:
                give_consent(buyer, Purpose.CLICKS, version=1)
                self.opinion.browsers.consent(buyer.id)
            else:
                take_consent_back(buyer, Purpose.CLICKS)
                self.opinion.browsers.take_consent_back(buyer.id)

    @rule(who=st.integers(0, 2), place=st.sampled_from(["phone", "laptop"]), pick=st.integers(1, 999))
    def someone_opens_the_checkout(self, place: str, who: int, pick: int) -> None:
        self._tick()
        self._open_checkout(f"{place} {who % 3}", self._wanted(pick))

    @rule(
        who=st.integers(0, 2),
        place=st.sampled_from(["phone", "laptop"]),
        pick=st.integers(1, 999),
        typed=st.sampled_from(["", "", "a code"]),
    )
    def someone_orders(self, place: str, who: int, pick: int, typed: str) -> None:
        """What they were at the checkout with before, and what they open it with now."""
        name, cast = f"{place} {who % 3}", self.promotion.market.casts[who % 3]
        wish, seen = self._wish(name, pick, typed)
        with clock.stopped_at(self.now):
            try:
                purchase_id = place_purchase(cast.buyer.id, wish.asked, wish.clicks)
            except Refusal:
                return
            self._paid(purchase_id, seen)

    @rule(place=st.sampled_from(["phone", "laptop"]), picks=st.tuples(*[st.integers(1, 999)] * 3))
    def everyone_orders_at_once(self, place: str, picks: tuple[int, int, int]) -> None:
        """As a lane places those that wait together: in one reading, in turn, and what one takes of a budget is gone for the
        next."""
        wishes = [self._wish(f"{place} {who}", pick, "") for who, pick in enumerate(picks)]
        with clock.stopped_at(self.now):
            outcomes = _placed_together([wish for wish, _seen in wishes])
            for outcome, (_wish, seen) in zip(outcomes, wishes, strict=True):
                if isinstance(outcome, Accepted):
                    self._paid(outcome.id, seen)

    @rule(pick=st.integers(0, 999), rate_bp=st.sampled_from(RATES_BP), cap_idr=st.sampled_from(CAPS_IDR))
    def a_rate_is_announced(self, pick: int, rate_bp: int, cap_idr: int | None) -> None:
        programme = self._programme(pick)
        other_bp = (None, 300)[pick % 2]
        self._act(
            lambda: announce_rate(
                self.promotion.by(programme), programme, rate_bp, indirect_bp=other_bp, cap_idr=cap_idr
            )
        )

    @rule(pick=st.integers(0, 999), rate_bp=st.sampled_from(RATES_BP), cap_idr=st.sampled_from(CAPS_IDR))
    def something_special_is_promised(self, pick: int, rate_bp: int, cap_idr: int | None) -> None:
        programme = self._programme(pick)
        special: list[Category | Product] = [*self.promotion.categories, *self.promotion.products]
        of = special[pick // 7 % len(special)]
        if pick % 3:
            self._act(lambda: set_special_rate(self.promotion.by(programme), programme, of, rate_bp, cap_idr=cap_idr))
        else:
            self._act(lambda: withdraw_special_rate(self.promotion.by(programme), programme, of))

    @rule(pick=st.integers(0, 999), idr=st.sampled_from(BUDGETS_IDR))
    def a_budget_is_set(self, pick: int, idr: int | None) -> None:
        """Half of them as a programme is opened with one: it holds at once."""
        programme = self._programme(pick)
        self._tick()
        if pick % 2:
            Programme.objects.filter(pk=programme.pk).update(created_at=self.now)
            programme.refresh_from_db()
        is_monthly = self.promotion.programmes.index(programme) % 2 == 0
        self._act(lambda: set_budget(self.promotion.by(programme), programme, idr, is_monthly=is_monthly))

    @rule(pick=st.integers(0, 999), won_by=st.sampled_from(Programme.WonBy.values))
    def it_is_chosen_who_earns(self, pick: int, won_by: str) -> None:
        programme = self._programme(pick)
        self._act(lambda: choose_who_earns(self.promotion.by(programme), programme, won_by))

    @rule()
    def a_buyer_turns_out_to_be_paid_into_a_creators_account(self) -> None:
        creator, buyer = self.promotion.creators[1], self.promotion.market.casts[1].buyer
        account = creator.bank_account
        self._tick()
        if account and buyer.id not in self.opinion.own_since:
            BankAccount.objects.create(user=buyer, bank_code=account.bank_code, number=account.number, holder="B")
            self.opinion.own_since[buyer.id] = self.now

    @rule()
    def an_account_is_closed(self) -> None:
        self._tick()
        Creator.objects.filter(pk=self.promotion.creators[3].pk, closed_from=None).update(closed_from=self.now)

    @rule(name=st.sampled_from(WHAT_FOLLOWS), pick=st.integers(0, 999))
    def something_follows(self, name: str, pick: int) -> None:
        self._act(lambda: ACTS[name](self.promotion.market, pick))
        if name == "credit":
            self.opinion.credited_at = self.now

    @rule(hours=st.sampled_from(HOURS))
    def time_passes(self, hours: float) -> None:
        self.partner.charge, self.partner.is_away = ChargeStatus.PENDING, False
        PaymentIntent.objects.filter(provider_reference="").update(provider_reference="ch1")
        self.now += timedelta(hours=hours)
        time_passes(self.now)
        self.opinion.credited_at = self.now

    @invariant()
    def everyone_earns_what_they_must(self) -> None:
        with clock.stopped_at(self.now):
            assert not (wrong := self.opinion.differences()), "; ".join(wrong)

    def _tick(self) -> None:
        self.now += timedelta(seconds=1)

    def _act(self, act: Callable[[], object]) -> None:
        self._tick()
        with clock.stopped_at(self.now), suppress(Refusal):
            act()

    def _wish(self, name: str, pick: int, typed: str) -> tuple[Waiting, list[Clicked]]:
        """What the browser orders with the clicks that it can prove, and these as the second opinion knows them."""
        cast = self.promotion.market.casts[int(name[-1])]
        self._tick()
        self._open_checkout(name, self._wanted(pick))
        self._tick()
        clicks, seen = self._proven(name), self.opinion.browsers.shown(name, self.now)
        with clock.stopped_at(self.now):
            if typed:
                token = typed_code(self.promotion.links[pick % len(self.promotion.links)].code)
                clicks.append(token)
                seen.append(Clicked(self.now, token.click_id, token.link_id, is_typed=True))
            lines = cart_of_user(cast.buyer).lines.select_related("variant")
            wanted = [(line.variant, line.quantity) for line in lines]
            return Waiting(cast.buyer.id, asked_for(cast, *wanted), clicks), seen

    def _paid(self, purchase_id: uuid.UUID, seen: list[Clicked]) -> None:
        self.opinion.expect(purchase_id, seen, self.now)
        intent = PaymentIntent.objects.get(pays_for=purchase_id)
        receive_payment(charge_report(intent), intent.provider)

    def _programme(self, pick: int) -> Programme:
        programmes = self.promotion.programmes
        return Programme.objects.get(pk=programmes[pick % len(programmes)].pk)

    def _wanted(self, pick: int) -> dict[uuid.UUID, int]:
        variants = self.promotion.market.variants
        chosen = [n for n in range(len(variants)) if pick >> n & 1] or [1]
        return {variants[n].id: 1 + (pick + n) % 3 for n in chosen}

    def _open_checkout(self, name: str, wanted: dict[uuid.UUID, int]) -> None:
        buyer = self.promotion.market.casts[int(name[-1])].buyer
        with clock.stopped_at(self.now):
            for variant_id, quantity in wanted.items():
                add_to_cart(cart_of_user(buyer), variant_id, quantity, replacing=True)
            assert self.browsers[name].get("/checkout").status_code == 200
            in_cart = list(cart_of_user(buyer).lines.values_list("variant_id", flat=True))
        self.opinion.browsers.open_checkout(name, buyer.id, in_cart, self.now)

    def _proven(self, name: str) -> list[ClickToken]:
        request = RequestFactory().get("/")
        request.COOKIES = {COOKIE: self._cookie(name)}
        with clock.stopped_at(self.now):
            return list(remembered_clicks(request))

    def _cookie(self, name: str) -> str:
        held = self.browsers[name].cookies.get(COOKIE)
        return held.value if held else ""


def _placed_together(wishes: Sequence[Waiting]) -> Sequence[Outcome]:
    """What `flows/place_purchase/lane.py` does, on the connection of this test."""
    terms, driver = current_terms(), connection.connection
    with transaction.atomic():
        answers = pipeline.run(driver, read.questions(wishes, terms.at, holds_stock=True))
        outcomes = decide(wishes, read.facts_of(answers, terms.at), terms)
        if accepted := [outcome for outcome in outcomes if isinstance(outcome, Accepted)]:
            pipeline.run(driver, write.statements(accepted, terms))
    return outcomes


_PLACES = {"app": IN_TIKTOK, "phone": PHONE, "laptop": PHONE}


class TestAnyPromotion(TestCase):
    def test_any_promotion_is_as_a_second_opinion_says(self) -> None:
        run(AnyPromotion, examples=3, steps=25)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(2))
def test_many_long_promotions_are_too(part: int) -> None:
    """Always the same ones, so that what falls can be met again."""
    run(seed(part)(type(f"Promotion{part}", (AnyPromotion,), {})), examples=5, steps=40)


def run(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck)),
    )
