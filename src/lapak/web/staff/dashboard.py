"""The operator's first page: the books, the orders, and whatever waits for somebody."""

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from lapak.affiliates.integrity.queries import closings_to_answer, findings_to_decide, frozen_by_hand
from lapak.affiliates.posts.queries import posts_to_decide
from lapak.affiliates.profiles.queries import channels_to_look_at
from lapak.books.models import BooksCheck
from lapak.flows.sweep import stuck_acts
from lapak.moderation.queries import count_to_decide
from lapak.money.fees.queries import objections_to_answer
from lapak.money.gateways.queries import refused_messages, statement_differences, unprocessed_messages
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import account_totals
from lapak.money.payments.queries import disputes_for_a_person, unexplained_receipts
from lapak.money.payouts.queries import unconfirmed_payouts
from lapak.money.remittances.queries import late_dues
from lapak.money.taxes.queries import letters_to_look_at
from lapak.moving.past.queries import count_reported_past
from lapak.people.privacy.breaches import breaches_open
from lapak.people.users.operators import Desk, desks_of
from lapak.trade.complaints.queries import complaints_to_answer
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import order_counts, sales_per_day
from lapak.trade.returns.queries import escalated_returns
from lapak.trade.reviews.queries import count_reported
from lapak.web.shell.acts import signed_in
from lapak.web.shell.chart import days_of_sales
from lapak.web.staff.desks import may_open
from lapak.web.staff.find_page import FindForm

DAYS_SHOWN = 14
"""Two weeks of sales, so that today stands beside the same weekday before."""

FIRST = (
    ("breaches", "admin:breach_desk", gettext_lazy("Tell whom a breach of data concerns")),
    ("late_dues", "admin:house_desk", gettext_lazy("Pay the taxes that are late")),
    ("escalated_returns", "admin:return_desk", gettext_lazy("Decide the returns that wait for you")),
    ("complaints", "admin:complaint_desk", gettext_lazy("Answer the complaints that wait for Lapak")),
    ("fee_objections", "admin:fee_desk", gettext_lazy("Answer what shops object to the fees")),
    ("tax_letters", "admin:tax_desk", gettext_lazy("Look at the tax letters that shops hand in")),
    ("findings", "admin:integrity_desk", gettext_lazy("Decide what rules hold of creators' earnings")),
    ("reported_reviews", "admin:review_desk", gettext_lazy("Decide the reviews that are reported")),
    ("cases", "admin:moderation_desk", gettext_lazy("Decide what is reported of goods, shops and creators")),
    ("posts", "admin:post_desk", gettext_lazy("Decide the paid posts that creators object about")),
    ("channels", "admin:channel_desk", gettext_lazy("Look at the channels that creators show")),
    ("for_a_person", "admin:money_desk", gettext_lazy("Look at the money that nobody can explain")),
    ("failed_job_count", "admin:procrastinate_procrastinatejob_changelist", gettext_lazy("See why jobs failed")),
    ("unprocessed", "admin:money_desk", gettext_lazy("See which notifications are not processed")),
)
"""What waits for a person, what costs most by waiting first: how it is counted, where it is done, and what to do."""


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What `staff/index.html` shows, of the reader's own desks."""
    reader = signed_in(request)
    desks = desks_of(reader.operator_roles)
    counts, sales = order_counts(), sales_per_day(DAYS_SHOWN)
    jobs = dict(ProcrastinateJob.objects.values_list("status").annotate(Count("id")))
    breaches = list(breaches_open()) if Desk.BREACHES in desks else []
    waiting = {
        "breaches": len(breaches),
        "unprocessed": unprocessed_messages().count(),
        "failed_job_count": jobs.get("failed", 0),
        "for_a_person": count_for_a_person(),
        "late_dues": len(late_dues()),
        "escalated_returns": escalated_returns().count(),
        "reported_reviews": count_reported() + count_reported_past(),
        "cases": count_to_decide(),
        "posts": posts_to_decide().count(),
        "fee_objections": objections_to_answer().count(),
        "tax_letters": letters_to_look_at().count(),
        "complaints": complaints_to_answer().count(),
        "channels": channels_to_look_at().count(),
        "findings": findings_to_decide().count() + closings_to_answer().count(),
    }
    return {
        **context,
        **balance_sheet(account_totals()),
        **waiting,
        "first": [
            (words, reverse(page), waiting[name])
            for name, page, words in FIRST
            if waiting[name] and may_open(reader, page.removeprefix("admin:"))
        ],
        "desks": desks,
        "find_form": FindForm(),
        "open_breaches": breaches,
        "can_be_written_to": bool(settings.CONTACT_EMAIL),
        "days": days_of_sales(sales),
        "orders": [(state, label, counts[state]) for state, label in Order.State.choices],
        "oldest_unprocessed": unprocessed_messages().first(),
        "failed_jobs": ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:5],
        "waiting_job_count": jobs.get("todo", 0),
        "unconfirmed_payouts": unconfirmed_payouts().count(),
        "books_check": BooksCheck.objects.order_by("-started_at").first(),
    }


def count_for_a_person() -> int:
    """What waits on the money desk for somebody to decide or look at."""
    waiting = (
        unexplained_receipts(),
        disputes_for_a_person(),
        refused_messages(),
        frozen_by_hand(),
        stuck_acts(),
        statement_differences(),
    )
    return sum(rows.count() for rows in waiting)


def balance_sheet(totals: list[tuple[AccountKind, int]]) -> dict[str, Any]:
    """The two sides of the books, without empty accounts. They are equal by construction, which proves nothing: whether
    what is booked is right, the check of the books tells."""
    used = [(kind, idr) for kind, idr in totals if idr]
    debit = [(kind.label, idr) for kind, idr in used if kind.is_debit_normal]
    credit = [(kind.label, idr) for kind, idr in used if not kind.is_debit_normal]
    debit_idr, credit_idr = sum(idr for _, idr in debit), sum(idr for _, idr in credit)
    return {
        "debit_side": debit,
        "credit_side": credit,
        "debit_idr": debit_idr,
        "credit_idr": credit_idr,
    }
