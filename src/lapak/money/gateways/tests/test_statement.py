"""A partner's statement is whole, or it is none."""

import uuid

import pytest

from lapak.lib import clock
from lapak.money.gateways.contract import Movement, MovementKind, StatementOfDays

ID = uuid.UUID("01930f5e-0000-7000-8000-00000000000a")


def line(amount_idr: int, reference: str = str(ID)) -> Movement:
    return Movement(clock.now(), MovementKind.PAYMENT, reference, amount_idr)


def test_its_movements_lead_from_the_first_balance_to_the_last() -> None:
    assert len(StatementOfDays(5, 12, [line(10), line(-3)]).movements) == 2


def test_one_with_a_page_missing_is_none() -> None:
    with pytest.raises(ValueError, match="do not lead"):
        StatementOfDays(5, 12, [line(10)])


@pytest.mark.parametrize("spelt", [str(ID), str(ID).upper(), ID.hex, f"{{{ID}}}"])
def test_our_id_is_found_however_it_is_spelt(spelt: str) -> None:
    assert line(1, spelt).our_id == ID


@pytest.mark.parametrize("word", ["", "MONTHLY-FEE", "1"])
def test_a_word_of_theirs_is_none_of_ours(word: str) -> None:
    assert line(1, word).our_id is None
