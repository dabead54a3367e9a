"""What an act that is stuck was to do, and the page of what it is about."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lapak.flows.models import StuckAct
from lapak.flows.tell_people.mail import SERVER
from lapak.lib.ids import number_of

ORDER = "orders_order_change"
RETURN = "return_case"
DISPUTE = "dispute_case"
SAMPLE = "samples_sample_change"

ACTS = {
    "unpacked": (_("Cancel an order that was not packed in time"), ORDER),
    "unshipped": (_("Cancel an order that was not shipped in time"), ORDER),
    "unsent": (_("Cancel an order that was not sent before its shop closed"), ORDER),
    "silent": (_("Cancel an order whose shop did not answer"), ORDER),
    "completed": (_("Complete an order"), ORDER),
    "settled": (_("Settle an order"), ORDER),
    "expired": (_("End a purchase that was not paid in time"), "orders_purchase_change"),
    "returns_unanswered": (_("Agree to a return that the shop did not answer"), RETURN),
    "returns_uncontested": (_("Close a return that the buyer did not contest"), RETURN),
    "returns_silent": (_("Take a return to the operator"), RETURN),
    "returns_unsent": (_("Close a return whose goods were not sent"), RETURN),
    "returns_unreported": (_("Count a return as arrived of which nobody tells"), RETURN),
    "returns_uninspected": (_("Refund a return that the shop did not inspect"), RETURN),
    "returns_unsent_again": (_("Refund a return whose goods were not sent again"), RETURN),
    "returns_sent_again": (_("Close a return whose goods were sent again"), RETURN),
    "findings_undecided": (_("Lift a review of a creator that nobody decided"), "finding_case"),
    "findings_unopposed": (_("End a review of a creator that nobody objected to"), "finding_case"),
    "account_closings": (_("End the closing of a creator's account that nobody agreed to"), "creator_closing"),
    "commissions_undecided": (_("Let a commission go that nobody decided"), "affiliates_commission_change"),
    "complaints_past_time": (_("Take a complaint on that nobody answered"), "complaint_case"),
    "without_number": (_("Take off sale what lacks a number"), "catalogue_product_change"),
    "cases_past_time": (_("End the time of a case of moderation"), "moderation_case"),
    "fee_objections": (_("Accept an objection to fees that nobody answered"), "fee_objection"),
    "channels_unseen": (_("Give a channel back to its creator that nobody looked at"), "channel_case"),
    "invitations_lapsed": (_("End an invitation that nobody answered"), ""),
    "samples_past_time": (_("End the time of a sample"), SAMPLE),
    "samples_without_ground": (_("End a sample that has no ground any more"), SAMPLE),
    "post_offers_without_ground": (_("End an offer for posts of a shop whose orders have stopped"), ""),
    "post_offers_ended": (_("End an offer for posts whose last day is over"), ""),
    "posts_past_time": (_("End the time of a post, or pay its fee"), "post_case"),
    "withheld_back": (_("Give back PPh 22 of an order"), "orders_order_change"),
    "set_off": (_("Set a lost dispute off"), DISPUTE),
    "dispute_answers": (_("Send an answer to the buyer's bank"), DISPUTE),
    "disputes": (_("Ask about a dispute"), DISPUTE),
    "messages": (_("Process a message of a partner"), "gateways_gatewaymessage_change"),
    "asked": (_("Ask about a payment"), "payments_paymentintent_change"),
    "refunds": (_("Send a refund"), "payments_refund_change"),
    "batches": (_("Hand a batch of payouts over"), "payouts_payoutbatch_change"),
    "payouts_asked": (_("Ask about a payout"), "payouts_payout_change"),
    "not_paid_out": (_("Pay a balance out"), "ledger_account_change"),
    "credited": (_("Credit a creator"), "affiliates_creator_change"),
    "closings_ended": (_("End a closing"), ""),
    "erased": (_("Erase somebody's data"), ""),
    "mails": (_("Send a mail"), "notices_mail_change"),
    "write mails": (_("Write somebody's mails"), "users_user_change"),
    SERVER: (_("Reach the mail server"), ""),
    "tell deadlines": (_("Tell of a deadline"), ""),
}
"""By the name under which it is kept. Those that tell of an event are named by its table."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One of the money desk's rows."""

    row: StuckAct

    @property
    def words(self) -> str:
        """What could not be done."""
        words, _page = ACTS.get(self.row.act, (_("Tell people what happened"), ""))
        return str(words)

    @property
    def page(self) -> str:
        """Of what it is about; empty where there is none."""
        _words, page = ACTS.get(self.row.act, ("", ""))
        return reverse(f"admin:{page}", args=[self.row.subject_id]) if page else ""

    @property
    def about(self) -> str:
        """What people call it: an order or a payout by its number, anything else by its id."""
        _words, page = ACTS.get(self.row.act, ("", ""))
        is_numbered = page in {ORDER, "payouts_payout_change"}
        return number_of(self.row.subject_id) if is_numbered else str(self.row.subject_id)
