"""The rows that are records: what happened, what was promised, which amount. The database refuses to change them.

To add one: a line in `RECORDS` below, by the table's name in the database. Named columns never change, those in `once`
not after they have a value; without either the whole row stands. No record is deleted, unless it says `deletable`.
`lapak migrate` and the tests' database make the triggers from this list; nobody but the owner can put them to rest
(lib/owner.py), and `lapak check-books` says when one is missing.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from lapak.lib import clock
from lapak.lib.dated import Dated
from lapak.lib.owner import let_plain_role_in
from lapak.people.privacy.rules import FINANCE_KEPT, PUT_AWAY, TRADE_KEPT

NOW = "now()"
"""The database's own moment, by which it judges what is old enough."""


@dataclass(frozen=True, slots=True)
class Old:
    """From when on something personal may be put away (flows/put_away.py), by a moment in SQL of the `{row}`."""

    kept: Dated[timedelta]
    moment: str

    def of(self, row: str) -> str:
        """The condition, of OLD or NEW."""
        return f"{self.moment.format(row=row)} < {NOW} - interval '{self.kept.on(clock.today()).days} days'"


@dataclass(frozen=True, slots=True)
class Fade:
    """A column that is emptied once its row is old enough, and not before; nothing else ever stands there."""

    column: str
    empty: str
    when: Old

    @property
    def is_allowed(self) -> str:
        return f"NEW.{self.column} = {self.empty} AND {self.when.of('OLD')}"


@dataclass(frozen=True, slots=True)
class Record:
    """A table of records, and which columns of it never change (all, when none is named), but for what `fades`; a row `goes` as a
    whole once it is old enough."""

    table: str
    frozen: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    deletable: bool = False
    fades: tuple[Fade, ...] = ()
    goes: Old | None = None


def _words(column: str, kept: Dated[timedelta], moment: str, empty: str = "''") -> Fade:
    return Fade(column, empty, Old(kept, f"{{row}}.{moment}"))


_ID_TIME = "to_timestamp(('x' || left(replace({row}.order_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)"
"""When a UUIDv7 was made (lib/ids.py: time_of_id): of a table that has no moment of its own."""


