"""The numbers of the rules for sentences in templates, `{{ rules.cut_reaches_days }}`: each read where it stands once.

Of what changes with a date it is today's. What an order was placed under is the order's own.
"""

from django.http import HttpRequest

from lapak.affiliates.posts import rules as posts
from lapak.affiliates.profiles.rules import RESULTS_DAYS
from lapak.affiliates.rates import CUT_REACHES_AFTER, USUAL_RATE_BP
from lapak.affiliates.samples.rules import ANSWER_WITHIN_DAYS, POST_WITHIN_DAYS, SEND_WITHIN_DAYS
from lapak.flows.pay_out import PAYOUT_HOUR_WIB
from lapak.lib import clock
from lapak.money.fees.queries import schedule_of_today
from lapak.money.payments.rules import REFUND_ARRIVES_WITHIN
from lapak.money.taxes.rules import DEPOSIT_DAY, PPH23_BP
from lapak.trade.complaints.rules import LAPAK_ANSWERS_WITHIN, OBJECTED_WITHIN_DAYS, SHOP_ANSWERS_WITHIN
from lapak.trade.orders.queries import current_clocks
from lapak.trade.orders.rules import Clocks
from lapak.trade.returns.rules import TIME_IN_STATE, WORKING_DAYS_IN_STATE, ReturnState


class Rules:
    """Named after what they bound, with their unit last."""

    cut_reaches_days = CUT_REACHES_AFTER.days
    usual_rate_bp = USUAL_RATE_BP
    pph23_bp = PPH23_BP
    payout_time = f"{PAYOUT_HOUR_WIB:02}.00"
    refund_arrives_working_days = REFUND_ARRIVES_WITHIN
    return_answer_days = TIME_IN_STATE[ReturnState.ASKED].days
    return_inspect_working_days = WORKING_DAYS_IN_STATE[ReturnState.ARRIVED]

    @property
    def clocks(self) -> Clocks:
        return current_clocks()

    @property
    def fee_bp(self) -> int:
        return schedule_of_today().usual.rate_bp

    @property
    def results_days(self) -> int:
        return RESULTS_DAYS.on(clock.today())

    @property
    def sample_answer_days(self) -> int:
        return ANSWER_WITHIN_DAYS.on(clock.today())

    @property
    def sample_send_days(self) -> int:
        return SEND_WITHIN_DAYS.on(clock.today())

    @property
    def sample_post_days(self) -> int:
        return POST_WITHIN_DAYS.on(clock.today())

    @property
    def post_within_days(self) -> int:
        return posts.POST_WITHIN_DAYS.on(clock.today())

    @property
    def post_check_working_days(self) -> int:
        return posts.CHECK_WITHIN_WORKING_DAYS.on(clock.today())

    @property
    def post_stands_days(self) -> int:
        return posts.STANDS_FOR_DAYS.on(clock.today())

    @property
    def complaint_shop_working_days(self) -> int:
        return SHOP_ANSWERS_WITHIN.on(clock.today())

    @property
    def complaint_objection_days(self) -> int:
        return OBJECTED_WITHIN_DAYS.on(clock.today())

    @property
    def complaint_lapak_working_days(self) -> int:
        return LAPAK_ANSWERS_WITHIN.on(clock.today())

    @property
    def tax_deposit_day(self) -> int:
        return DEPOSIT_DAY.on(clock.today())


_RULES = Rules()


def rules(_request: HttpRequest) -> dict[str, Rules]:
    """The context processor."""
    return {"rules": _RULES}
