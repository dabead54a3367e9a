"""What time alone brings about; domain.md §2. Each order in its own transaction, so that one cannot hold up the rest."""

import uuid
from collections.abc import Callable, Iterable

import structlog
from django.utils.translation import gettext_noop

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.refund_return import approve_unanswered_return, refund_uninspected_return
from lapak.flows.settle_order import settle_order
from lapak.lib.refusal import Refusal
from lapak.trade.orders import clocks as due
from lapak.trade.orders.commands import complete_when_due
from lapak.trade.orders.return_commands import close_overdue_return, count_as_arrived
from lapak.trade.orders.return_rules import ReturnState

log = structlog.get_logger(__name__)

UNPAID = gettext_noop("Not paid in time.")
UNSHIPPED = gettext_noop("Not handed to the courier in time.")
SELLER_SILENT = gettext_noop("The seller did not answer the wish to cancel within 48 hours.")

RETURN_UNANSWERED = gettext_noop("The shop did not answer in time, which counts as agreement.")
RETURN_UNCONTESTED = gettext_noop("The refusal was not taken to Lapak in time.")
RETURN_UNSENT = gettext_noop("The goods were not sent back in time.")
RETURN_UNREPORTED = gettext_noop("The shop said nothing about the parcel, so it counts as arrived.")
RETURN_UNINSPECTED = gettext_noop("The shop did not look at the goods in time, which counts as acceptance.")


def run_due_clocks() -> dict[str, int]:
    """Carry out everything whose time has come; returns how much of each. Running it twice does nothing more."""
    return {
        "expired": _each(due.purchases_past_pay_by(), lambda id_: cancel_unpaid_purchase(id_, None, UNPAID)),
        "unshipped": _each(due.orders_past_ship_by(), lambda id_: cancel_paid_order(id_, None, UNSHIPPED)),
        "silent": _each(due.orders_past_cancel_answer(), lambda id_: cancel_paid_order(id_, None, SELLER_SILENT)),
        **_run_return_clocks(),
        "completed": _each(due.orders_past_return(), complete_when_due),
        "settled": _each(due.orders_to_settle(), settle_order),
    }


def _run_return_clocks() -> dict[str, int]:
    """Before orders complete: what a return sets free may complete in the same sweep."""
    past = due.returns_past_act_by
    return {
        "returns_unanswered": _each(
            past(ReturnState.ASKED), lambda id_: approve_unanswered_return(id_, RETURN_UNANSWERED)
        ),
        "returns_uncontested": _each(
            past(ReturnState.DECLINED), lambda id_: close_overdue_return(id_, RETURN_UNCONTESTED)
        ),
        "returns_unsent": _each(past(ReturnState.APPROVED), lambda id_: close_overdue_return(id_, RETURN_UNSENT)),
        "returns_unreported": _each(past(ReturnState.SENT_BACK), lambda id_: count_as_arrived(id_, RETURN_UNREPORTED)),
        "returns_uninspected": _each(
            past(ReturnState.ARRIVED), lambda id_: refund_uninspected_return(id_, RETURN_UNINSPECTED)
        ),
    }


def _each(ids: Iterable[uuid.UUID], act: Callable[[uuid.UUID], object]) -> int:
    done = 0
    for id_ in ids:
        try:
            act(id_)
        except Refusal as refusal:  # someone moved the order first: that is no fault
            log.info("clock_passed_over", id=str(id_), code=refusal.code)
        else:
            done += 1
    return done
