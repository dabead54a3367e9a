"""What a rule saw: frozen before it is credited, decided, objected to; and where the money is meanwhile."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from lapak.affiliates.integrity import commands as integrity
from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.errors import (
    AnotherDecides,
    AppealPicturesRefused,
    FindingMoved,
    FindingNotFound,
    FindingWordsRefused,
    HeldByReview,
)
from lapak.affiliates.integrity.facts import Facts
from lapak.affiliates.integrity.models import AccountEvent, AppealPicture, Finding
from lapak.affiliates.integrity.queries import frozen_by_hand
from lapak.affiliates.integrity.rules import MOST_PICTURES
from lapak.affiliates.integrity.signs import RuleName, Sign
from lapak.affiliates.models import Commission
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.decide_finding import end_unopposed_finding, lift_finding, uphold_finding
from lapak.flows.review_commission import (
    deny_commission,
    freeze_commission,
    release_commission,
    release_undecided_commission,
)
from lapak.flows.tests.test_lock_order import locks_of_each_act
from lapak.flows.tests.test_review_commission import CREDITED, SETTLED, figures
from lapak.lib import clock
from lapak.lib.private import private_storage
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def a_picture() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "maroon").save(picture, "JPEG")
    return picture.getvalue()


@pytest.fixture
def sees_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that finds fault with whatever waits: which sales do is of signs.py."""

    def signs_in(facts: Facts) -> list[Sign]:
        waiting = frozenset(sale.commission_id for sale in facts.sales if sale.is_waiting)
        return [Sign(RuleName.SNIPING, {"orders": 1, "all_orders": 1, "buyers": 1}, {}, waiting)] if waiting else []

    monkeypatch.setattr(integrity, "signs_in", signs_in)


@pytest.fixture
def finding(cast: Cast, settled: Callable[..., Order], sees_all: None) -> Finding:
    settled()
    credit_creator(cast.creator.id)
    return Finding.objects.get()


@pytest.fixture
def second(cast: Cast) -> User:
    return User.objects.create_superuser("second@example.com", name="Second")


def stands(finding: Finding) -> tuple[str, str]:
    """The finding's state and its line's."""
    finding.refresh_from_db()
    return finding.state, Commission.objects.get().state


def later(days: float) -> None:
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        run_due_clocks()


class TestFreezing:
    def test_nothing_is_credited_that_a_rule_sees(self, cast: Cast, finding: Finding) -> None:
        assert (stands(finding), figures(cast)) == (("open", "frozen"), SETTLED)
        assert Commission.objects.get().reason == "Clicks at the moment of paying"
        assert credit_due_creators() == 0

    def test_what_no_rule_sees_is_credited(self, cast: Cast, settled: Callable[..., Order]) -> None:
        settled()
        assert credit_due_creators() == 1
        assert not Finding.objects.exists()

    def test_seen_again_it_belongs_to_the_open_one_whose_clock_runs_on(
        self, cast: Cast, finding: Finding, settled: Callable[..., Order]
    ) -> None:
        settled()
        with clock.stopped_at(clock.now() + timedelta(days=3)):
            credit_creator(cast.creator.id)
        assert (Finding.objects.get().act_by, finding.lines.count()) == (finding.act_by, 2)

    def test_a_rule_that_was_wrong_leaves_them_alone_for_a_while(
        self, cast: Cast, finding: Finding, settled: Callable[..., Order]
    ) -> None:
        lift_finding(cast.operator, finding.id, "A colleague's film.")
        settled()
        credit_creator(cast.creator.id)
        assert set(Commission.objects.values_list("state", flat=True)) == {"payable"}


class TestDeciding:
    def test_lifted_it_is_credited(self, cast: Cast, finding: Finding) -> None:
        lift_finding(cast.operator, finding.id, "A colleague's film.")
        credit_creator(cast.creator.id)
        assert (stands(finding), figures(cast)) == (("lifted", "payable"), CREDITED)

    def test_upheld_nothing_is_denied_before_the_creator_could_object(self, cast: Cast, finding: Finding) -> None:
        uphold_finding(cast.operator, finding.id, "Nobody pays in four seconds.")
        assert (stands(finding), figures(cast)) == (("upheld", "frozen"), SETTLED)
        later(13)
        assert stands(finding) == ("upheld", "frozen")

    def test_unopposed_it_is_final_and_the_money_is_the_shops(self, cast: Cast, finding: Finding) -> None:
        uphold_finding(cast.operator, finding.id, "Nobody pays in four seconds.")
        later(15)
        assert (stands(finding), figures(cast)) == (("final", "reversed"), {"seller_payable": 97_780})

    def test_undecided_it_is_lifted(self, cast: Cast, finding: Finding) -> None:
        later(15)
        credit_creator(cast.creator.id)
        assert (stands(finding), figures(cast)) == (("lifted", "payable"), CREDITED)

    def test_one_of_its_lines_is_not_decided_by_itself(self, cast: Cast, finding: Finding) -> None:
        commission = Commission.objects.get()
        assert not frozen_by_hand().exists()
        with refused(HeldByReview):
            release_commission(cast.operator, commission.pk)
        with refused(HeldByReview):
            deny_commission(cast.operator, commission.pk, "Fraud.")
        with clock.stopped_at(clock.now() + timedelta(days=15)), refused(HeldByReview):
            release_undecided_commission(commission.pk)

    def test_what_was_frozen_anew_by_hand_is_decided_by_hand(self, cast: Cast, finding: Finding) -> None:
        commission = Commission.objects.get()
        lift_finding(cast.operator, finding.id, "A colleague's film.")
        freeze_commission(cast.operator, commission.pk, "Another matter.")
        assert list(frozen_by_hand()) == [commission]
        release_commission(cast.operator, commission.pk)
        assert stands(finding) == ("lifted", "pending")

    def test_its_lines_are_locked_before_it_and_it_before_the_money(self, cast: Cast, finding: Finding) -> None:
        uphold_finding(cast.operator, finding.id, "Nobody pays in four seconds.")
        over = clock.now() + timedelta(days=15)
        with clock.stopped_at(over), CaptureQueriesContext(connection) as captured:
            end_unopposed_finding(finding.id, "There was no objection in time.")
        (locked,) = locks_of_each_act([query["sql"] for query in captured])
        assert locked == ["affiliates_commission", "integrity_finding", "ledger_account"]

    def test_everything_is_logged(self, cast: Cast, finding: Finding, second: User) -> None:
        uphold_finding(cast.operator, finding.id, "Four seconds.")
        appeal_finding(cast.creator_user, finding.id, "A live show.")
        lift_finding(second, finding.id, "So it was.")
        assert list(AccountEvent.objects.order_by("id").values_list("kind", "actor__name", "words")) == [
            ("found", None, ""),
            ("upheld", "Operator", "Four seconds."),
            ("appealed", "Creator", "A live show."),
            ("lifted", "Second", "So it was."),
        ]


