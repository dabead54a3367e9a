"""What Lapak takes, and that it is the same for everybody and known before."""

from dataclasses import fields
from datetime import date, datetime, time
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import override

from lapak.books.records import RECORDS, missing_guards
from lapak.compliance.proofs.asked import ask
from lapak.compliance.proofs.days import end_of
from lapak.compliance.rules import Found
from lapak.goods.search.listings import Listing
from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.lib.numbers import format_rate
from lapak.money.fees.models import Consent
from lapak.money.fees.queries import schedule_of_today, schedules_begun
from lapak.money.fees.rules import EVERYTHING, NOTICE_DAYS, most_for_small_bp
from lapak.people.audit.models import Change
from lapak.people.audit.rules import Kind
from lapak.people.shops.models import Shop
from lapak.people.shops.size_rules import SMALL_UP_TO_IDR, STATED_FOR_YEARS

RANKED_BY = {
    "id", "shop_id", "title", "details", "category_code", "price_idr", "in_stock", "created_at", "sold_here", "sold_before",
    "is_domestic",
}  # fmt: skip
"""All that the search knows of goods: what they are, what they cost, whether they are there, and what was sold of them. The
shop only filters."""
NOTICE_SINCE = date(2026, 6, 17)
"""From when a new fee is told 90 days before (Permen UMKM 3/2026)."""


def nothing_paid_ranks(_on: date) -> Found:
    """By what goods are found and sorted."""
    known = {field.name for field in fields(Listing)}
    return Found(known <= RANKED_BY, {"known_of_goods": sorted(known), "more_than": sorted(known - RANKED_BY)})


def fee_is_public(on: date) -> Found:
    """The fees that had begun on that day, and whether help names today's and the public page all there were."""
    begun = schedules_begun(end_of(on)).first()
    with override("id"):
        today = f"{format_rate(schedule_of_today().usual.rate_bp)}%"
    is_named = today in ask("/help", language="id").text
    has_history = ask("/fees").status_code == HTTPStatus.OK
    return Found(
        begun is not None and is_named and has_history,
        {
            "fee_bp": begun.usual.rate_bp if begun else None,
            "since": str(begun.begins_on) if begun else None,
            "on_help_page": is_named,
            "history_is_public": has_history,
        },
    )


def prices_are_on_record(on: date) -> Found:
    """The changes of prices that are kept, and whether anybody could change that record."""
    kept = Change.objects.filter(kind=Kind.VARIANT, field="price_idr", happened_at__lt=end_of(on)).count()
    missing = [guard.name for guard in missing_guards() if guard.table == Change._meta.db_table]  # noqa: SLF001 - Django's documented API
    return Found(not missing, {"changes_of_prices": kept, "guards_missing": missing})


def contracts_can_be_had(on: date) -> Found:
    """The contract of each schedule that had begun on that day, as anybody downloads it."""
    numbers = list(schedules_begun(end_of(on)).values_list("number", flat=True))
    missing = [number for number in numbers if not _is_paper(ask(f"/fees/{number}.pdf"))]
    return Found(bool(numbers) and not missing, {"contracts": numbers, "missing": missing})


def _is_paper(answer: HttpResponse) -> bool:
    return answer.status_code == HTTPStatus.OK and answer.headers["Content-Type"] == "application/pdf"


def objections_have_their_answer(on: date) -> Found:
    """Objections of shops to fees, and those whose time was over that day while they still waited: the clock accepts them."""
    late = Consent.objects.filter(state=Consent.State.OBJECTED, act_by__lt=min(end_of(on), clock.now()))
    objections = Consent.objects.exclude(objection="").count()
    return Found(not late.exists(), {"objections": objections, "waiting_too_long": late.count()})


def fees_were_told_before(on: date) -> Found:
    """The schedules that have begun since the rule did, and the fewest days from an announcement of theirs."""
    begun = schedules_begun(end_of(on)).filter(begins_at__gte=datetime.combine(NOTICE_SINCE, time.min, WIB))
    told = {each.number: (each.begins_on - each.announced_at.astimezone(WIB).date()).days for each in begun}
    late = [number for number, days in told.items() if days < NOTICE_DAYS.on(NOTICE_SINCE)]
    return Found(
        not late, {"schedules": len(told), "shortest_notice_days": min(told.values(), default=None), "too_short": late}
    )


def small_sellers_pay_half(on: date) -> Found:
    """The rates of the fees that had begun on that day, and how many shops the lower one is for now."""
    begun = schedules_begun(end_of(on)).first()
    rates = begun.rates_by_category if begun else {}
    dear = [code for code, rate in rates.items() if rate.small_bp > most_for_small_bp(rate.rate_bp)]
    small = Shop.objects.exclude(nib="").filter(
        turnover_idr__lte=SMALL_UP_TO_IDR.on(on), turnover_year__gte=on.year - STATED_FOR_YEARS
    )
    usual = rates.get(EVERYTHING)
    shown = {"fee_bp": usual.rate_bp, "small_fee_bp": usual.small_bp} if usual else {}
    return Found(bool(usual) and not dear, {**shown, "more_than_half": dear, "small_shops": small.count()})


def money_is_kept(_on: date) -> Found:
    """The tables whose rows the database refuses to change, and those of money or trade that may be deleted."""
    kept = ("ledger_", "orders_", "payments_", "payouts_", "remittances_", "withholding_")
    deletable = [record.table for record in RECORDS if record.deletable and record.table.startswith(kept)]
    missing = sorted({guard.table for guard in missing_guards()})
    return Found(
        not missing and not deletable, {"tables": len(RECORDS), "unguarded": missing, "money_that_can_go": deletable}
    )
