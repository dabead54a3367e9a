"""What is recorded stands: the database refuses to change it, and the application cannot talk it out of that."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from lapak.affiliates.integrity.models import AppealPicture
from lapak.affiliates.models import Commission
from lapak.affiliates.terms.commands import set_budget, set_special_rate
from lapak.affiliates.withholding.commands import issue_slips, withhold
from lapak.books.records import RECORDS, Record, missing_guards
from lapak.flows.answer_dispute import amend_dispute
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.correct_fact import correct_fact
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.withheld_back import refund_pph22
from lapak.lib import clock
from lapak.lib.owner import as_owner, may_do_too_much
from lapak.moderation.models import CasePicture
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.contract import ChargeReport
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.disputes import add_late_win
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payments.rules import Status
from lapak.money.remittances.commands import remit
from lapak.money.taxes.letters import accept_letter
from lapak.moving.past.reporting import report_past_review
from lapak.people.audit.chain import chain_changes
from lapak.people.privacy.consents import give_consent
from lapak.people.privacy.erasures import ask_for_erasure
from lapak.people.privacy.rules import Purpose
from lapak.people.settings.commands import take_setting_back
from lapak.people.shops.members import invite_member
from lapak.people.users.looking import begin_look
from lapak.testing.breaches import recorded_breach
from lapak.testing.cast import asked_for, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.complaints import complaint_about
from lapak.testing.fees import objection
from lapak.testing.findings import closing_proposed, finding_in
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.market import dispute_report
from lapak.testing.moderation import goods_taken_down
from lapak.testing.past import past_review
from lapak.testing.payees import asked_release
from lapak.testing.posts import taken_post
from lapak.testing.profiles import shown_channel
from lapak.testing.samples import asked_sample
from lapak.testing.settings import coming_setting
from lapak.testing.taxes import stated, withheld_yesterday
from lapak.trade.returns.pictures import keep_pictures
from lapak.trade.reviews.hiding import dismiss_reports
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import write_review

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]  # a fee is taken back


@pytest.fixture
def market(db: None) -> None:
    """A row in nearly every table of records."""
    cast = assemble_cast()
    variant = stocked_variant(cast.shop)
    set_special_rate(cast.seller, cast.programme, variant.product, 1_100)
    set_budget(cast.seller, cast.programme, 1_000_000)
    asked_sample(cast, variant)
    taken_post(cast, variant)
    shown_channel(cast)
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    confirm_receipt(cast.buyer, order.id)
    review = write_review(cast.buyer, order.lines.get().id, stars=5)
    dismiss_reports(cast.operator, report_review(cast.stranger, review.id, "insult").review_id, "It may be said.")
    report_past_review(cast.stranger, past_review(variant.product).pk, "insult")
    send_due_payouts(None, "sandbox")
    cancel_paid_order(cast.seller, paid_order(cast, (variant, 1)).id, "Not packed in time.")
    withhold(cast.creator.id, cast.creator.tax_status, [10_000], clock.now())
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        issue_slips()
    keep_pictures(cast.buyer, asked_return(cast, delivered_order(cast, (variant, 1))), ["returns/seam.webp"])
    invite_member(cast.seller, cast.shop.id, email=cast.stranger.email, role="finance")
    disputed = PaymentIntent.objects.get(pays_for=delivered_order(cast, (variant, 1)).purchase_id)
    for status in ("opened", "lost"):
        receive_dispute(dispute_report(disputed, status=status, reference="dp1"), "sandbox")
    add_late_win(Dispute.objects.get(provider_reference="dp1"))
    other = PaymentIntent.objects.get(pays_for=delivered_order(cast, (variant, 1)).purchase_id)
    receive_dispute(dispute_report(other, status="opened", reference="dp2"), "sandbox")
    amend_dispute(
        cast.operator, Dispute.objects.get(provider_reference="dp2").id, 1_000, "They told us the wrong amount."
    )
    attempt = PaymentIntent.objects.get(pays_for=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), []))
    receive_payment(ChargeReport(attempt.id, Status.PAID, attempt.amount_idr + 1, 0, clock.now()), "sandbox")
    record_message("sandbox", "evt_1", "charge.paid", {})
    courier = AccountKey(AccountKind.COURIER_PAYABLE, order.courier)
    remit(cast.operator, courier.id, 15_000, reference="B1", paid_on=clock.now().date())
    fee = Transfer.objects.get(reference=order.id, code="fee")
    correct_fact(cast.operator, [fee.id], "Waived.")
    closing_proposed(cast.creator)
    finding = finding_in(cast.creator, commissions=list(Commission.objects.all()[:1]))
    AppealPicture.objects.create(finding=finding, file="appeals/live.webp", added_at=clock.now())
    chain_changes()
    complaint_about(cast)
    CasePicture.objects.create(case=goods_taken_down(cast), file="moderation/live.webp", added_at=clock.now())
    give_consent(cast.buyer, Purpose.CLICKS, version=1)
    objection(cast)
    asked_release(cast)
    recorded_breach(cast.operator)
    withheld_yesterday(cast)
    yesterday = clock.today() - timedelta(days=1)
    refund_pph22(cast.operator, first_day=yesterday, last_day=yesterday, words="It was suspended.")
    accept_letter(cast.operator, stated(cast).id)
    ask_for_erasure(cast.buyer)
    begin_look(cast.operator, cast.buyer.id, reason="They lost an order.")
    take_setting_back(cast.operator, coming_setting(cast.operator).id)


def execute(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def columns(record: Record) -> list[str]:
    with connection.cursor() as cursor:
        all_of_it = [column.name for column in connection.introspection.get_table_description(cursor, record.table)]
    return [*record.frozen, *record.once] or all_of_it


def test_the_scene_has_records_to_change(market: None) -> None:
    empty = [record.table for record in RECORDS if not execute(f"SELECT FROM {record.table} LIMIT 1")]
    assert empty == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.table)
def test_no_frozen_column_changes_and_no_record_goes(market: None, record: Record) -> None:
    for column in columns(record):
        if execute(f'SELECT FROM {record.table} WHERE "{column}" IS NOT NULL'):
            if record.frozen or record.once:  # to nothing at all: whatever type it is, that is another value
                with pytest.raises(IntegrityError, match="append-only"):
                    execute(f'UPDATE {record.table} SET "{column}" = NULL WHERE "{column}" IS NOT NULL')
            else:
                with pytest.raises(IntegrityError, match="append-only"):
                    execute(f'UPDATE {record.table} SET "{column}" = "{column}"')
    if not record.deletable and execute(f"SELECT FROM {record.table}"):
        with pytest.raises(IntegrityError, match="append-only"):
            execute(f"DELETE FROM {record.table}")
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"):
        execute(f"TRUNCATE {record.table} CASCADE")


@pytest.mark.parametrize("record", [each for each in RECORDS if each.fades], ids=lambda record: record.table)
def test_what_fades_does_not_before_its_time(market: None, record: Record) -> None:
    for fade in record.fades:
        if execute(f"SELECT FROM {record.table} WHERE {fade.column} <> {fade.empty}"):
            with pytest.raises(IntegrityError, match="append-only"):
                execute(f"UPDATE {record.table} SET {fade.column} = {fade.empty}")


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE ledger_transfer DISABLE TRIGGER ALL",
        "DROP TRIGGER record_kept ON ledger_transfer",
        "DROP TABLE ledger_transfer CASCADE",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "ALTER TABLE ledger_transfer OWNER TO CURRENT_USER",
        "SET ROLE lapak",
        "CREATE TABLE of_my_own (id int)",
        "DELETE FROM django_migrations",
    ],
)
def test_the_plain_role_can_do_nothing_about_it(statement: str) -> None:
    if may_do_too_much():
        pytest.skip("DATABASE_URL names the owner")
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        execute(statement)


def test_the_guards_are_there_and_a_missing_one_is_noticed() -> None:
    assert missing_guards() == []
    with as_owner(), transaction.atomic():
        execute("ALTER TABLE ledger_transfer DISABLE TRIGGER record_kept")
        execute("DROP TRIGGER record_unchanged ON orders_order")
        noticed = {(guard.table, guard.name) for guard in missing_guards()}
        transaction.set_rollback(True)
    assert noticed == {("ledger_transfer", "record_kept"), ("orders_order", "record_unchanged")}


def test_the_owner_is_known_to_do_too_much() -> None:
    with as_owner():
        assert may_do_too_much()
    assert may_do_too_much() == (settings.OWNER_DATABASE.get("USER") == settings.DATABASES["default"].get("USER"))
