"""What is told goes by mail: in the reader's language, gathered, with the way to end it; and no mail server harms anybody."""

import smtplib
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from pytest_django import Settings

from lapak.flows.models import StuckAct
from lapak.flows.tell_people import mail as mails
from lapak.flows.tell_people.mail import GIVEN_UP_AFTER, send_mails, write_mails
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.notices.commands import Telling, choose_mails, tell, write_mail
from lapak.people.notices.letters import SHOWN
from lapak.people.notices.models import Mail, Notice
from lapak.people.notices.rules import GATHERED_FOR, MAY_WAIT, Topic
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
NUMBER = "0482-7391-5026"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.BASE_URL = "https://lapak.example"
    settings.CONTACT_EMAIL = "tanya@lapak.example"
    settings.DEFAULT_FROM_EMAIL = "Lapak <tanya@lapak.example>"


@pytest.fixture
def now() -> datetime:
    return clock.now()


def told(reader: User, fact: str, *, shop: Shop | None = None, count: int = 1, called: str = "Batik Sekar") -> None:
    said = {"number": NUMBER, "order_id": str(new_id()), "return_id": str(new_id()), "amount_idr": 115_000}
    said |= {"slug": "batik-sekar", "shop": called, "reason": "", "courier": "JNE", "tracking": "JX1"}
    tell(
        [
            Telling(
                fact=fact,
                reader_id=reader.id,
                about_id=new_id(),
                happened_at=clock.now(),
                said=said,
                deadline=clock.now() + timedelta(days=2),
                shop_id=shop.id if shop else None,
            )
            for _ in range(count)
        ]
    )


def write_at(moment: datetime) -> list[Mail]:
    with clock.stopped_at(moment):
        write_mails()
    return list(Mail.objects.order_by("written_at", "id"))


