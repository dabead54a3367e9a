"""What notices say: every fact in both languages, in whole sentences, with a page that exists; and nothing hostile."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.notices.facts import FACTS, Fact
from lapak.people.notices.models import Notice
from lapak.people.notices.rules import MAY_BE_OFF, Reader, Topic
from lapak.people.notices.words import name_in_a_line, one_line, sentence_of_ours, words_of

SAID = {
    "number": "0482-7391-5026", "amount_idr": 115_000, "shop": "Batik Sekar", "slug": "batik-sekar", "courier": "JNE",
    "person": "Dina",
    "tracking": "JX1", "reason": "Not packed in time.", "bank": "Bank BCA", "tail": "7890", "payout": "0001-0002-0003",
    "rate_bp": 1250, "rate_before_bp": 1000, "order_id": str(new_id()), "return_id": str(new_id()),
    "dispute_id": str(new_id()), "line_id": str(new_id()), "goods": "Kemeja Batik Parang", "stars": 4,
    "name": "Ceu Edoh", "code": new_id().hex, "review_id": str(new_id()), "past_review_id": "7",
    "commission_id": str(new_id()), "finding_id": str(new_id()), "closing_id": str(new_id()),
    "sample_id": str(new_id()), "post_id": str(new_id()), "offer_id": str(new_id()),
    "channel_id": str(new_id()), "creator": "@ceu-edoh", "channel": "TikTok: @ceu.edoh",
    "consent_id": str(new_id()), "schedule": 2,
    "complaint_id": str(new_id()), "complaint": "8368-0819-8786",
    "case_id": str(new_id()),
    "breach_id": str(new_id()), "breach": "8368-0819-8786",
    "count": 3,

}  # fmt: skip
DEADLINE = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)


def notice(fact: str, **said: str) -> Notice:
    return Notice(fact=fact, said=SAID | said, deadline=DEADLINE)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS.keys())
def test_every_fact_is_whole_in_both_languages(fact: Fact, language: str) -> None:
    with override(language):
        words = words_of(notice(fact.code))

    assert not re.search(r"%(?<!\d%)", f"{words.says} {words.more} {words.until}"), "a placeholder is left"
    assert len(words.says) <= 110, "a subject is read on a phone"
    assert words.act
    assert words.path.startswith("/")
    assert not fact.until or "28 November 2026, 15.00 WIB" in words.until


def test_every_kind_of_reader_and_every_topic_has_facts() -> None:
    assert {fact.read_as for fact in FACTS.values()} == set(Reader)
    assert {fact.topic for fact in FACTS.values()} == set(Topic)


def test_whatever_ends_by_itself_against_its_reader_always_comes() -> None:
    """Who may lose by silence, and every word about where money goes, cannot be switched off."""
    ends = {code for code, fact in FACTS.items() if code.endswith("_soon") or "account" in code or "payout" in code}
    by_choice = {code for code in ends if FACTS[code].topic in MAY_BE_OFF}
    assert by_choice == {
        "case_soon",
        "case_complaint_soon",
        "case_post_soon",
        "case_dispute_soon",
        "case_finding_soon",
        "case_showcase_soon",
        "case_account",
        "invitation_soon",
    }  # the operator's own desks, and an offer that takes nothing away when it ends


def test_a_sentence_of_ours_is_in_the_readers_language() -> None:
    with override("id"):
        assert words_of(notice("late_cancelled")).more == "Tidak dikemas tepat waktu."
    with override("en"):
        assert words_of(notice("late_cancelled")).more == "Not packed in time."


@pytest.mark.parametrize("fact", ["order_delivered", "new_order", "return_approved", "return_asked"])
def test_once_its_time_is_over_an_act_is_no_longer_offered(fact: str) -> None:
    with override("en"):
        with clock.stopped_at(DEADLINE):
            assert not words_of(notice(fact)).act.startswith("See the ")
        with clock.stopped_at(DEADLINE + timedelta(seconds=1)):
            assert words_of(notice(fact)).act.startswith("See the ")


def test_without_a_deadline_nothing_is_said_of_one() -> None:
    told = Notice(fact="new_order", said=SAID, deadline=None)
    with override("en"):
        assert words_of(told).until == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Toko\r\nBcc: a@b.c", "Toko Bcc: a@b.c"),
        ("Toko\u2028baris\u0085baru\x0b!", "Toko baris baru !"),
        ("\u202eokoT \u2066x\u2069", "okoT x"),
        ("a\x00b\u200bc\ufeff", "abc"),
        ("  banyak \t spasi ", "banyak spasi"),
        ("%(number)s %s", "%(number)s %s"),
        ("😀 Toko Ceria", "😀 Toko Ceria"),
    ],
)
def test_a_line_stays_a_line(typed: str, shown: str) -> None:
    assert one_line(typed) == shown


def test_a_hostile_shop_cannot_break_the_line_it_is_named_in() -> None:
    with override("en"):
        says = words_of(notice("cancel_declined", shop="Toko\r\nBcc: victim@example.com\u202e", number="1")).says
    assert says == "Toko Bcc: victim@example.com sends order 1 all the same"


def test_a_long_name_is_cut() -> None:
    assert name_in_a_line("x" * 300) == "x" * 79 + "…"
    assert name_in_a_line("Batik Sekar") == "Batik Sekar"


def test_only_sentences_of_ours_are_handed_on() -> None:
    assert sentence_of_ours("Not packed in time.") == "Not packed in time."
    assert sentence_of_ours("Budi Santoso, Jl. Melati 5, called me") == ""
    assert sentence_of_ours("") == ""


def test_placeholders_that_people_type_are_not_filled() -> None:
    with override("en"):
        assert "%(amount)s" in words_of(notice("cancel_declined", shop="%(amount)s")).says
