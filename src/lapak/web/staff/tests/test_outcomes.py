"""What became of a partner's report is kept whole, and read in words."""

import pytest
from django.test import Client
from django.utils.translation import override

from lapak.flows.process_message import process_message
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.models import GatewayMessage
from lapak.money.gateways.rules import ReportOutcome
from lapak.web.staff.outcomes import OUTCOMES, outcome_in_words

ALL = [outcome for kind in ReportOutcome.__subclasses__() for outcome in kind]


def test_every_outcome_has_words_and_fits_its_column() -> None:
    longest = GatewayMessage._meta.get_field("outcome").max_length or 0
    assert len(ALL) > 30
    assert set(OUTCOMES) == {str(outcome) for outcome in ALL}
    assert {outcome for outcome in ALL if len(outcome) > longest} == set()


@pytest.mark.django_db
def test_the_operator_reads_it_in_their_language(operator: Client) -> None:
    message, _is_new = record_message("sandbox", "msg_1", "merchant.updated", {})
    process_message(message.id)
    message.refresh_from_db()
    assert message.outcome == "ignored: unknown kind"
    page = f"/staff/gateways/gatewaymessage/{message.pk}/change/"
    with override("id"):
        words = outcome_in_words(message.outcome)
    assert words == "Bukan tentang Lapak"
    operator.cookies["django_language"] = "id"
    for path in ("/staff/gateways/gatewaymessage/?outcome=ignored%3A+unknown+kind", page):
        shown = operator.get(path).text
        assert words in shown, path
        assert "unknown kind<" not in shown, path
