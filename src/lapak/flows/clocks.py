"""What time alone brings about: docs/concepts/orders-and-clocks.md.

Each order in its own transaction, so that one cannot hold up the rest.
"""

from functools import partial

from django.utils.translation import gettext_noop

from lapak.affiliates.integrity.closings import lapse_closing
from lapak.affiliates.integrity.queries import closings_past_answer, findings_past, frozen_past_decision
from lapak.affiliates.integrity.rules import UNDECIDED, FindingState
from lapak.affiliates.invitations import lapse_creator_invitation
from lapak.affiliates.posts.queries import offers_past_end, offers_without_ground, posts_past_time
from lapak.affiliates.profiles.proving import end_wait_of_channel
from lapak.affiliates.profiles.queries import channels_past_look
from lapak.affiliates.queries import commissions_to_credit, invitations_past_answer
from lapak.affiliates.samples.commands import end_groundless_sample, end_time_of_sample
from lapak.affiliates.samples.queries import samples_past_time, samples_without_ground
from lapak.flows.ask_provider import expire_or_take
from lapak.flows.cancel_order import cancel_late_order, cancel_unanswered_order, cancel_unsent_order
from lapak.flows.credit_creator import credit_creator
from lapak.flows.decide_finding import end_unopposed_finding, lift_undecided_finding
from lapak.flows.end_closing import end_closing
from lapak.flows.erase_person import erase_person
from lapak.flows.lose_dispute import set_off
from lapak.flows.offer_post_fees import end_groundless_offer, end_post_offer
from lapak.flows.pay_for_posts import end_time_of_post
from lapak.flows.refund_return import approve_unanswered_return, refund_uninspected_return, refund_unsent_return
from lapak.flows.review_commission import release_undecided_commission
from lapak.flows.settle_order import settle_order, settle_with_help
from lapak.flows.sweep import sweep
from lapak.flows.withheld_back import give_withheld_back, orders_to_give_back
from lapak.goods.catalogue.commands import end_term_of_number
from lapak.goods.catalogue.numbering import products_past_term
from lapak.moderation.deciding import end_time_of_case
from lapak.moderation.queries import cases_past_time
from lapak.money.fees.commands import end_time_of_objection
from lapak.money.fees.queries import objections_past_time
from lapak.money.payments.queries import disputes_to_set_off
from lapak.people.privacy.erasures import erasures_to_look_at
from lapak.people.shops.closings import closings_to_end
from lapak.trade.complaints.commands import end_time_of_complaint
from lapak.trade.complaints.queries import complaints_past_time
from lapak.trade.orders import clocks as due
from lapak.trade.orders.commands import complete_when_due
from lapak.trade.returns.clocks import returns_past_act_by as past
from lapak.trade.returns.deciding import close_overdue_return, escalate_silent_return
from lapak.trade.returns.rules import ReturnState
from lapak.trade.returns.sending import count_as_arrived

UNPAID = gettext_noop("Not paid in time.")

RETURN_UNANSWERED = gettext_noop("The shop did not answer in time, which counts as agreement.")
RETURN_UNCONTESTED = gettext_noop("The refusal was not taken to Lapak in time.")
RETURN_SILENT = gettext_noop("The goods have left the buyer, so Lapak decides by itself.")
RETURN_UNSENT_AGAIN = gettext_noop("The shop did not send the goods to the buyer again in time.")
RETURN_CAME_AGAIN = gettext_noop("The buyer did not say that the goods had not come again.")
RETURN_UNSENT = gettext_noop("The goods were not sent back in time.")
RETURN_UNREPORTED = gettext_noop("The shop said nothing about the parcel, so it counts as arrived.")
FINDING_UNDECIDED = gettext_noop("Nobody decided in time, which counts for the creator.")
FINDING_UNOPPOSED = gettext_noop("There was no objection in time.")
CLOSING_UNANSWERED = gettext_noop("No second operator agreed in time.")
CHANNEL_UNSEEN = gettext_noop("Nobody looked at it in time. Show it again.")
COMPLAINT_UNANSWERED = gettext_noop("Nobody said anything in time.")
CASE_TIME_OVER = gettext_noop("Its time was over.")
OBJECTION_UNANSWERED = gettext_noop("Nobody answered in time, which counts as acceptance.")
SAMPLE_TIME_OVER = gettext_noop("Its time was over.")
POST_TIME_OVER = gettext_noop("Nobody said otherwise in time.")
SAMPLE_GROUNDLESS = gettext_noop("The shop, the account or the programme is no longer there for it.")

RETURN_UNINSPECTED = gettext_noop("The shop did not look at the goods in time, which counts as acceptance.")


