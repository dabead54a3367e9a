"""The house pays couriers and the state, and takes its fee: never more than is owed, never the same payment twice."""

import threading
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.money.remittances.errors import (
    AboveWhatIsOwed,
    DayRefused,
    NotOwedByTheHouse,
    NtpnRefused,
    ReferenceMissing,
    ReferenceUsed,
    RemittanceNotFound,
    RemittanceUndone,
    UndoingUnexplained,
)
from lapak.money.remittances.models import Remittance
from lapak.money.remittances.queries import dues, late_dues
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order, paid_order
from lapak.testing.market import dispute_report
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

COURIER = AccountKey(AccountKind.COURIER_PAYABLE, "jne")
VAT = AccountKey(AccountKind.TAX_VAT, PLATFORM)
PPH21 = AccountKey(AccountKind.TAX_PPH21, PLATFORM)
FEE = AccountKey(AccountKind.PLATFORM_FEE, PLATFORM)
CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")
NTPN = "0A1B2C3D4E5F6G7H"


def today() -> date:
    return clock.now().astimezone(clock.WIB).date()


def pay(by: User, key: AccountKey, amount_idr: int, **said: Any) -> Remittance:
    typed: dict[str, Any] = {"reference": "B1", "paid_on": today()} | said
    return remit(by, key.id, amount_idr, **typed)


class TestPaid:
    def test_so_much_less_is_owed_and_at_the_gateway(self, cast: Cast, settled: None) -> None:
        cash_idr = balance_idr(CASH)
        paid = pay(cast.operator, COURIER, 10_000, reference=" WD-77 ")
        assert (paid.reference, paid.paid_from, paid.noted_by) == ("WD-77", "sandbox", cast.operator)
        assert (balance_idr(COURIER), balance_idr(CASH)) == (5_000, cash_idr - 10_000)

    def test_a_tax_with_its_receipt(self, cast: Cast, settled: None) -> None:
        paid = pay(cast.operator, PPH21, 250, ntpn=NTPN.lower())
        assert (paid.ntpn, balance_idr(PPH21)) == (NTPN, 0)

    def test_of_its_fee_the_house_takes_what_it_has_not_spent(self, cast: Cast, settled: None) -> None:
        """Rp2.000 less the Rp805 that the gateway has had: the rest of the cash is others'."""
        with refused(AboveWhatIsOwed, match=r"Rp1\.195"):
            pay(cast.operator, FEE, 1_196)
        pay(cast.operator, FEE, 1_195)
        owed = [AccountKey(AccountKind.SELLER_PAYABLE, str(cast.shop.id)), COURIER, VAT, PPH21]
        owed.append(AccountKey(AccountKind.CREATOR_PAYABLE, str(cast.creator.id)))
        assert balance_idr(CASH) == sum(map(balance_idr, owed))

    def test_nothing_of_its_fee_while_a_bank_has_more_of_the_cash(self, cast: Cast, settled: None) -> None:
        other = paid_order(cast, (stocked_variant(cast.shop), 1))
        disputed = PaymentIntent.objects.get(pays_for=other.purchase_id)
        receive_dispute(dispute_report(disputed, status="opened", reference="dp1"), "sandbox")
        with refused(AboveWhatIsOwed):
            pay(cast.operator, FEE, 1)

    def test_undone_it_is_owed_again_and_may_be_noted_anew(self, cast: Cast, settled: None) -> None:
        cash_idr = balance_idr(CASH)
        slip = pay(cast.operator, COURIER, 1_500)
        undo_remittance(cast.operator, slip.id, " A zero was missing. ")
        slip.refresh_from_db()
        assert (slip.undone_by, slip.undone_because) == (cast.operator, "A zero was missing.")
        assert (balance_idr(COURIER), balance_idr(CASH)) == (15_000, cash_idr)
        pay(cast.operator, COURIER, 15_000)
        assert balance_idr(COURIER) == 0


class TestRefused:
    @pytest.mark.parametrize("amount_idr", [15_001, 0, -1])
    def test_more_than_is_owed_and_nothing(
        self, cast: Cast, settled: None, nothing_written: None, amount_idr: int
    ) -> None:
        with refused(AboveWhatIsOwed):
            pay(cast.operator, COURIER, amount_idr)

    @pytest.mark.parametrize("reference", ["", "  ", "x" * 65])
    def test_without_a_reference(self, cast: Cast, settled: None, nothing_written: None, reference: str) -> None:
        with refused(ReferenceMissing):
            pay(cast.operator, COURIER, 1, reference=reference)

    @pytest.mark.parametrize(
        ("key", "ntpn"), [(PPH21, ""), (PPH21, "123"), (PPH21, "0A1B-2C3D-4E5F-6"), (COURIER, NTPN), (FEE, NTPN)]
    )
    def test_a_tax_without_its_receipt_and_what_has_none(
        self, cast: Cast, settled: None, nothing_written: None, key: AccountKey, ntpn: str
    ) -> None:
        with refused(NtpnRefused):
            pay(cast.operator, key, 1, ntpn=ntpn)

    def test_a_day_to_come(self, cast: Cast, settled: None, nothing_written: None) -> None:
        with refused(DayRefused):
            pay(cast.operator, COURIER, 1, paid_on=today() + timedelta(days=1))

    def test_what_payouts_pay(self, cast: Cast, settled: None, nothing_written: None) -> None:
        for key in (AccountKey(AccountKind.SELLER_PAYABLE, str(cast.shop.id)), CASH):
            with refused(NotOwedByTheHouse):
                pay(cast.operator, key, 1)

    def test_strangers(self, cast: Cast, settled: None, nothing_written: None) -> None:
        for by in (cast.buyer, cast.seller, cast.creator_user, cast.stranger):
            with refused(NotOwedByTheHouse):
                pay(by, COURIER, 1)

    def test_an_account_that_does_not_exist(self, cast: Cast, settled: None, nothing_written: None) -> None:
        with refused(NotOwedByTheHouse):
            remit(cast.operator, uuid.uuid4(), 1, reference="B1", paid_on=today())