RECORDS = (
    Record("ledger_transfer"),
    Record("ledger_account"),
    Record("ledger_reversal"),
    Record(
        "fees_schedule",
        ("number", "begins_at", "announced_at", "announced_by_id", "words", "agreed_from"),
        once=("called_off_at",),
    ),
    Record("fees_schedulerate"),
    Record("fees_consent", ("schedule_id", "shop_id"), once=("agreed_at",)),
    Record("fees_consentevent", fades=(_words("words", FINANCE_KEPT, "happened_at"),)),
    Record("taxes_pph22step"),
    Record("users_look", ("by_id", "of_id", "reason", "begun_at", "ends_at"), once=("ended_at",)),
    Record(
        "settings_step",
        ("name", "value", "begins_on", "reason", "set_at", "set_by_id"),
        once=("taken_back_at", "taken_back_by_id"),
    ),
    Record(
        "taxes_withholding",
        fades=(_words("tax_name", FINANCE_KEPT, "withheld_at"), _words("tax_number", FINANCE_KEPT, "withheld_at")),
    ),
    Record("taxes_pph22refund", ("first_day", "last_day", "words", "decided_at", "decided_by_id")),
    Record(
        "taxes_letter",
        ("shop_id", "kind", "number", "first_day", "last_day", "file", "handed_in_at", "handed_in_by_id"),
        once=("accepted_at", "ended_at", "crossed_in", "crossed_from"),
        fades=(_words("file", FINANCE_KEPT, "last_day"), _words("number", FINANCE_KEPT, "last_day")),
    ),
    Record("orders_purchase", ("buyer_id", "idempotency_key", "total_idr")),
    Record(
        "orders_order",
        ("purchase_id", "buyer_id", "shop_id", "goods_idr", "shipping_idr", "fee_schedule_id", "fee_shares"),
        once=("paid_at", "settled_at", "pph22_bp", "pph22_refund_id"),
    ),
    Record("orders_ordercontract", fades=(Fade("body", "'{}'::jsonb", Old(FINANCE_KEPT, _ID_TIME)),)),
    Record("orders_orderline", ("order_id", "variant_id", "quantity", "unit_price_idr", "paid_idr", "fee_bp")),
    Record("orders_orderevent", fades=(_words("reason", FINANCE_KEPT, "happened_at"),)),
    Record("orders_paymentallocation"),
    Record("returns_returnline", ("of_return_id", "line_id", "quantity", "paid_idr")),
    Record("returns_returnevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record("returns_returnpicture", goes=Old(TRADE_KEPT, "{row}.added_at")),
    Record("reviews_review", ("line_id", "product_id", "shop_id", "author_id", "written_at"), deletable=True),
    Record("reviews_reviewevent"),
    Record(
        "reviews_reviewreport",
        ("review_id", "shop_id", "reporter_id", "reason", "words", "reported_at"),
        once=("decision_id",),
        deletable=True,
    ),
    Record(
        "complaints_complaint",
        ("author_id", "contact", "channel", "topic", "order_id", "shop_id", "words", "lodged_at"),
        once=("ended_at",),
        fades=(
            _words("contact", TRADE_KEPT, "lodged_at", f"'{PUT_AWAY}'"),
            _words("words", TRADE_KEPT, "lodged_at", f"'{PUT_AWAY}'"),
        ),
    ),
    Record("complaints_complaintevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record(
        "past_pastreviewreport",
        ("review_id", "shop_id", "reporter_id", "reason", "words", "reported_at"),
        once=("decision_id",),
        deletable=True,
    ),
    Record("catalogue_stockchange"),
    Record("payments_paymentintent", ("pays_for", "buyer_id", "provider", "method", "amount_idr"), once=("paid_at",)),
    Record("payments_refund", ("buyer_id", "order_id", "return_id", "amount_idr", "owed_at")),
    Record("payments_refundevent"),
    Record(
        "payments_dispute",
        ("intent_id", "provider", "provider_reference", "told_idr", "opened_at"),
        once=("ended_at", "won_back_at"),
    ),
    Record("payments_disputeamendment", fades=(_words("reason", FINANCE_KEPT, "amended_at"),)),
    Record("payments_latewin", ("dispute_id", "came_at"), once=("resolved_at", "resolved_by_id")),
    Record("payments_disputeshare", ("dispute_id", "order_id", "shop_id")),
    Record("payments_unexplainedreceipt", ("intent_id", "amount_idr")),
    Record(
        "gateways_gatewaymessage",
        ("provider", "event_id", "kind", "body", "received_at"),
        fades=(_words("body", FINANCE_KEPT, "received_at", "'{}'::jsonb"),),
    ),
    Record("payouts_payout", ("batch_id", "account_id", "bank_account_id", "amount_idr")),
    Record(
        "payouts_holdrelease",
        ("account_id", "changed_at", "words", "asked_by_id", "asked_at"),
        once=("agreed_by_id", "agreed_at"),
        fades=(_words("words", FINANCE_KEPT, "asked_at"),),
    ),
    Record("payouts_payoutevent"),
    Record("payouts_payoutitem", ("payout_id", "kind", "item_id", "amount_idr")),
    Record(
        "remittances_remittance",
        ("account_id", "amount_idr", "paid_from", "reference", "ntpn", "paid_on", "noted_at", "noted_by_id"),
        once=("undone_at", "undone_by_id"),
    ),
    Record("audit_change"),
    Record("audit_chainlink"),
    Record("privacy_consentevent"),
    Record("privacy_erasure", ("user_id", "asked_at", "answer_by"), once=("answered_at", "called_off_at", "erased_at")),
    Record(
        "privacy_breach",
        ("whose", "trace", "traced_from", "traced_until", "began_at", "known_at", "recorded_at", "tell_by"),
        once=("letters_from", "people_told_at", "authority_told_at", "published_at", "closed_at"),
    ),
    Record("privacy_breachedperson", ("breach_id", "user_id"), once=("told_at",)),
    Record("privacy_breachevent"),
    Record(
        "users_bankaccount",
        ("user_id", "bank_code", "number", "holder"),
        deletable=True,
        fades=(_words("number", FINANCE_KEPT, "created_at"), _words("holder", FINANCE_KEPT, "created_at")),
    ),
    Record(
        "affiliates_programmerate", ("programme_id", "rate_bp", "indirect_bp", "cap_idr", "ends_at", "announced_at")
    ),
    Record("terms_specialrate", ("programme_id", "category_id", "product_id", "rate_bp", "cap_idr", "announced_at")),
    Record("terms_budgetterm", ("programme_id", "amount_idr", "is_monthly", "announced_at")),
    Record("integrity_finding", ("creator_id", "rule", "found_at"), once=("lifted_at",)),
    Record("integrity_findingline"),
    Record("integrity_appealpicture", goes=Old(TRADE_KEPT, "{row}.added_at")),
    Record(
        "integrity_closing",
        ("creator_id", "finding_id", "words", "proposed_by_id", "proposed_at"),
        fades=(_words("words", TRADE_KEPT, "proposed_at"),),
    ),
    Record("integrity_accountevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record(
        "moderation_case",
        ("product_id", "shop_id", "creator_id", "shown", "opened_at"),
        once=("decided_at", "decided_by_id", "until", "finding_id", "appealed_at", "lifted_at"),
        fades=(_words("shown", TRADE_KEPT, "opened_at", "'{}'::jsonb"),),
    ),
    Record(
        "moderation_casereport",
        ("case_id", "reporter_id", "found_word", "reason", "words", "reported_at"),
        fades=(_words("words", TRADE_KEPT, "reported_at", f"'{PUT_AWAY}'"),),
    ),
    Record("moderation_casepicture", goes=Old(TRADE_KEPT, "{row}.added_at")),
    Record("moderation_caseevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record("contenders_contender"),
    Record(
        "withholding_slip",
        fades=(_words("name", FINANCE_KEPT, "issued_at"), _words("tax_number", FINANCE_KEPT, "issued_at")),
    ),
    Record(
        "samples_sample",
        ("shop_id", "creator_id", "variant_id", "price_idr", "words", "place", "asked_at"),
        fades=(_words("words", TRADE_KEPT, "asked_at"), _words("place", TRADE_KEPT, "asked_at")),
    ),
    Record("samples_sampleevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record(
        "posts_postoffer",
        ("shop_id", "product_id", "invited_id", "words", "fee_idr", "places", "made_at", "ends_at"),
    ),
    Record("posts_post", ("offer_id", "shop_id", "creator_id", "fee_idr", "taken_at"), once=("credited_at",)),
    Record("posts_postevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record("profiles_channel", ("creator_id", "platform", "address", "code", "named_at")),
    Record("profiles_channelevent", fades=(_words("words", TRADE_KEPT, "happened_at"),)),
    Record("affiliates_commission", ("line_id", "order_id", "shop_id", "creator_id", "share_bp", "rate_bp")),
)


def secure_database() -> None:
    """The database guards the records, and lets the plain role in; inside `as_owner` only, after migrating.

    Triggers that are as they should be are left alone: making one waits for everyone who writes to its table.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REFUSE_CHANGE)
        for guard in missing_guards():
            cursor.execute(guard.definition)
        let_plain_role_in()


def missing_guards() -> list["Guard"]:
    """The triggers that are not there, not as they should be, or put to rest."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger')
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
            """
        )
        there = set(cursor.fetchall())
    return [
        guard for record in RECORDS for guard in _guards(record) if (guard.table, guard.name, guard.mark) not in there
    ]


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger of a record's table."""

    table: str
    name: str
    event: str
    condition: str = ""

    @property
    def mark(self) -> str:
        """Kept as the trigger's comment, it tells another definition of the same name from this one."""
        return hashlib.sha256(f"{self.event} {self.condition}".encode()).hexdigest()[:16]

    @property
    def definition(self) -> str:
        when = f"WHEN ({self.condition})" if self.condition else ""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {each} {when} EXECUTE FUNCTION refuse_change(); "
            f"COMMENT ON TRIGGER {self.name} ON {self.table} IS '{self.mark}'"
        )


def _guards(record: Record) -> list[Guard]:
    guards = [
        Guard(record.table, "record_unchanged", "UPDATE", _is_changed(record)),
        Guard(record.table, "record_not_emptied", "TRUNCATE"),
    ]
    kept = f"NOT ({record.goes.of('OLD')})" if record.goes else ""
    return guards if record.deletable else [*guards, Guard(record.table, "record_kept", "DELETE", kept)]


def _is_changed(record: Record) -> str:
    """SQL: whether a row is changed as it may not be; nothing, where any change is one."""
    fading = {fade.column: fade for fade in record.fades}
    changed = [f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in record.frozen if column not in fading]
    changed += [f"OLD.{column} IS NOT NULL AND OLD.{column} IS DISTINCT FROM NEW.{column}" for column in record.once]
    if record.fades and not record.frozen:
        rest = " - ".join(["to_jsonb({row})", *(f"'{column}'" for column in fading)])
        changed.append("to_jsonb(OLD) = to_jsonb(NEW)")  # an update that does nothing is none of putting away
        changed.append(f"{rest.format(row='OLD')} IS DISTINCT FROM {rest.format(row='NEW')}")
    changed += [
        f"OLD.{fade.column} IS DISTINCT FROM NEW.{fade.column} AND NOT ({fade.is_allowed})" for fade in record.fades
    ]
    return " OR ".join(changed)


_REFUSE_CHANGE = """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END $$
"""