def run_due_clocks() -> dict[str, int]:
    """Carry out everything whose time has come; returns how much of each. Running it twice does nothing more.

    Returns go before orders complete: what a return sets free may complete in the same sweep.
    """
    return {
        "unpacked": sweep("unpacked", due.orders_past_pack_by(), cancel_late_order),
        "unshipped": sweep("unshipped", due.orders_past_ship_by(), cancel_late_order),
        "unsent": sweep("unsent", due.orders_past_closing(), cancel_unsent_order),
        "closings_ended": sweep("closings_ended", closings_to_end(), end_closing),
        "silent": sweep("silent", due.orders_past_cancel_answer(), cancel_unanswered_order),
        "returns_unanswered": sweep(
            "returns_unanswered", past(ReturnState.ASKED), partial(approve_unanswered_return, words=RETURN_UNANSWERED)
        ),
        "returns_uncontested": sweep(
            "returns_uncontested",
            past(ReturnState.DECLINED).filter(tracking_number=""),
            partial(close_overdue_return, words=RETURN_UNCONTESTED),
        ),
        "returns_silent": sweep(
            "returns_silent",
            past(ReturnState.DECLINED).exclude(tracking_number=""),
            partial(escalate_silent_return, words=RETURN_SILENT),
        ),
        "returns_unsent": sweep(
            "returns_unsent", past(ReturnState.APPROVED), partial(close_overdue_return, words=RETURN_UNSENT)
        ),
        "returns_unreported": sweep(
            "returns_unreported", past(ReturnState.SENT_BACK), partial(count_as_arrived, words=RETURN_UNREPORTED)
        ),
        "returns_uninspected": sweep(
            "returns_uninspected",
            past(ReturnState.ARRIVED),
            partial(refund_uninspected_return, words=RETURN_UNINSPECTED),
        ),
        "returns_unsent_again": sweep(
            "returns_unsent_again",
            past(ReturnState.SEND_AGAIN),
            partial(refund_unsent_return, words=RETURN_UNSENT_AGAIN),
        ),
        "returns_sent_again": sweep(
            "returns_sent_again", past(ReturnState.SENT_AGAIN), partial(close_overdue_return, words=RETURN_CAME_AGAIN)
        ),
        "erased": sweep("erased", erasures_to_look_at(), erase_person),
        "completed": sweep("completed", due.orders_past_return(), complete_when_due),
        "settled": settle_with_help(due.orders_to_settle()) + sweep("settled", due.orders_to_settle(), settle_order),
        "withheld_back": sweep("withheld_back", orders_to_give_back(), give_withheld_back),
        "set_off": sweep("set_off", disputes_to_set_off(), set_off),
        "findings_undecided": sweep(
            "findings_undecided", findings_past(*UNDECIDED), partial(lift_undecided_finding, words=FINDING_UNDECIDED)
        ),
        "findings_unopposed": sweep(
            "findings_unopposed",
            findings_past(FindingState.UPHELD),
            partial(end_unopposed_finding, words=FINDING_UNOPPOSED),
        ),
        "complaints_past_time": sweep(
            "complaints_past_time", complaints_past_time(), partial(end_time_of_complaint, words=COMPLAINT_UNANSWERED)
        ),
        "cases_past_time": sweep("cases_past_time", cases_past_time(), partial(end_time_of_case, words=CASE_TIME_OVER)),
        "fee_objections": sweep(
            "fee_objections", objections_past_time(), partial(end_time_of_objection, words=OBJECTION_UNANSWERED)
        ),
        "without_number": sweep("without_number", products_past_term(), end_term_of_number, field="product_id"),
        "account_closings": sweep(
            "account_closings", closings_past_answer(), partial(lapse_closing, words=CLOSING_UNANSWERED)
        ),
        "samples_without_ground": sweep(
            "samples_without_ground", samples_without_ground(), partial(end_groundless_sample, words=SAMPLE_GROUNDLESS)
        ),
        "samples_past_time": sweep(
            "samples_past_time", samples_past_time(), partial(end_time_of_sample, words=SAMPLE_TIME_OVER)
        ),
        "post_offers_without_ground": sweep(
            "post_offers_without_ground", offers_without_ground(), end_groundless_offer
        ),
        "post_offers_ended": sweep("post_offers_ended", offers_past_end(), end_post_offer),
        "posts_past_time": sweep("posts_past_time", posts_past_time(), partial(end_time_of_post, words=POST_TIME_OVER)),
        "channels_unseen": sweep(
            "channels_unseen", channels_past_look(), partial(end_wait_of_channel, words=CHANNEL_UNSEEN)
        ),
        "commissions_undecided": sweep("commissions_undecided", frozen_past_decision(), release_undecided_commission),
        "credited": credit_due_creators(),
        "invitations_lapsed": sweep("invitations_lapsed", invitations_past_answer(), lapse_creator_invitation),
        # Last, as it asks partners: whoever does not answer must not hold up what needs no answer.
        "expired": sweep(
            "expired", due.orders_past_pay_by(), partial(expire_or_take, reason=UNPAID), field="purchase_id"
        ),
    }


def credit_due_creators() -> int:
    """What has settled reaches the creators' balances; returns how many creators'. Soon after settling, and every
    minute."""
    return sweep("credited", commissions_to_credit(), credit_creator, field="creator_id")
