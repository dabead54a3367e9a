"""Who starts a market that nobody can write to is told so."""

import pytest
from pytest_django import Settings

from lapak.cli.work import say_where_mail_goes


@pytest.mark.parametrize("contact", ["", "halo@pasar.example"])
def test_a_market_without_a_contact_says_so_at_the_start(
    settings: Settings, capsys: pytest.CaptureFixture[str], contact: str
) -> None:
    settings.CONTACT_EMAIL = contact
    say_where_mail_goes()
    assert ("LAPAK_CONTACT_EMAIL is empty" in " ".join(capsys.readouterr().err.split())) is not bool(contact)