class TestTwice:
    @pytest.fixture
    def paid(self, cast: Cast, settled: None) -> Remittance:
        return pay(cast.operator, PPH21, 100, ntpn=NTPN)

    @pytest.mark.parametrize(
        ("key", "said"),
        [
            (COURIER, {}),
            (PPH21, {"ntpn": "9" * 16}),
            (PPH21, {"reference": "B2", "ntpn": NTPN}),
            (VAT, {"reference": "B2", "ntpn": NTPN}),
        ],
    )
    def test_the_same_reference_or_receipt(
        self, cast: Cast, paid: Remittance, nothing_written: None, key: AccountKey, said: dict[str, str]
    ) -> None:
        with refused(ReferenceUsed):
            pay(cast.operator, key, 1, **said)

    def test_undone_once(self, cast: Cast, paid: Remittance) -> None:
        undo_remittance(cast.operator, paid.id, "A slip.")
        with refused(RemittanceUndone):
            undo_remittance(cast.operator, paid.id, "A slip.")
        assert balance_idr(PPH21) == 250

    @pytest.mark.parametrize("words", ["", " ", "x" * 201])
    def test_not_undone_without_words(self, cast: Cast, paid: Remittance, nothing_written: None, words: str) -> None:
        with refused(UndoingUnexplained):
            undo_remittance(cast.operator, paid.id, words)

    def test_not_undone_by_strangers(self, cast: Cast, paid: Remittance, nothing_written: None) -> None:
        for by in (cast.buyer, cast.seller, cast.creator_user, cast.stranger):
            with refused(RemittanceNotFound):
                undo_remittance(by, paid.id, "A slip.")
        with refused(RemittanceNotFound):
            undo_remittance(cast.operator, uuid.uuid4(), "A slip.")


class TestDues:
    def test_the_worked_example(self, settled: None) -> None:
        found = {due.kind: (due.balance_idr, due.most_idr) for due in dues()}
        assert found == {
            "tax_pph21": (250, 250),
            "tax_vat": (220, 220),
            "courier_payable": (15_000, 15_000),
            "platform_fee": (2_000, 1_195),
        }

    def test_what_is_paid_is_owed_no_longer(self, cast: Cast, settled: None) -> None:
        pay(cast.operator, COURIER, 15_000)
        assert AccountKind.COURIER_PAYABLE not in {due.kind for due in dues()}

    def test_what_came_first_is_paid_first(self, cast: Cast, settled: None) -> None:
        later = clock.now() + timedelta(days=40)
        first = next(due.since for due in dues() if due.kind is AccountKind.COURIER_PAYABLE)
        with clock.stopped_at(later):
            _settle_another(cast)
            since = [due.since for due in dues() if due.kind is AccountKind.COURIER_PAYABLE]
            assert since == [first]
            pay(cast.operator, COURIER, 14_999)
            assert [due.since for due in dues() if due.kind is AccountKind.COURIER_PAYABLE] == [first]
            pay(cast.operator, COURIER, 1, reference="B2")
            assert [due.since for due in dues() if due.kind is AccountKind.COURIER_PAYABLE] == [later]

    def test_a_tax_is_late_after_its_day_and_a_courier_never(self, cast: Cast, settled: None) -> None:
        assert not late_dues()
        with clock.stopped_at(clock.now() + timedelta(days=80)):
            assert {due.kind for due in late_dues()} == {AccountKind.TAX_PPH21, AccountKind.TAX_VAT}


def _settle_another(cast: Cast) -> None:
    confirm_receipt(cast.buyer, delivered_order(cast, (stocked_variant(cast.shop), 1)).id)


@pytest.mark.django_db(transaction=True)
def test_one_reference_at_once_for_two_parties(cast: Cast, settled: None) -> None:
    """The accounts are not the same: no lock holds one back, the database does."""
    together, answers = threading.Barrier(2), []

    def note(key: AccountKey, ntpn: str) -> None:
        together.wait()
        try:
            pay(cast.operator, key, 100, ntpn=ntpn)
        except Refusal as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=note, args=said) for said in ((COURIER, ""), (PPH21, NTPN))]
    _each(threads, threading.Thread.start)
    _each(threads, threading.Thread.join)
    assert answers == ["remittance_reference_used"]
    assert Remittance.objects.count() == 1


def _each(threads: list[threading.Thread], act: Callable[[threading.Thread], None]) -> None:
    for thread in threads:
        act(thread)
