"""What names people goes once the law has it kept no longer: five years of trade, ten of money. Nothing goes of what is open,
and the books stay right."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from lapak.affiliates.models import Creator
from lapak.affiliates.queries import persons
from lapak.affiliates.withholding.commands import issue_slips
from lapak.affiliates.withholding.models import Slip, TaxIdentity
from lapak.books import records
from lapak.books.commands import check_books
from lapak.books.records import secure_database
from lapak.compliance.law import LAW
from lapak.compliance.outlived import OUTLIVED
from lapak.compliance.report import report
from lapak.compliance.words import WORDS
from lapak.flows import put_away
from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.pay_out import confirm_payout, hand_over, send_due_payouts
from lapak.flows.put_away import put_away_outlived
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tests.every_state import ORDER_IN
from lapak.flows.tests.one_of_each import one_of_each
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.owner import as_owner
from lapak.lib.private import private_storage
from lapak.moderation.models import Case, CaseEvent, CaseReport
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.models import GatewayMessage
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.taxes.letters import accept_letter, end_letter
from lapak.money.taxes.models import Taxpayer, Withholding
from lapak.people.privacy.rules import FINANCE_KEPT, PUT_AWAY, TRADE_KEPT, YEAR
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount
from lapak.people.users.queries import bank_accounts_of_user, newest_accounts
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.complaints import complaint_about
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.moderation import goods_taken_down
from lapak.testing.taxes import on, set_from, stated
from lapak.trade.complaints.commands import withdraw_complaint
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order, OrderContract, OrderEvent, Purchase
from lapak.trade.returns.models import Return, ReturnEvent, ReturnPicture
from lapak.trade.returns.pictures import keep_pictures

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def years_went_by(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database believes that it is eleven years later and judges by that what is old enough, until these tests are done."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "NOW", "(now() + interval '4018 days')")
        with as_owner():
            secure_database()
        yield
    with django_db_blocker.unblock(), as_owner():
        secure_database()


@pytest.fixture
def old_market(years_went_by: None, cast: Cast, variant: Variant) -> Cast:
    """An order in every state, a return with pictures, a complaint, a payout, a slip and a message."""
    for order_in in ORDER_IN.values():
        order_in(cast)
    back = asked_return(cast, delivered_order(cast, (variant, 1)))
    keep_pictures(cast.buyer, back, ["returns/seam.webp"])
    complaint_about(cast, paid_order(cast, (variant, 1)))
    goods_taken_down(cast)
    TaxIdentity.objects.create(creator=cast.creator, name="Ceu Edoh", number="3273010101900001", changed_at=clock.now())
    delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    message, _ = record_message("sandbox", "evt_1", "charge.paid", {"name": "Buyer"})
    GatewayMessage.objects.filter(id=message.id).update(processed_at=clock.now())
    return cast


def all_is_over(cast: Cast) -> None:
    """Each clock has run out, and what is owed is paid."""
    began = clock.now()
    for order in Order.objects.filter(state="awaiting_payment"):
        cancel_unpaid_purchase(cast.buyer, order.purchase_id, "no")
    for order in Order.objects.filter(state="shipped"):
        confirm_receipt(cast.buyer, order.id)
    for days in (1, 10, 20, 40, 60, 90, 120):
        with clock.stopped_at(began + days * DAY):
            run_due_clocks()
    with clock.stopped_at(began + 121 * DAY):
        if complaint := Complaint.objects.filter(ended_at=None).first():
            withdraw_complaint(cast.buyer, complaint.id)
        send_due_payouts(None, "bank_file")
        for payout in Payout.objects.filter(status=Payout.Status.SENT):
            confirm_payout(None, payout.id)
        issue_slips()


def outlived_by_law() -> bool:
    (line,) = report(clock.today(), [rule for rule in LAW if rule.id == "PMSE-KEEP"])
    return "put_away" in [each.proof.name for each in line.missing]


def recipients() -> list[str]:
    return [purchase.address["recipient"] for purchase in Purchase.objects.all()]


def test_nothing_goes_of_what_is_open_however_old(old_market: Cast) -> None:
    before = recipients()
    with clock.stopped_at(clock.now() + 11 * YEAR):
        gone = put_away_outlived()
    assert recipients() == before
    assert not OrderContract.objects.filter(body={}).exists()
    assert Return.objects.get().words != PUT_AWAY
    assert Complaint.objects.get().words != PUT_AWAY
    assert {name for name, rows in gone.items() if rows} <= {"messages", "bank_accounts"}


def test_after_six_years_trade_goes_and_money_stays(old_market: Cast) -> None:
    began = clock.now()
    all_is_over(old_market)
    with clock.stopped_at(began + 4 * YEAR):
        assert not any(put_away_outlived().values())
    with clock.stopped_at(began + 6 * YEAR):
        assert outlived_by_law()
        gone = put_away_outlived()
        assert not outlived_by_law()
        assert not any(put_away_outlived().values())
        assert not check_books(None).differences
    assert set(recipients()) == {""}
    assert all(purchase.address["province_code"] for purchase in Purchase.objects.all())
    assert Return.objects.get().words == PUT_AWAY
    assert not ReturnPicture.objects.exists()
    assert not ReturnEvent.objects.exclude(words="").exists()
    assert Complaint.objects.get().words == PUT_AWAY
    assert (Case.objects.get().words, CaseReport.objects.get().words) == (PUT_AWAY, PUT_AWAY)
    assert not CaseEvent.objects.exclude(words="").exists()
    assert (gone["contracts"], gone["bank_accounts"], gone["slips"], gone["messages"]) == (0, 0, 0, 0)
    assert not OrderContract.objects.filter(body={}).exists()
    assert BankAccount.objects.filter(payouts__isnull=False).exclude(number="").exists()


def test_after_eleven_years_money_says_nothing_of_anybody(old_market: Cast) -> None:
    began = clock.now()
    all_is_over(old_market)
    Shop.objects.update(bank_account=None)
    Creator.objects.update(bank_account=None)
    orders = Order.objects.count()
    assert Slip.objects.get().name
    assert Payout.objects.exists()
    with clock.stopped_at(began + 11 * YEAR):
        put_away_outlived()
        assert not outlived_by_law()
        assert not check_books(None).differences
    assert Order.objects.count() == OrderContract.objects.filter(body={}).count() == orders
    assert not OrderEvent.objects.exclude(reason="").exists()
    assert set(Slip.objects.values_list("name", "tax_number")) == {("", "")}
    assert set(BankAccount.objects.filter(payouts__isnull=False).values_list("number", "holder")) == {("", "")}
    assert GatewayMessage.objects.get(event_id="evt_1").body == {}


def test_a_night_that_is_broken_off_goes_on_the_next(old_market: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    began = clock.now()
    all_is_over(old_market)
    monkeypatch.setattr(put_away, "AT_ONCE", 2)
    monkeypatch.setattr(put_away, "MOST_A_NIGHT", 1)
    purchases = Purchase.objects.count()
    with clock.stopped_at(began + 6 * YEAR):
        assert put_away_outlived()["addresses"] == 2
        assert recipients().count("") == 2
        for _night in range(purchases):
            put_away_outlived()
        assert recipients().count("") == purchases


def test_an_open_complaint_keeps_its_order_as_it_is(years_went_by: None, cast: Cast, variant: Variant) -> None:
    order = delivered_order(cast, (variant, 1))
    all_is_over(cast)
    before = recipients()
    complaint_about(cast, order)
    with clock.stopped_at(clock.now() + 11 * YEAR):
        put_away_outlived()
    assert recipients() == before
    assert OrderContract.objects.get().body


def test_once_old_enough_they_can_only_be_emptied(old_market: Cast) -> None:
    changes: list[Callable[[], object]] = [
        lambda: Complaint.objects.update(words="Another one."),
        lambda: Complaint.objects.update(words=PUT_AWAY, topic="other"),
        lambda: OrderContract.objects.update(body={"parties": {}}),
        lambda: OrderContract.objects.update(body={}, shop_id=old_market.buyer.id),
        lambda: OrderEvent.objects.update(reason="", happened_at=clock.now()),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_each_class_has_its_hand() -> None:
    assert put_away._EMPTY.keys() | WORDS.keys() == OUTLIVED.keys()


@pytest.mark.unsound_books
def test_the_database_lets_the_words_of_every_class_go_and_nothing_else_come(years_went_by: None, cast: Cast) -> None:
    one_of_each(cast)
    for words in WORDS.values():
        rows = words.rows(clock.now() + 20 * YEAR)
        with transaction.atomic():
            rows.update(**words.empty)
            transaction.set_rollback(True)
        frozen = {
            column
            for record in records.RECORDS
            if record.table == words.model._meta.db_table
            for column in record.frozen
        }
        if set(words.columns) & frozen and rows.exists():
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**dict.fromkeys(words.columns, "other"))


def test_whom_taxes_were_withheld_from_and_their_letters_go(years_went_by: None, cast: Cast, variant: Variant) -> None:
    set_from(cast, clock.today() + DAY, is_on=True)
    began = clock.now()
    with on(clock.today() + DAY):
        letter = accept_letter(cast.operator, stated(cast).id)
        end_letter(cast.operator, letter.id, "The NIK is another's.")
    with on(clock.today() + 2 * DAY):
        confirm_receipt(cast.buyer, delivered_order(cast, (variant, 1)).id)
        send_due_payouts(cast.operator, "bank_file")
        hand_over(PayoutBatch.objects.get().id)
        for payout in Payout.objects.all():
            confirm_payout(None, payout.id)
    files = [str(each.file.name) for each in (letter, PayoutBatch.objects.get())]
    Shop.objects.update(is_open=False, bank_account=None)
    with clock.stopped_at(began + 9 * YEAR):
        put_away_outlived()
    assert Withholding.objects.get().tax_number
    with clock.stopped_at(began + 12 * YEAR), TestCase.captureOnCommitCallbacks(execute=True):
        put_away_outlived()
        assert not check_books(None).differences
    assert (Withholding.objects.get().tax_name, Withholding.objects.get().tax_number) == ("", "")
    assert (Taxpayer.objects.get().name, Taxpayer.objects.get().number) == ("", "")
    letter.refresh_from_db()
    assert (letter.file.name, letter.number, letter.reason) == ("", "", "")
    assert not [name for name in files if private_storage().exists(name)]


def test_one_class_that_fails_holds_up_no_other(old_market: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    began = clock.now()
    all_is_over(old_market)
    monkeypatch.setitem(put_away._EMPTY, "addresses", lambda _ids: 1 / 0)
    with clock.stopped_at(began + 6 * YEAR), pytest.raises(ExceptionGroup):
        put_away_outlived()
    assert "" not in recipients()
    assert Complaint.objects.get().words == PUT_AWAY


def test_an_account_without_a_number_is_offered_to_nobody(years_went_by: None, cast: Cast, variant: Variant) -> None:
    began = clock.now()
    confirm_receipt(cast.buyer, delivered_order(cast, (variant, 1)).id)
    with clock.stopped_at(began + timedelta(days=1)):
        send_due_payouts(None, "bank_file")
        for payout in Payout.objects.filter(status="sent"):
            confirm_payout(None, payout.id)
    Shop.objects.update(bank_account=None)
    with clock.stopped_at(began + 11 * YEAR):
        put_away_outlived()
        assert BankAccount.objects.filter(user=cast.seller, number="").exists()
        assert not bank_accounts_of_user(cast.seller)
        assert not newest_accounts([cast.seller.id])
        assert persons([cast.seller.id])[cast.seller.id].bank_accounts == frozenset()


@pytest.mark.parametrize("began", [date(2019, 11, 28), date(2024, 2, 28), date(2027, 3, 28)])
def test_ten_years_are_no_day_less(began: date) -> None:
    assert began + FINANCE_KEPT.on(began) >= date(began.year + 10, began.month, 28)
    assert began + TRADE_KEPT.on(began) >= date(began.year + 5, began.month, 28)
