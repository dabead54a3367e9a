"""What a commission is in the books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.postings import (
    commission_credited,
    commission_returned,
    commission_settled,
    commission_taken_back,
)
from lapak.affiliates.rates import commission_idr
from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import NewTransfer
from lapak.money.taxes.rules import pph21_idr, pph23_idr

INDIVIDUAL, COMPANY = Creator.TaxStatus.INDIVIDUAL, Creator.TaxStatus.COMPANY


def a_commission(amount_idr: int = 10_000, *, taxed_as: str = INDIVIDUAL) -> Commission:
    return Commission(
        order_id=new_id(), line_id=new_id(), shop_id=new_id(), creator_id=new_id(), amount_idr=amount_idr,
        taxed_as=taxed_as, credits=1,
    )  # fmt: skip


def moves(transfers: list[NewTransfer]) -> list[tuple[str, str, int]]:
    return [(transfer.debit.kind.value, transfer.credit.kind.value, transfer.amount_idr) for transfer in transfers]


def test_the_worked_example() -> None:
    commission = a_commission()
    assert moves([*commission_settled(commission, 10_000), *commission_credited(commission, 250)]) == [
        ("seller_payable", "creator_clearing", 10_000),
        ("creator_clearing", "creator_payable", 10_000),
        ("creator_payable", "tax_pph21", 250),
    ]


def test_a_companys_tax_is_pph23() -> None:
    assert moves(commission_credited(a_commission(taxed_as=COMPANY), 200))[1:] == [
        ("creator_payable", "tax_pph23", 200)
    ]


@pytest.mark.parametrize("taxed_as", [INDIVIDUAL, COMPANY])
def test_taken_back_is_the_same_way_back(taxed_as: str) -> None:
    commission = a_commission(taxed_as=taxed_as)
    there, back = commission_credited(commission, 250), commission_taken_back(commission, 250)
    assert [(t.debit, t.credit, t.amount_idr) for t in there] == [
        (t.credit, t.debit, t.amount_idr) for t in reversed(back)
    ]


def test_returned_to_the_shop() -> None:
    assert moves(commission_returned(a_commission(), 4_000, "denied")) == [
        ("creator_clearing", "seller_payable", 4_000)
    ]


def test_nothing_is_no_fact() -> None:
    assert commission_settled(a_commission(0), 0) == []


def test_each_transfer_names_its_people_and_its_order() -> None:
    commission = a_commission()
    settled, credited, tax = [*commission_settled(commission, 10_000), *commission_credited(commission, 250)]
    assert (settled.debit.owner, credited.credit.owner) == (str(commission.shop_id), str(commission.creator_id))
    assert tax.credit.owner == "platform"
    assert {settled.reference, credited.reference, tax.reference} == {commission.order_id}


def test_a_retry_has_the_same_ids_and_another_time_has_others() -> None:
    commission = a_commission()
    ids = {transfer.id for transfer in commission_credited(commission, 250)}
    assert ids == {transfer.id for transfer in commission_credited(commission, 250)}
    commission.credits = 2
    assert ids.isdisjoint(transfer.id for transfer in commission_credited(commission, 250))


@given(base_idr=st.integers(1, 10**12), rate_bp=st.integers(0, 8000), earned_idr=st.integers(0, 10**11))
def test_shop_creator_and_tax_share_the_base_to_the_last_rupiah(base_idr: int, rate_bp: int, earned_idr: int) -> None:
    gross = commission_idr(base_idr, rate_bp)
    for taxed_as, tax_idr in ((INDIVIDUAL, pph21_idr(gross, earned_idr)), (COMPANY, pph23_idr(gross))):
        commission = a_commission(gross, taxed_as=taxed_as)
        transfers = [*commission_settled(commission, gross), *commission_credited(commission, tax_idr)]
        change = dict.fromkeys(AccountKind, 0)
        for transfer in transfers:
            change[transfer.debit.kind] -= transfer.amount_idr
            change[transfer.credit.kind] += transfer.amount_idr
        assert change[AccountKind.SELLER_PAYABLE] == -gross >= -base_idr
        assert change[AccountKind.CREATOR_PAYABLE] >= 0
        assert change[AccountKind.CREATOR_CLEARING] == 0
        assert sum(change.values()) == 0
        assert all(transfer.amount_idr > 0 for transfer in transfers)
