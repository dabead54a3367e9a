"""What everybody reads of Lapak's fees."""

import pytest
from django.test import Client

from lapak.testing.cast import Cast
from lapak.testing.fees import WORDS, cheaper_fees, dearer_fees

pytestmark = pytest.mark.django_db


def test_the_first_fees_and_their_contract(client: Client) -> None:
    page = client.get("/fees", headers={"accept-language": "en"}).text
    assert "Fees no. 1" in page
    assert "in force today" in page
    contract = client.get("/fees/1.pdf")
    assert contract.headers["Content-Type"] == "application/pdf"
    assert contract.content.startswith(b"%PDF")


def test_what_is_announced_stands_there_with_its_day_and_categories(client: Client, cast: Cast) -> None:
    schedule = dearer_fees(cast)
    page = client.get("/fees", headers={"accept-language": "en"}).text
    for words in ("Fees no. 2", WORDS, "Electronics", "2.5%", "All other goods", f"{schedule.begins_on.year}"):
        assert words in page
    assert client.get("/fees/2.pdf").status_code == 200


def test_there_is_no_contract_of_what_is_not_there(client: Client) -> None:
    assert client.get("/fees/9.pdf").status_code == 404


def test_in_indonesian(client: Client, cast: Cast) -> None:
    cheaper_fees(cast)
    page = client.get("/fees", headers={"accept-language": "id"}).text
    assert "Biaya layanan no. 2" in page
    assert "1,5%" in page
