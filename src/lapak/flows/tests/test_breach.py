"""A breach of people's data: recorded, told within 72 hours to whom it concerns, closed; and one that is told too late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from lapak.compliance.law import LAW
from lapak.compliance.report import Line, report
from lapak.flows.clocks import run_due_clocks
from lapak.flows.record_breach import record_breach
from lapak.flows.record_breach.traces import TRACES
from lapak.flows.tell_people.breaches import tell_people_of_breaches
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.notices.models import Mail, Notice
from lapak.people.privacy.breaches import (
    breach_for_person,
    call_off_breach,
    close_breach,
    note_authority_told,
    note_on_breach,
    publish_breach,
    reword_breach,
    tell_people_of_breach,
)
from lapak.people.privacy.erasures import ask_for_erasure
from lapak.people.privacy.errors import (
    AnotherCallsOff,
    BreachDataRefused,
    BreachMomentRefused,
    BreachMoved,
    BreachNotFound,
    BreachNotTold,
    BreachWordsRefused,
    NobodyConcerned,
    PeopleUnknown,
    TooManyListed,
    TraceRefused,
)
from lapak.people.privacy.models import Breach
from lapak.people.privacy.rules import MOST_LISTED
from lapak.people.users.models import User
from lapak.people.users.operators import OperatorRole
from lapak.testing.breaches import HOW, MEASURES, WORDS, breach_said, recorded_breach, told_breach
from lapak.testing.cast import Cast, operator_as
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def law_line() -> Line:
    (line,) = report(clock.today(), [rule for rule in LAW if rule.id == "PDP"])
    return line


def late_by_law() -> bool:
    return "breach" in [each.proof.name for each in law_line().missing]


def test_a_drill_from_recording_to_closing(cast: Cast) -> None:
    lawyer, began = operator_as(OperatorRole.LAW), clock.now()
    cast.stranger.language = "en"
    cast.stranger.save()
    tell_of_deadlines()
    breach = recorded_breach(lawyer, how_en="Somebody outside read a copy of the database.", is_for_the_public=True)
    assert (breach.tell_by, breach.people_count) == (breach.known_at + 72 * HOUR, User.objects.count())
    with clock.stopped_at(began + HOUR):
        tell_of_deadlines()
        assert Notice.objects.filter(fact="case_breach", reader_id=lawyer.id).exists()
        assert tell_people_of_breaches() == 0  # nobody has said so yet
        tell_people_of_breach(lawyer, breach.id)
        assert tell_people_of_breaches() == breach.people_count
        assert tell_people_of_breaches() == 0
    assert Mail.objects.count() == Notice.objects.filter(fact="breach").count() == breach.people_count
    theirs, others = Mail.objects.get(to=cast.stranger.email), Mail.objects.get(to=cast.buyer.email)
    assert "names and e-mail addresses" in theirs.text
    assert "Somebody outside read a copy" in theirs.text
    assert "nama dan alamat email" in others.text
    assert HOW in others.text
    assert MEASURES in others.text
    with clock.stopped_at(began + 2 * HOUR), refused(BreachNotTold):
        close_breach(lawyer, breach.id, WORDS)
    with clock.stopped_at(began + 3 * HOUR):
        note_authority_told(lawyer, breach.id, told_at=began + 2 * HOUR, words="Lewat surel, nomor 12/2026")
        with refused(BreachNotTold):
            close_breach(lawyer, breach.id, WORDS)
        publish_breach(lawyer, breach.id)
    with clock.stopped_at(began + 73 * HOUR):
        note_on_breach(lawyer, breach.id, "Semua kata sandi pengelola diganti.")
        closed = close_breach(lawyer, breach.id, WORDS)
        assert not closed.is_late
        assert not late_by_law()
    assert list(closed.events.order_by("happened_at", "id").values_list("kind", flat=True)) == [
        "recorded", "letters", "people", "authority", "published", "noted", "closed",
    ]  # fmt: skip


def test_told_too_late_the_law_is_not_kept_and_the_operator_hears_of_it(cast: Cast) -> None:
    tell_of_deadlines()
    breach = recorded_breach(cast.operator)
    tell_people_of_breach(cast.operator, breach.id)
    with clock.stopped_at(breach.known_at + 71 * HOUR):
        tell_people_of_breaches()
        tell_of_deadlines()
        assert not late_by_law()
    with clock.stopped_at(breach.known_at + 73 * HOUR):
        tell_of_deadlines()
        assert late_by_law()
        note_authority_told(cast.operator, breach.id, told_at=clock.now(), words="Lewat surel")
        close_breach(cast.operator, breach.id, WORDS)
        assert late_by_law()
    told = Notice.objects.filter(reader_id=cast.operator.id, fact__startswith="case_breach")
    assert set(told.values_list("fact", flat=True)) >= {"case_breach", "case_breach_soon", "case_breach_late"}
    with clock.stopped_at(breach.known_at + timedelta(days=366)):
        assert not late_by_law()


def test_a_letter_to_each_of_a_list_of_mails_and_orders(cast: Cast, variant: Variant) -> None:
    order = delivered_order(cast, (variant, 1))
    listed = f" {cast.stranger.email.upper()}\n{order.number}, {cast.buyer.email}"
    breach = recorded_breach(cast.operator, whose="listed", listed=listed)
    assert set(breach.people.values_list("user_id", flat=True)) == {cast.stranger.id, cast.buyer.id}
    tell_people_of_breach(cast.operator, breach.id)
    assert tell_people_of_breaches() == 2
    assert breach_for_person(cast.buyer, breach.id) == breach
    with refused(BreachNotFound):
        breach_for_person(cast.seller, breach.id)
    publish_breach(cast.operator, breach.id)
    with refused(BreachNotFound):  # of a public one everybody reads on the public page
        breach_for_person(cast.seller, breach.id)


def test_everybody_who_left_a_row_in_a_span_of_days(cast: Cast, variant: Variant) -> None:
    delivered_order(cast, (variant, 1))
    today = clock.today()
    span = {"whose": "traced", "traced_from": today - timedelta(days=1), "traced_until": today}
    assert [p.user for p in recorded_breach(cast.operator, trace="orders", **span).people.all()] == [cast.buyer]
    assert [p.user for p in recorded_breach(cast.operator, trace="shop_orders", **span).people.all()] == [cast.seller]
    for trace in TRACES.values():
        list(trace.users(today, today))  # each names columns that there are
    before = {**span, "traced_from": today - timedelta(days=9), "traced_until": today - timedelta(days=8)}
    with refused(NobodyConcerned):
        recorded_breach(cast.operator, trace="orders", **before)


def test_nobody_who_was_erased_is_written_to(cast: Cast) -> None:
    breach = recorded_breach(cast.operator, whose="listed", listed=f"{cast.stranger.email}\n{cast.buyer.email}")
    asked = ask_for_erasure(cast.stranger)
    with clock.stopped_at(asked.asked_at + 25 * HOUR):
        run_due_clocks()
        Mail.objects.all().delete()
        tell_people_of_breach(cast.operator, breach.id)
        assert tell_people_of_breaches() == 1
    assert [mail.to for mail in Mail.objects.all()] == [cast.buyer.email]
    breach.refresh_from_db()
    assert breach.people_told_at
    assert recorded_breach(cast.operator).people_count == User.objects.count() - 1


def test_what_the_letters_say_is_changed_until_the_first_goes_out(cast: Cast) -> None:
    breach = recorded_breach(cast.operator)
    said: dict[str, Any] = {
        "kinds": ["bank"],
        "how": HOW + " Dua kali.",
        "how_en": "",
        "measures": MEASURES,
        "measures_en": "",
    }
    reworded = reword_breach(cast.operator, breach.id, **said)
    assert reworded.kinds == ["bank"]
    assert HOW in breach.events.get(kind="reworded").words
    tell_people_of_breach(cast.operator, breach.id)
    with refused(BreachMoved):
        reword_breach(cast.operator, breach.id, **said)


def test_each_step_once(cast: Cast) -> None:
    breach = told_breach(cast.operator)
    publish_breach(cast.operator, breach.id)
    with refused(BreachMoved):
        tell_people_of_breach(cast.operator, breach.id)
    with refused(BreachMoved):
        note_authority_told(cast.operator, breach.id, told_at=clock.now(), words="Lagi")
    with refused(BreachMoved):
        publish_breach(cast.operator, breach.id)
    close_breach(cast.operator, breach.id, WORDS)
    with refused(BreachMoved):
        close_breach(cast.operator, breach.id, WORDS)


def test_not_by_operators_with_other_work_nor_by_strangers(cast: Cast) -> None:
    with refused(BreachNotFound):
        recorded_breach(cast.stranger)
    breach = recorded_breach(operator_as(OperatorRole.LAW))
    with refused(BreachNotFound):
        tell_people_of_breach(cast.seller, breach.id)


@pytest.mark.parametrize(
    ("refusal", "field", "changed"),
    [
        (BreachMomentRefused, "known_at", {"known_at": clock.now() + timedelta(days=1)}),
        (BreachMomentRefused, "began_at", {"began_at": clock.now() + timedelta(hours=1)}),
        (BreachDataRefused, "kinds", {"kinds": []}),
        (BreachDataRefused, "kinds", {"kinds": ["names", "shoes"]}),
        (BreachWordsRefused, "how", {"how": "So."}),
        (BreachWordsRefused, "measures", {"measures": "x" * 2_001}),
        (BreachWordsRefused, "how_en", {"how_en": "So."}),
        (PeopleUnknown, "listed", {"whose": "listed", "listed": "nobody@example.com"}),
        (PeopleUnknown, "listed", {"whose": "listed", "listed": "1234-5678-9012"}),
        (PeopleUnknown, "listed", {"whose": "listed", "listed": " "}),
        (TooManyListed, "listed", {"whose": "listed", "listed": "a@example.com\n" * (MOST_LISTED + 1)}),
        (NobodyConcerned, "whose", {"whose": "them"}),
        (TraceRefused, "trace", {"whose": "traced"}),
        (TraceRefused, "traced_from", {"whose": "traced", "trace": "orders"}),
        (TraceRefused, "traced_until", {"whose": "traced", "trace": "orders", "traced_from": clock.today()}),
    ],
)
def test_what_is_unfit_is_refused(
    cast: Cast, refusal: type[BreachWordsRefused], field: str, changed: dict[str, object]
) -> None:
    with refused(refusal) as found:
        record_breach(cast.operator, **breach_said(**changed))
    assert found.value.field == field


def test_the_database_keeps_the_order_of_steps_and_what_was_recorded(cast: Cast) -> None:
    breach = recorded_breach(cast.operator)
    for change in (
        {"closed_at": clock.now()},
        {"people_told_at": clock.now()},
        {"known_at": clock.now()},
        {"tell_by": clock.now() + timedelta(days=9)},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Breach.objects.filter(id=breach.id).update(**change)


def test_the_authority_is_not_told_before_it_was_known(cast: Cast) -> None:
    breach = recorded_breach(cast.operator)
    for moment in (breach.known_at - HOUR, clock.now() + HOUR):
        with refused(BreachMomentRefused):
            note_authority_told(cast.operator, breach.id, told_at=moment, words="Lewat surel")


def test_one_that_was_recorded_by_mistake_is_called_off_by_another(cast: Cast) -> None:
    lawyer = operator_as(OperatorRole.LAW)
    breach = recorded_breach(cast.operator)
    with refused(AnotherCallsOff):
        call_off_breach(cast.operator, breach.id, WORDS)
    with refused(BreachWordsRefused):
        call_off_breach(lawyer, breach.id, "no")
    called_off = call_off_breach(lawyer, breach.id, WORDS)
    assert called_off.closed_at
    acts: list[Callable[[], object]] = [
        lambda: tell_people_of_breach(lawyer, breach.id),
        lambda: note_authority_told(lawyer, breach.id, told_at=clock.now(), words="Lewat surel"),
        lambda: publish_breach(lawyer, breach.id),
        lambda: call_off_breach(lawyer, breach.id, WORDS),
        lambda: close_breach(lawyer, breach.id, WORDS),
    ]
    for act in acts:
        with refused(BreachMoved):
            act()
    with clock.stopped_at(breach.known_at + 73 * HOUR):
        assert not late_by_law()


def test_one_that_somebody_was_told_of_is_not_called_off(cast: Cast) -> None:
    breach = recorded_breach(cast.operator)
    tell_people_of_breach(cast.operator, breach.id)
    lawyer = operator_as(OperatorRole.LAW)
    with refused(BreachMoved):
        call_off_breach(lawyer, breach.id, WORDS)


def test_what_the_letters_said_before_stays_in_both_languages(cast: Cast) -> None:
    breach = recorded_breach(
        cast.operator, how_en="Somebody outside read a copy.", measures_en="Change your password soon."
    )
    reword_breach(cast.operator, breach.id, kinds=breach.kinds, how=HOW, how_en="", measures=MEASURES, measures_en="")
    kept = breach.events.get(kind="reworded").words
    assert HOW in kept
    assert "Somebody outside read a copy." in kept
    assert "Change your password soon." in kept


def test_where_there_is_one_operator_they_call_off_their_own(cast: Cast) -> None:
    breach = recorded_breach(cast.operator)
    assert call_off_breach(cast.operator, breach.id, WORDS).called_off_at
