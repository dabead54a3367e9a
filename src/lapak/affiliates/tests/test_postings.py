"""What a commission is in the books."""

from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.postings import commission_settled, commission_transfer_ids
from lapak.affiliates.rules import commission_idr
from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import NewTransfer
from lapak.money.taxes.rules import pph21_idr, pph23_idr

ORDER, LINE, SHOP, CREATOR = (new_id() for _ in range(4))


def settled(amount_idr: int, *, pph21: int = 0, pph23: int = 0) -> list[NewTransfer]:
    return commission_settled(
        order_id=ORDER, line_id=LINE, shop_id=SHOP, creator_id=CREATOR,
        commission_idr=amount_idr, pph21_idr=pph21, pph23_idr=pph23,
    )  # fmt: skip


def moves(transfers: list[NewTransfer]) -> list[tuple[str, str, int]]:
    return [(transfer.debit.kind.value, transfer.credit.kind.value, transfer.amount_idr) for transfer in transfers]


def test_the_worked_example() -> None:
    assert moves(settled(10_000, pph21=250)) == [
        ("seller_payable", "creator_payable", 10_000),
        ("creator_payable", "tax_pph21", 250),
    ]


def test_a_companys_tax_is_pph23() -> None:
    assert moves(settled(10_000, pph23=200))[1:] == [("creator_payable", "tax_pph23", 200)]


def test_nothing_is_no_fact() -> None:
    assert settled(0) == []


def test_each_transfer_names_its_people_and_its_order() -> None:
    commission, tax = settled(10_000, pph21=250)
    assert (commission.debit.owner, commission.credit.owner, tax.credit.owner) == (str(SHOP), str(CREATOR), "platform")
    assert {commission.reference, tax.reference} == {ORDER}


def test_a_retry_has_the_same_ids_and_another_line_has_others() -> None:
    ids = [transfer.id for transfer in settled(10_000, pph21=250, pph23=1)]
    assert (
        ids == [transfer.id for transfer in settled(10_000, pph21=250, pph23=1)] == commission_transfer_ids(ORDER, LINE)
    )
    assert not set(ids) & set(commission_transfer_ids(ORDER, new_id()))


@given(base_idr=st.integers(1, 10**12), rate_bp=st.integers(0, 8000), earned_idr=st.integers(0, 10**11))
def test_shop_creator_and_tax_share_the_base_to_the_last_rupiah(base_idr: int, rate_bp: int, earned_idr: int) -> None:
    gross = commission_idr(base_idr, rate_bp)
    for taxed in ({"pph21": pph21_idr(gross, earned_idr)}, {"pph23": pph23_idr(gross)}):
        transfers = settled(gross, **taxed)
        change = dict.fromkeys(AccountKind, 0)
        for transfer in transfers:
            change[transfer.debit.kind] -= transfer.amount_idr
            change[transfer.credit.kind] += transfer.amount_idr
        assert change[AccountKind.SELLER_PAYABLE] == -gross >= -base_idr
        assert change[AccountKind.CREATOR_PAYABLE] >= 0
        assert sum(change.values()) == 0
        assert all(transfer.amount_idr > 0 for transfer in transfers)