class TestWriting:
    def test_a_mail_says_the_fact_the_deadline_and_the_act(self, cast: Cast, now: datetime) -> None:
        told(cast.buyer, "order_paid")
        (written,) = write_at(now + GATHERED_FOR + SECOND)
        assert written.to == cast.buyer.email
        assert written.subject == f"Pembayaran pesanan {NUMBER} sudah diterima"
        for text in (written.text, written.html):
            assert "Rp115.000" in text
            assert "WIB" in text
            assert "https://lapak.example/orders/" in text
            assert "tanya@lapak.example" in text
            assert "https://lapak.example/account/mails" in text
        assert "http://" not in written.html.replace("https://", "")
        assert "<a href=" not in written.text

    def test_it_is_in_its_readers_language(self, cast: Cast, now: datetime) -> None:
        User.objects.filter(id=cast.buyer.id).update(language="en")
        told(cast.buyer, "order_paid")
        (written,) = write_at(now + GATHERED_FOR + SECOND)
        assert written.subject == f"Your payment for order {NUMBER} has arrived"
        assert "Hello Buyer," in written.text
        assert '<html lang="en">' in written.html

    def test_what_comes_within_minutes_is_one_mail(self, cast: Cast, now: datetime) -> None:
        told(cast.buyer, "order_cancelled", count=3)
        told(cast.buyer, "refund_owed")
        (written,) = write_at(now + GATHERED_FOR + SECOND)
        assert written.subject == f"Pesanan {NUMBER} dibatalkan, dan 3 lainnya"
        assert written.text.count("Rp115.000") == 1
        assert len(write_at(now + timedelta(hours=1))) == 1

    def test_nothing_is_written_before_others_may_have_come(self, cast: Cast, now: datetime) -> None:
        told(cast.buyer, "order_paid")
        assert write_at(now + SECOND) == []

    def test_what_one_can_do_without_waits_longer(self, cast: Cast, now: datetime) -> None:
        told(cast.seller, "new_order", shop=cast.shop, count=40)
        assert write_at(now + GATHERED_FOR + SECOND) == []
        (written,) = write_at(now + MAY_WAIT + SECOND)
        assert written.text.count("Kemas pesanan: ") == SHOWN
        assert "Dan 20 lainnya: https://lapak.example/notices" in written.text

    def test_a_storm_is_one_mail_each(self, cast: Cast, now: datetime) -> None:
        told(cast.seller, "late_cancelled", shop=cast.shop, count=1000)
        told(cast.buyer, "order_cancelled", count=1000)
        assert len(write_at(now + GATHERED_FOR + SECOND)) == 2

    def test_shop_and_buyer_are_not_mixed(self, cast: Cast, now: datetime) -> None:
        told(cast.seller, "late_cancelled", shop=cast.shop)
        told(cast.seller, "order_cancelled")
        written = write_at(now + GATHERED_FOR + SECOND)
        assert len(written) == 2
        assert [each for each in written if "Lapak · Batik Sekar" in each.text]

    def test_one_tap_ends_what_may_end_and_nothing_else(self, cast: Cast, now: datetime) -> None:
        told(cast.buyer, "order_shipped")
        (written,) = write_at(now + MAY_WAIT + SECOND)
        assert written.headers["List-Unsubscribe"].startswith("<https://lapak.example/mails/off/")
        assert written.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        told(cast.seller, "late_cancelled", shop=cast.shop)
        must_come = write_at(now + timedelta(hours=1))[-1]
        assert must_come.headers == {}
        assert "/mails/off/" not in must_come.text

    def test_who_has_switched_it_off_gets_none(self, cast: Cast, now: datetime) -> None:
        choose_mails(cast.buyer.id, [Topic.CASES])
        told(cast.buyer, "order_shipped")
        assert write_at(now + timedelta(hours=1)) == []

    def test_a_closed_account_gets_none(self, cast: Cast, now: datetime) -> None:
        told(cast.buyer, "order_paid")
        User.objects.filter(id=cast.buyer.id).update(is_active=False)
        assert write_at(now + timedelta(hours=1)) == []
        assert not Notice.objects.filter(mail_at__isnull=False).exists()

    def test_names_neither_break_the_subject_nor_are_obeyed(self, cast: Cast, now: datetime) -> None:
        User.objects.filter(id=cast.buyer.id).update(name="<b>Sari</b>\r\nBcc: x@y.z")
        told(cast.buyer, "cancel_declined", called="Toko\r\nBcc: x@y.z \u202e<script>")
        (written,) = write_at(now + timedelta(hours=1))
        assert "\n" not in written.subject
        assert "\u202e" not in written.subject
        assert "<script>" not in written.html
        assert "<b>Sari" not in written.html
        send_mails()
        assert django_mail.outbox[0].message()["Bcc"] is None

    def test_one_that_cannot_be_written_keeps_no_other_from_it(self, cast: Cast, now: datetime) -> None:
        told(cast.buyer, "order_paid")
        told(cast.seller, "late_cancelled", shop=cast.shop)
        Notice.objects.filter(reader_id=cast.buyer.id).update(said={})
        assert [written.to for written in write_at(now + timedelta(hours=1))] == [cast.seller.email]
        assert StuckAct.all_of("write mails").get().subject_id == cast.buyer.id


def letter(to: str = "sari@example.com") -> Mail:
    return write_mail(to=to, subject="Halo", text="Isi", html="<p>Isi</p>", headers={"List-Unsubscribe": "<https://x>"})


