"""A consent is given to words, taken back at any time, and asked again when the words change."""

from datetime import date, timedelta

import pytest

from lapak.lib import clock
from lapak.lib.dated import Dated
from lapak.people.privacy import rules
from lapak.people.privacy.consents import consents_of, consents_said, give_consent, has_consented, take_consent_back
from lapak.people.privacy.errors import AskedOtherwise, ConsentNotFound
from lapak.people.privacy.models import ConsentEvent
from lapak.people.privacy.rules import ASKED, Asked, Purpose
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def test_nobody_has_consented_who_was_not_asked(cast: Cast) -> None:
    assert not has_consented(cast.buyer, Purpose.CLICKS)
    assert [each.is_given for each in consents_of(cast.buyer)] == [False]


def test_yes_and_no_more_each_with_its_moment_and_its_words(cast: Cast) -> None:
    give_consent(cast.buyer, Purpose.CLICKS, version=1)
    give_consent(cast.buyer, Purpose.CLICKS, version=1)
    assert has_consented(cast.buyer, Purpose.CLICKS)
    assert not has_consented(cast.stranger, Purpose.CLICKS)
    later = clock.now() + timedelta(days=2)
    with clock.stopped_at(later):
        take_consent_back(cast.buyer, Purpose.CLICKS)
        take_consent_back(cast.buyer, Purpose.CLICKS)
    assert not has_consented(cast.buyer, Purpose.CLICKS)
    said = [(event.is_given, event.version) for event in consents_said(cast.buyer)]
    assert said == [(False, 1), (True, 1)]
    assert consents_said(cast.buyer)[0].happened_at == later


def test_other_words_are_asked_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    give_consent(cast.buyer, Purpose.CLICKS, version=1)
    first = ASKED[Purpose.CLICKS]
    changed = Asked(Dated(*first.version.steps, (date(2030, 1, 1), 2)), first.says, first.without)
    monkeypatch.setitem(rules.ASKED, Purpose.CLICKS, changed)
    assert has_consented(cast.buyer, Purpose.CLICKS)
    with clock.stopped_at(clock.now().replace(year=2031)):
        assert not has_consented(cast.buyer, Purpose.CLICKS)
        assert consents_of(cast.buyer)[0].is_asked_again
        with refused(AskedOtherwise):
            give_consent(cast.buyer, Purpose.CLICKS, version=1)
        give_consent(cast.buyer, Purpose.CLICKS, version=2)
        assert has_consented(cast.buyer, Purpose.CLICKS)


def test_what_nobody_is_asked(cast: Cast) -> None:
    with refused(ConsentNotFound):
        give_consent(cast.buyer, "advertising", version=1)
    with refused(ConsentNotFound):
        take_consent_back(cast.buyer, "advertising")
    assert not ConsentEvent.objects.exists()
