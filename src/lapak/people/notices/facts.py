"""Every fact that people are told: to whom, under which topic, in which words, and the page where they act on it.

One table. `says` is the mail's subject too; `more` and `until` stand below. Their `%(…)s` are filled from what was told:
`number` of the order, `amount` (IDR), `shop`, `reason` (a sentence of ours), `deadline` and so on. `page` names the
address, with what it is found by. Every fact is told in the page; `by_mail` says whether by mail as well, and its topic
whether the reader may switch that off (rules.py).
"""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.people.notices.rules import Reader, Topic


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of thing that happens, as one kind of reader is told it."""

    code: str
    topic: Topic
    page: tuple[str, ...]
    says: Promise
    act: Promise
    more: "Promise | str" = ""
    until: "Promise | str" = ""
    by_mail: bool = True
    read_as: Reader = Reader.BUYER


ORDER = ("order", "order_id")
RETURN = ("return", "return_id")
REFUNDS = ("refunds",)
SEE_ORDER = _("See the order")
SEE_RETURN = _("See the return")
SEE_MONEY = _("See where the money is")
ADD_ACCOUNT = _("Add a bank account")
LOOK_AT_IT = _("Look at it")
WAIT_UNTIL = _("Payouts to it wait until %(deadline)s.")
LAPAK_DECIDES = _("Lapak decides by %(deadline)s.")

FOR_BUYERS = (
    Fact(
        "order_paid", Topic.MONEY, ORDER,
        _("Your payment for order %(number)s has arrived"), SEE_ORDER,
        more=_("You paid %(amount)s. %(shop)s has been told to pack it."),
        until=_("If it is not packed by %(deadline)s, it is cancelled and your money goes back."),
    ),
    Fact(
        "order_not_paid", Topic.PROGRESS, ("cart",),
        _("Order %(number)s was not paid in time"), _("Go to the cart"),
        more=_("Its goods lie in your cart again. If you have paid all the same, your money comes back to you."),
    ),
    Fact(
        "order_shipped", Topic.PROGRESS, ORDER,
        _("Order %(number)s is on its way"), SEE_ORDER,
        more=_("%(courier)s has it under the number %(tracking)s."),
        until=_("It should be with you by %(deadline)s. After that you can say that it has not arrived."),
    ),
    Fact(
        "order_delivered", Topic.DEADLINES, ORDER,
        _("Order %(number)s is said to have arrived"), _("Say what arrived"),
        more=_("Look inside. If something is wrong or nothing came, ask for a return."),
        until=_("You can until %(deadline)s; then the shop gets its money."),
    ),
    Fact(
        "has_it_arrived", Topic.DEADLINES, ORDER,
        _("Has order %(number)s arrived?"), _("Say whether it arrived"),
        more=_("Its time to arrive is over. Your money is held: if nothing came, say so, and Lapak finds out."),
    ),
    Fact(
        "last_day_to_return", Topic.PROGRESS, ORDER,
        _("The days to return order %(number)s are nearly over"), SEE_ORDER,
        until=_("You can ask for a return until %(deadline)s."), by_mail=False,
    ),
    Fact(
        "order_cancelled", Topic.MONEY, ORDER,
        _("Order %(number)s is cancelled"), SEE_ORDER, more="%(reason)s",
    ),
    Fact(
        "goods_missing", Topic.MONEY, ORDER,
        _("%(shop)s does not have all goods of order %(number)s"), SEE_ORDER,
        more=_("What they cost comes back to you, and the rest goes on. You may cancel the rest, too."),
    ),
    Fact(
        "cancel_declined", Topic.PROGRESS, ORDER,
        _("%(shop)s sends order %(number)s all the same"), SEE_ORDER,
        more=_("The shop has declined to cancel it."),
    ),
    Fact(
        "return_approved", Topic.DEADLINES, RETURN,
        _("Your return of order %(number)s is agreed to"), _("Send the goods back"),
        more=_("Send the goods back and write down the tracking number on the page of the return."),
        until=_("If you have not by %(deadline)s, the return ends without a refund."),
    ),
    Fact(
        "return_send_soon", Topic.DEADLINES, RETURN,
        _("Send the goods of order %(number)s back soon"), _("Send the goods back"),
        until=_("If you have not by %(deadline)s, the return ends without a refund."),
    ),
    Fact(
        "return_declined", Topic.DEADLINES, RETURN,
        _("The shop declines your return of order %(number)s"), _("Read why"),
        more=_("If you do not agree, take it to Lapak: we look at both sides and decide."),
        until=_("You can until %(deadline)s."),
    ),
    Fact(
        "return_object_soon", Topic.DEADLINES, RETURN,
        _("The shop's no to your return of order %(number)s is about to stand"), _("Take it to Lapak"),
        until=_("You can take it to Lapak until %(deadline)s."),
    ),
    Fact(
        "return_with_lapak", Topic.PROGRESS, RETURN,
        _("Lapak decides about your return of order %(number)s"), SEE_RETURN, until=LAPAK_DECIDES,
    ),
    Fact(
        "return_at_shop", Topic.PROGRESS, RETURN,
        _("The goods of order %(number)s are back at the shop"), SEE_RETURN,
        until=_("If the shop says nothing by %(deadline)s, you are refunded."),
    ),
    Fact(
        "return_comes_again", Topic.DEADLINES, RETURN,
        _("The goods of order %(number)s are sent to you again"), SEE_RETURN,
        more=_("Lapak has decided about your return for the shop. Read why."),
        until=_("If the shop has not sent them by %(deadline)s, you are refunded."),
    ),
    Fact(
        "return_sent_again", Topic.DEADLINES, RETURN,
        _("The shop has sent the goods of order %(number)s to you again"), SEE_RETURN,
        until=_("If they do not come, tell Lapak by %(deadline)s."),
    ),
    Fact(
        "return_came_again_soon", Topic.DEADLINES, RETURN,
        _("Have the goods of order %(number)s come to you again?"), SEE_RETURN,
        until=_("If they do not come, tell Lapak by %(deadline)s."),
    ),
    Fact(
        "return_closed", Topic.DEADLINES, RETURN,
        _("Your return of order %(number)s has ended without a refund"), SEE_RETURN, more="%(reason)s",
    ),
    Fact(
        "refund_owed", Topic.MONEY, REFUNDS,
        _("%(amount)s go back to you"), SEE_MONEY, more="%(reason)s",
    ),
    Fact(
        "refund_needs_account", Topic.MONEY, ("account_bank_account_new",),
        _("%(amount)s wait for your bank account"), ADD_ACCOUNT,
        more=_("They cannot go back the way you paid. Say to which bank account we send them."),
    ),
    Fact(
        "refund_sent", Topic.MONEY, REFUNDS,
        _("%(amount)s are on their way back to you"), SEE_MONEY,
        until=_("They should be with you by %(deadline)s."),
    ),
    Fact(
        "refund_arrived", Topic.MONEY, REFUNDS,
        _("%(amount)s are with you again"), SEE_MONEY,
    ),
    Fact(
        "refund_came_back", Topic.MONEY, ("account_bank_account_new",),
        _("%(amount)s for you came back from the bank"), ADD_ACCOUNT,
        more=_("Look whether number and holder of your bank account are right, or add another."),
    ),
    Fact(
        "bank_account_added", Topic.SECURITY, ("account",),
        _("A bank account was added to your account"), _("Look at your account"),
        more=_("%(bank)s, ending in %(tail)s. If it was not you, choose a new password at once and write to us."),
    ),
    Fact(
        "shop_invites", Topic.SECURITY, ("sell",),
        _("%(shop)s asks you to work for it"), _("Answer"),
        more=_("You can accept or decline. If you do not know the shop, decline."),
    ),
)  # fmt: skip

SELL_ORDER = ("sell_order", "slug", "order_id")
SELL_RETURN = ("sell_return", "slug", "return_id")

FOR_SHOPS = (
    Fact(
        "new_order", Topic.SHOP_ORDERS, SELL_ORDER,
        _("New order %(number)s"), _("Pack the order"),
        more=_("It is paid: %(amount)s."),
        until=_("Pack it by %(deadline)s, or it is cancelled."),
    ),
    Fact(
        "pack_soon", Topic.DEADLINES, SELL_ORDER,
        _("Order %(number)s is still to be packed"), _("Pack the order"),
        until=_("If it is not packed by %(deadline)s, it is cancelled."),
    ),
    Fact(
        "ship_soon", Topic.DEADLINES, SELL_ORDER,
        _("Order %(number)s is still to be handed to the courier"), _("Hand it over"),
        until=_("If the courier does not have it by %(deadline)s, it is cancelled."),
    ),
    Fact(
        "buyer_cancelled", Topic.SHOP_ORDERS, SELL_ORDER,
        _("Do not send order %(number)s: its buyer has cancelled it"), SEE_ORDER, more="%(reason)s",
    ),
    Fact(
        "late_cancelled", Topic.DEADLINES, SELL_ORDER,
        _("Do not send order %(number)s: it is cancelled"), SEE_ORDER, more="%(reason)s",
    ),
    Fact(
        "cancel_asked", Topic.DEADLINES, SELL_ORDER,
        _("The buyer asks to cancel order %(number)s"), _("Answer"),
        more=_("Do not hand it over before you have answered."),
        until=_("If you say nothing by %(deadline)s, you have agreed."),
    ),
    Fact(
        "cancel_answer_soon", Topic.DEADLINES, SELL_ORDER,
        _("The wish to cancel order %(number)s still waits for your answer"), _("Answer"),
        until=_("If you say nothing by %(deadline)s, you have agreed."),
    ),
    Fact(
        "not_arrived", Topic.DEADLINES, SELL_ORDER,
        _("The buyer of order %(number)s says that it has not arrived"), SEE_ORDER,
        more=_("Ask the courier where the parcel is. The money is held until Lapak has found out."),
        until=LAPAK_DECIDES,
    ),
    Fact(
        "parcel_lost", Topic.MONEY, SELL_ORDER,
        _("Order %(number)s is lost: its buyer gets their money back"), SEE_ORDER,
    ),
    Fact(
        "return_asked", Topic.DEADLINES, SELL_RETURN,
        _("The buyer of order %(number)s asks for a return"), _("Answer"),
        until=_("If you say nothing by %(deadline)s, you have agreed."),
    ),
    Fact(
        "return_answer_soon", Topic.DEADLINES, SELL_RETURN,
        _("The return of order %(number)s still waits for your answer"), _("Answer"),
        until=_("If you say nothing by %(deadline)s, you have agreed."),
    ),
    Fact(
        "return_agreed_for_you", Topic.MONEY, SELL_RETURN,
        _("The return of order %(number)s counts as agreed to"), SEE_RETURN, more="%(reason)s",
    ),
    Fact(
        "return_sent_back", Topic.SHOP_ORDERS, SELL_RETURN,
        _("The goods of order %(number)s are on their way back to you"), SEE_RETURN,
        until=_("Say when they have arrived; from %(deadline)s on they count as arrived."),
    ),
    Fact(
        "return_counts_as_arrived", Topic.DEADLINES, SELL_RETURN,
        _("The goods of order %(number)s count as back with you"), _("Say what came back"),
        until=_("If you say nothing by %(deadline)s, the buyer is refunded."),
    ),
    Fact(
        "return_inspect_soon", Topic.DEADLINES, SELL_RETURN,
        _("Look at what came back of order %(number)s"), _("Say what came back"),
        until=_("If you say nothing by %(deadline)s, the buyer is refunded."),
    ),
    Fact(
        "return_refunded", Topic.MONEY, SELL_RETURN,
        _("The return of order %(number)s is refunded: %(amount)s"), SEE_RETURN, more="%(reason)s",
    ),
    Fact(
        "return_send_again", Topic.DEADLINES, SELL_RETURN,
        _("Send the goods of order %(number)s to the buyer again"), _("Send them"),
        more=_("Lapak has decided about the return for you."),
        until=_("If you have not by %(deadline)s, the buyer is refunded."),
    ),
    Fact(
        "return_send_again_soon", Topic.DEADLINES, SELL_RETURN,
        _("The goods of order %(number)s are still to be sent to the buyer again"), _("Send them"),
        until=_("If you have not by %(deadline)s, the buyer is refunded."),
    ),
    Fact(
        "return_escalated", Topic.SHOP_ORDERS, SELL_RETURN,
        _("Lapak decides about the return of order %(number)s"), SEE_RETURN, until=LAPAK_DECIDES,
    ),
    Fact(
        "return_over", Topic.SHOP_ORDERS, SELL_RETURN,
        _("The return of order %(number)s has ended without a refund"), SEE_RETURN, more="%(reason)s",
    ),
    Fact(
        "dispute_opened", Topic.MONEY, SELL_ORDER,
        _("The payment of order %(number)s is in dispute"), SEE_ORDER,
        more=_("The buyer's bank asks for it back. Its clocks stand still, and its money is held until the bank decides."),
    ),
    Fact(
        "dispute_won", Topic.MONEY, SELL_ORDER,
        _("The dispute about order %(number)s is won"), SEE_ORDER, more=_("Everything goes on where it stood."),
    ),
    Fact(
        "dispute_lost", Topic.MONEY, SELL_ORDER,
        _("The dispute about order %(number)s is lost"), SEE_ORDER,
        more=_("The bank has given the buyer their money back. The page of the order says what that means for you."),
    ),
    Fact(
        "shop_payout_sent", Topic.MONEY, ("sell_payouts", "slug"),
        _("%(amount)s are on their way to your bank account"), _("See the payouts"),
        more=_("Payout %(payout)s of %(shop)s."),
    ),
    Fact(
        "shop_payout_came_back", Topic.MONEY, ("sell_bank_account", "slug"),
        _("%(amount)s came back from your bank"), _("Look at the bank account"),
        more=_("Payout %(payout)s of %(shop)s is in your balance again. Look whether the bank account is right."),
    ),
    Fact(
        "shop_account_changed", Topic.SECURITY, ("sell_balance", "slug"),
        _("The bank account of %(shop)s was changed"), _("Look at the balance"),
        more=_("Payouts go to %(bank)s, ending in %(tail)s. If it was none of you, write to us at once."),
        until=WAIT_UNTIL,
    ),
    Fact(
        "shop_team_changed", Topic.SECURITY, ("sell_team", "slug"),
        _("Who works for %(shop)s has changed"), _("See who works there"),
        more=_("If it was none of you, write to us at once."),
    ),
)  # fmt: skip

FOR_CREATORS = (
    Fact(
        "creator_payout_sent", Topic.MONEY, ("create_payouts",),
        _("%(amount)s of commission are on their way to your bank account"), _("See the payouts"),
        more=_("Payout %(payout)s."),
    ),
    Fact(
        "creator_payout_came_back", Topic.MONEY, ("create_bank_account",),
        _("%(amount)s of commission came back from your bank"), _("Look at the bank account"),
        more=_("Payout %(payout)s is in your balance again. Look whether the bank account is right."),
    ),
    Fact(
        "creator_account_changed", Topic.SECURITY, ("create_balance",),
        _("The bank account for your commission was changed"), _("Look at the balance"),
        more=_("Payouts go to %(bank)s, ending in %(tail)s. If it was not you, choose a new password and write to us."),
        until=WAIT_UNTIL,
    ),
    Fact(
        "creator_invited", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s invites you to promote for %(rate)s"), _("See your programmes"),
    ),
    Fact(
        "rate_raised", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s pays %(rate)s now instead of %(rate_before)s"), _("See your programmes"),
        more=_("It counts for what is bought from now on."),
    ),
    Fact(
        "rate_cut", Topic.MONEY, ("create_programmes",),
        _("%(shop)s will pay %(rate)s instead of %(rate_before)s"), _("See your programmes"),
        until=_("For you it counts from %(deadline)s on."),
    ),
    Fact(
        "commission_frozen", Topic.MONEY, ("create_commission", "line_id"),
        _("A commission of %(amount)s is under review"), _("Read why"), until=LAPAK_DECIDES,
    ),
    Fact(
        "commission_released", Topic.MONEY, ("create_commission", "line_id"),
        _("The review of a commission of %(amount)s found nothing"), _("See the commission"),
    ),
    Fact(
        "commission_denied", Topic.MONEY, ("create_commission", "line_id"),
        _("A commission of %(amount)s is denied"), _("Read why"),
    ),
)  # fmt: skip

FOR_OPERATORS = (
    Fact(
        "case_return", Topic.CASES, ("admin:return_case", "return_id"),
        _("A return of order %(number)s is taken to Lapak"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_parcel", Topic.CASES, ("admin:parcel_case", "order_id"),
        _("Order %(number)s has not arrived, says its buyer"), _("Find out"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_dispute", Topic.CASES, ("admin:dispute_case", "dispute_id"),
        _("A payment of %(amount)s is in dispute"), _("Answer the bank"), until=_("Answer by %(deadline)s."),
    ),
    Fact(
        "case_soon", Topic.CASES, ("admin:return_desk",),
        _("A case of order %(number)s is due soon"), LOOK_AT_IT, until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_dispute_soon", Topic.CASES, ("admin:dispute_case", "dispute_id"),
        _("A dispute of %(amount)s still waits for our answer"), _("Answer the bank"),
        until=_("Without an answer by %(deadline)s it is lost."),
    ),
    Fact(
        "case_receipt", Topic.CASES, ("admin:money_desk",),
        _("%(amount)s came in and nobody knows what for"), LOOK_AT_IT,
    ),
    Fact(
        "case_stuck", Topic.CASES, ("admin:money_desk",),
        _("Something that is due cannot be done"), LOOK_AT_IT, more=_("It is tried again and again, without success so far."),
    ),
)  # fmt: skip

FACTS = {
    fact.code: replace(fact, read_as=reader)
    for reader, facts in (
        (Reader.BUYER, FOR_BUYERS),
        (Reader.SHOP, FOR_SHOPS),
        (Reader.CREATOR, FOR_CREATORS),
        (Reader.OPERATOR, FOR_OPERATORS),
    )
    for fact in facts
}
"""By code, which stands in the database for ever."""
