"""Who starts a market that nobody can write to, or that sends no mail, is told so."""

import pytest
from pytest_django import Settings

from lapak.cli.work import say_where_mail_goes
from lapak.lib.trouble import Trouble


@pytest.mark.parametrize("contact", ["", "halo@pasar.example"])
def test_a_market_without_a_contact_says_so_at_the_start(
    settings: Settings, capsys: pytest.CaptureFixture[str], contact: str
) -> None:
    settings.CONTACT_EMAIL = contact
    say_where_mail_goes()
    assert ("LAPAK_CONTACT_EMAIL is empty" in " ".join(capsys.readouterr().err.split())) is not bool(contact)


@pytest.mark.parametrize("host", ["", "smtp.pasar.example"])
def test_a_market_that_sends_no_mails_says_at_the_start_where_they_go(
    settings: Settings, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    settings.EMAIL_HOST, settings.CONTACT_EMAIL = host, "halo@pasar.example"
    say_where_mail_goes()
    assert (f"Mails are put into {settings.HOME}" in " ".join(capsys.readouterr().err.split())) is not bool(host)


@pytest.mark.parametrize(("security", "contact"), [("ssl", "halo@pasar.example"), ("tls", "")])
def test_mails_that_cannot_leave_stop_it(settings: Settings, security: str, contact: str) -> None:
    settings.EMAIL_HOST, settings.SMTP_SECURITY, settings.CONTACT_EMAIL = "smtp.pasar.example", security, contact
    with pytest.raises(Trouble):
        say_where_mail_goes()