class Server:
    """A mail server that does as it is told for each mail, in order."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.taken: list[str] = []

    def open(self) -> None:
        return None

    def close(self) -> None:
        return None

    def send_messages(self, messages: list[Any]) -> int:
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.taken += [message.to[0] for message in messages]
        return len(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Server]:
    def put(*answers: Exception | None) -> Server:
        put_there = Server(*answers)
        monkeypatch.setattr("lapak.people.notices.posting.get_connection", lambda: put_there)
        return put_there

    return put


class TestSending:
    def test_sent_once_and_then_forgotten(self) -> None:
        written = letter()
        assert send_mails() == 1
        assert send_mails() == 0
        (sent,) = django_mail.outbox
        assert (sent.to, sent.from_email, sent.reply_to) == (
            ["sari@example.com"],
            "Lapak <tanya@lapak.example>",
            ["tanya@lapak.example"],
        )
        message = sent.message()
        assert message["Message-ID"] == f"<{written.id}@lapak.example>"
        assert message["List-Unsubscribe"] == "<https://x>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
        written.refresh_from_db()
        assert (written.state, written.text, written.html) == ("sent", "", "")

    def test_refused_for_good_is_given_up_and_seen(self, server: Callable[..., Server]) -> None:
        refused, taken = letter("nobody@example.com"), letter()
        put = server(smtplib.SMTPRecipientsRefused({"nobody@example.com": (550, b"no such user")}))
        assert send_mails() == 2
        refused.refresh_from_db()
        assert refused.state == "failed"
        assert "no such user" in refused.failure
        assert put.taken == [taken.to]

    def test_refused_for_now_is_tried_again_after_a_growing_pause(self, server: Callable[..., Server]) -> None:
        waiting, _taken = letter(), letter()
        put = server(smtplib.SMTPRecipientsRefused({"sari@example.com": (450, b"mailbox busy")}))
        assert send_mails() == 1
        stuck = StuckAct.all_of(mails.STUCK_AS).get()
        assert (stuck.subject_id, stuck.failures) == (waiting.id, 1)
        assert send_mails() == 0
        with clock.stopped_at(stuck.next_try_at + SECOND):
            assert send_mails() == 1
        assert len(put.taken) == 2
        assert not StuckAct.objects.exists()

    @pytest.mark.parametrize(
        "trouble",
        [
            TimeoutError("timed out"),
            ConnectionResetError("reset"),
            smtplib.SMTPServerDisconnected("gone"),
            smtplib.SMTPAuthenticationError(535, b"wrong password"),
        ],
    )
    def test_a_server_that_is_away_or_hangs_is_left_alone_and_seen(
        self, server: Callable[..., Server], trouble: Exception
    ) -> None:
        for _ in range(3):
            letter()
        put = server(trouble)
        assert send_mails() == 0
        assert put.taken == []
        stuck = StuckAct.all_of(mails.SERVER).get()
        assert stuck.error
        assert send_mails() == 0  # too soon
        assert put.taken == []
        with clock.stopped_at(stuck.last_failed_at + timedelta(minutes=2)):
            assert send_mails() == 3
        assert not StuckAct.objects.exists()

    def test_a_server_that_cannot_be_reached(self, monkeypatch: pytest.MonkeyPatch) -> None:
        written = letter()

        def refuse(self: object) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
        assert send_mails() == 0
        written.refresh_from_db()
        assert written.state == "waiting"
        assert StuckAct.all_of(mails.SERVER).exists()

    def test_a_real_server_that_accepts_and_then_says_nothing(self, settings: Settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
            settings.EMAIL_TIMEOUT = 0.1
            written = letter()
            assert send_mails() == 0
        written.refresh_from_db()
        assert written.state == "waiting"
        assert "ServerAway" in StuckAct.all_of(mails.SERVER).get().error

    def test_after_three_days_it_is_given_up(self, server: Callable[..., Server]) -> None:
        with clock.stopped_at(clock.now() - GIVEN_UP_AFTER - SECOND):
            written = letter()
        put = server()
        assert send_mails() == 0
        written.refresh_from_db()
        assert (written.state, written.text) == ("failed", "")
        assert put.taken == []

    def test_a_run_ends_in_time_for_the_next(
        self, server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(5):
            letter()
        server()
        moments = iter([0.0, 1.0, 2.0, 100.0, 101.0])
        monkeypatch.setattr("time.monotonic", lambda: next(moments, 102.0))
        assert send_mails() == 2

    def test_sent_twice_by_a_crash_it_bears_the_same_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Killed(BaseException):
            pass

        def die(_mail_id: object) -> None:
            raise Killed

        letter()
        with monkeypatch.context() as patch:
            patch.setattr(mails, "mark_sent", die)
            with pytest.raises(Killed):
                send_mails()
        send_mails()
        first, second = django_mail.outbox
        assert first.message()["Message-ID"] == second.message()["Message-ID"]

    def test_an_address_that_cannot_be_written_keeps_no_other_from_being_sent(self) -> None:
        bad, _good = letter("a\u00e9 b@"), letter()
        send_mails()
        bad.refresh_from_db()
        assert [each.to for each in django_mail.outbox][-1] == ["sari@example.com"]
