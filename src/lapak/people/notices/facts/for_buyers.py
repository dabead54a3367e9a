"""What buyers are told."""

from django.utils.translation import gettext_lazy as _

from lapak.people.notices.facts.fact import (
    ADD_ACCOUNT,
    CLOSING,
    LAPAK_DECIDES,
    ORDER,
    READ_WHY,
    REFUNDS,
    RELEASED_BY_TWO,
    RETURN,
    REVIEW_HIDDEN,
    REVIEW_SHOWN,
    SEE_CLOSING,
    SEE_MONEY,
    SEE_ORDER,
    SEE_RETURN,
    Fact,
)
from lapak.people.notices.rules import Topic

REVIEW = ("review", "line_id")

COMPLAINT = ("complaint", "complaint_id")

OWN_REPORTS = ("own_reports",)
SEE_REPORTS = _("See your reports")

READ_THE_ANSWER = _("Read the answer")

SEE_ERASURE = _("See where it stands")

FOR_BUYERS = (
    Fact(
        "order_paid", Topic.MONEY, ORDER,
        _("Your payment for order %(number)s has arrived"), SEE_ORDER,
        more=_("You paid %(amount)s. %(shop)s has been told to pack it."),
        until=_("If it is not packed by %(deadline)s, it is cancelled and your money goes back."),
    ),
    Fact(
        "complaint_shop_answered", Topic.DEADLINES, COMPLAINT,
        _("The shop answered your complaint about order %(number)s"), READ_THE_ANSWER,
        until=_("If it settles nothing, say so by %(deadline)s, and Lapak looks at it."),
    ),
    Fact(
        "complaint_soon_settled", Topic.DEADLINES, COMPLAINT,
        _("Your complaint about order %(number)s counts as settled soon"), READ_THE_ANSWER,
        until=_("If it settles nothing, say so by %(deadline)s, and Lapak looks at it."),
    ),
    Fact(
        "complaint_with_lapak", Topic.PROGRESS, COMPLAINT,
        _("The shop did not answer your complaint about order %(number)s: Lapak looks at it"), _("See the complaint"),
        until=_("We answer by %(deadline)s."),
    ),
    Fact(
        "complaint_answered", Topic.PROGRESS, COMPLAINT,
        _("Lapak answered your complaint %(complaint)s"), READ_THE_ANSWER,
    ),
    Fact(
        "complaint_late", Topic.PROGRESS, COMPLAINT,
        _("We are late with an answer to your complaint %(complaint)s"), _("See the complaint"),
        more=_("You need not wait for us: its page names who else listens to you."),
    ),
    Fact(
        "page_report_heeded", Topic.REVIEWS, OWN_REPORTS,
        _("You reported %(goods)s: we have acted"), SEE_REPORTS,
        more=_("We looked at it, and found that it breaks our rules. Thank you."),
    ),
    Fact(
        "page_report_dismissed", Topic.REVIEWS, OWN_REPORTS,
        _("You reported %(goods)s: it stays"), SEE_REPORTS,
        more=_("We looked at it, and found nothing that breaks our rules."),
    ),
    Fact(
        "order_not_paid", Topic.PROGRESS, ("cart",),
        _("Order %(number)s was not paid in time"), _("Go to the cart"),
        more=_("Its goods lie in your cart again. If you have paid all the same, your money comes back to you."),
    ),
    Fact(
        "order_redirected", Topic.SECURITY, ORDER,
        _("Order %(number)s goes to another address"), SEE_ORDER,
        more=_("If it was not you, cancel the order, choose a new password at once and write to us."),
    ),
    Fact(
        "order_shipped", Topic.PROGRESS, ORDER,
        _("Order %(number)s is on its way"), SEE_ORDER,
        more=_("%(courier)s has it under the number %(tracking)s."),
        until=_("It should be with you by %(deadline)s. After that you can say that it has not arrived."),
    ),
    Fact(
        "tracking_corrected", Topic.PROGRESS, ORDER,
        _("The tracking number of order %(number)s was corrected"), SEE_ORDER,
        more=_("%(courier)s has it under the number %(tracking)s."),
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
        _("The shop declines your return of order %(number)s"), READ_WHY,
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
        "review_asked", Topic.REVIEWS, ORDER,
        _("How is what you bought from %(shop)s?"), _("Write a review"),
        more=_("Order %(number)s is completed. Say what you think of its goods: others decide by it."),
    ),
    Fact(
        "review_answered", Topic.REVIEWS, REVIEW,
        _("%(shop)s has answered your review of %(goods)s"), _("Read the answer"),
    ),
    Fact("review_hidden", Topic.REVIEWS, REVIEW, REVIEW_HIDDEN, READ_WHY),
    Fact("review_shown", Topic.REVIEWS, REVIEW, REVIEW_SHOWN, READ_WHY),
    Fact(
        "report_heeded", Topic.REVIEWS, ("product_reviews", "slug", "code"),
        _("What you reported of %(goods)s is hidden"), _("See the reviews"), by_mail=False,
    ),
    Fact(
        "report_dismissed", Topic.REVIEWS, ("product_reviews", "slug", "code"),
        _("What you reported of %(goods)s stays as it is"), _("See the reviews"),
        more=_("We looked at it, and it may be said. If you think that is wrong, write to us."), by_mail=False,
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
        "refund_released", Topic.SECURITY, ("account",),
        _("Your refund is paid into the new bank account before the waiting time ends"), _("Look at your account"),
        more=RELEASED_BY_TWO,
    ),
    Fact(
        "own_data_ready", Topic.SECURITY, ("account_data",),
        _("The file with your own data is ready"), _("Fetch the file"),
        more=_("If you did not ask for it, choose a new password at once and write to us."),
    ),
    Fact(
        "erasure_asked", Topic.SECURITY, ("account_erasure",),
        _("You asked for your data to be erased"), SEE_ERASURE,
        more=_("If it was not you, call it off and choose a new password at once."),
        until=_("It begins at %(deadline)s."),
    ),
    Fact(
        "erasure_waits", Topic.SECURITY, ("account_erasure",),
        _("Your data are not erased yet"), SEE_ERASURE,
        more=_("Something is still owed to somebody. It goes on by itself once that is over."),
    ),
    Fact(
        "breach", Topic.SECURITY, ("account_breach", "breach_id"),
        _("Data of yours at Lapak were in the hands of others"), _("Read what happened, and what you can do"),
        more=_("We have written to you by mail as well."), by_mail=False,
    ),
    Fact(
        "shop_invites", Topic.SECURITY, ("sell",),
        _("%(shop)s asks you to work for it"), _("Answer"),
        more=_("You can accept or decline. If you do not know the shop, decline."),
    ),
    Fact(
        "order_of_closing_shop", Topic.DEADLINES, ORDER,
        _("%(shop)s is closing; order %(number)s goes on"), SEE_ORDER,
        until=_("If no courier has it by %(deadline)s, it is cancelled and your money goes back."),
    ),
    Fact(
        "market_closes", Topic.DEADLINES, CLOSING,
        _("Lapak is closing"), SEE_CLOSING,
        more=_("Orders that are there go on, and money that is yours is paid out."),
        until=_("Nothing can be ordered from %(deadline)s on."),
    ),
    Fact(
        "market_stays", Topic.DEADLINES, CLOSING,
        _("Lapak is not closing after all"), SEE_CLOSING, more=_("The closing was called off. All goes on as before."),
    ),
)  # fmt: skip