class TestObjecting:
    @pytest.fixture
    def upheld(self, cast: Cast, finding: Finding) -> Finding:
        return uphold_finding(cast.operator, finding.id, "Nobody pays in four seconds.")

    def test_with_words_and_pictures(self, cast: Cast, upheld: Finding) -> None:
        appeal_finding(cast.creator_user, upheld.id, " A live show. ", [a_picture()])
        assert stands(upheld) == ("appealed", "frozen")
        assert upheld.appeal == "A live show."
        assert private_storage().exists(str(AppealPicture.objects.get().file.name))

    def test_once(self, cast: Cast, upheld: Finding) -> None:
        appeal_finding(cast.creator_user, upheld.id, "A live show.")
        with refused(FindingMoved):
            appeal_finding(cast.creator_user, upheld.id, "Once more.")

    def test_another_operator_decides(self, cast: Cast, upheld: Finding, second: User) -> None:
        appeal_finding(cast.creator_user, upheld.id, "A live show.")
        for decide in (lift_finding, uphold_finding):
            with refused(AnotherDecides):
                decide(cast.operator, upheld.id, "I stay with it.")
        uphold_finding(second, upheld.id, "There was no show.")
        assert (stands(upheld), figures(cast)) == (("final", "reversed"), {"seller_payable": 97_780})

    def test_without_an_answer_it_is_lifted(self, cast: Cast, upheld: Finding) -> None:
        appeal_finding(cast.creator_user, upheld.id, "A live show.")
        later(15)
        credit_creator(cast.creator.id)
        assert (stands(upheld), figures(cast)) == (("lifted", "payable"), CREDITED)

    def test_a_refused_one_leaves_no_picture(self, cast: Cast, upheld: Finding) -> None:
        for words, pictures, refusal in (
            ("", [a_picture()], FindingWordsRefused),
            ("x" * 1001, [a_picture()], FindingWordsRefused),
            ("A live show.", [a_picture()] * (MOST_PICTURES + 1), AppealPicturesRefused),
        ):
            with refused(refusal):
                appeal_finding(cast.creator_user, upheld.id, words, pictures)
        folder = f"appeals/{upheld.id.hex}"
        assert not private_storage().exists(folder) or private_storage().listdir(folder) == ([], [])

    def test_it_is_the_creators_alone(self, cast: Cast, upheld: Finding) -> None:
        for other in (cast.stranger, cast.seller, cast.operator, cast.buyer):
            with refused(FindingNotFound):
                appeal_finding(other, upheld.id, "A live show.", [a_picture()])


class TestAfterItsTime:
    """Before the clock has come by: silence has decided already."""

    def test_nothing_is_upheld(self, cast: Cast, finding: Finding, second: User) -> None:
        with clock.stopped_at(clock.now() + timedelta(days=14)), refused(FindingMoved):
            uphold_finding(cast.operator, finding.id, "Late.")
        uphold_finding(cast.operator, finding.id, "In time.")
        appeal_finding(cast.creator_user, finding.id, "No.")
        with clock.stopped_at(clock.now() + timedelta(days=14)):
            with refused(FindingMoved):
                uphold_finding(second, finding.id, "Late.")
            lift_finding(second, finding.id, "Late, and so it ends anyway.")
        assert stands(finding) == ("lifted", "pending")

    def test_nobody_objects(self, cast: Cast, finding: Finding) -> None:
        uphold_finding(cast.operator, finding.id, "So be it.")
        with clock.stopped_at(clock.now() + timedelta(days=14)), refused(FindingMoved):
            appeal_finding(cast.creator_user, finding.id, "Late.")


class TestRefusals:
    def test_it_is_the_operators_alone(self, cast: Cast, finding: Finding) -> None:
        for other in (cast.stranger, cast.seller, cast.creator_user):
            for decide in (lift_finding, uphold_finding):
                with refused(FindingNotFound):
                    decide(other, finding.id, "So be it.")

    @pytest.mark.parametrize("words", ["", "  ", "x" * 1001])
    def test_a_decision_has_words(self, cast: Cast, finding: Finding, words: str) -> None:
        for decide in (lift_finding, uphold_finding):
            with refused(FindingWordsRefused):
                decide(cast.operator, finding.id, words)

    def test_what_is_over_is_not_decided_again(self, cast: Cast, finding: Finding) -> None:
        lift_finding(cast.operator, finding.id, "A colleague's film.")
        for decide in (lift_finding, uphold_finding):
            with refused(FindingMoved):
                decide(cast.operator, finding.id, "After all.")
