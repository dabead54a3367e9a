"""What shops are told."""

from django.utils.translation import gettext_lazy as _

from lapak.people.notices.facts.fact import (
    LAPAK_DECIDES,
    LOOK_AT_IT,
    READ_WHY,
    RELEASED_BY_TWO,
    REVIEW_HIDDEN,
    REVIEW_SHOWN,
    SEE_ORDER,
    SEE_POST,
    SEE_RETURN,
    SEE_SAMPLE,
    WAIT_UNTIL,
    Fact,
)
from lapak.people.notices.rules import Topic

SELL_ORDER = ("sell_order", "slug", "order_id")
SELL_RETURN = ("sell_return", "slug", "return_id")
SELL_REVIEW = ("sell_review", "slug", "line_id")

SELL_POST = ("sell_post", "slug", "post_id")
SELL_COMPLAINT = ("sell_complaint", "slug", "complaint_id")
SELL_SAMPLE = ("sell_sample", "slug", "sample_id")
SELL_PROFILE = ("sell_profile", "slug")
SELL_MISSING_NUMBERS = ("sell_missing_numbers", "slug")
GIVE_NIB = _("Give the number")
SELL_FEES = ("sell_fees", "slug")
SEE_FEES = _("See your fees")
SELL_TAX = ("sell_tax", "slug")
SEE_TAX = _("See your tax")

FOR_SHOPS = (
    *(
        Fact(
            code, Topic.DEADLINES, SELL_PROFILE,
            _("%(shop)s has no business number (NIB) yet"), GIVE_NIB,
            more=_("The law asks every shop for it (Permendag 19/2026 Art. 17). You get one at oss.go.id, free of charge."),
            until=_("Without it nothing can be ordered from you after %(deadline)s; open orders go on."),
        )
        for code in ("nib_in_a_month", "nib_in_a_week")
    ),
    Fact(
        "nib_missing", Topic.DEADLINES, SELL_PROFILE,
        _("Nothing can be ordered from %(shop)s any more: its business number (NIB) is missing"), GIVE_NIB,
        more=_("Open orders, returns and payouts go on. Give the number, and buyers can order again at once."),
    ),
    *(
        Fact(
            code, Topic.DEADLINES, SELL_MISSING_NUMBERS,
            _("Goods of %(shop)s lack a number that the law asks for: %(count)s"), LOOK_AT_IT,
            more=_("Food, cosmetics, toys and some other goods show their SNI, halal, BPOM or P-IRT number."),
            until=_("Without it they are taken off sale on %(deadline)s."),
        )
        for code in ("numbers_missing", "numbers_soon")
    ),
    Fact(
        "numbers_over", Topic.DEADLINES, SELL_MISSING_NUMBERS,
        _("Goods of %(shop)s are taken off sale, as they lack a number that the law asks for: %(count)s"), LOOK_AT_IT,
        more=_("Write the number on the page of each, and put it on sale again."),
    ),
    Fact(
        "fees_to_agree", Topic.DEADLINES, SELL_FEES,
        _("Lapak announces other fees: %(shop)s is asked whether it agrees"), _("Read them, and answer"),
        more=_("Say nothing, and you keep the fees you have. You may object in words, and download the contract."),
        until=_("For shops that agree they begin on %(deadline)s."),
    ),
    Fact(
        "fees_announced", Topic.MONEY, SELL_FEES,
        _("Lapak announces other fees: nobody pays more"), SEE_FEES, until=_("They begin on %(deadline)s."),
    ),
    Fact(
        "fees_called_off", Topic.MONEY, SELL_FEES,
        _("The other fees that Lapak announced do not begin"), SEE_FEES, more=_("Your fees stay as they are."),
    ),
    Fact(
        "fee_objection_accepted", Topic.MONEY, SELL_FEES,
        _("Your objection is accepted: %(shop)s keeps its fees"), SEE_FEES,
    ),
    Fact(
        "fee_objection_declined", Topic.MONEY, SELL_FEES,
        _("Lapak has declined the objection of %(shop)s"), READ_WHY,
        more=_("Until you agree to the other fees, you keep the ones you have."),
    ),
    Fact(
        "pph22_given_back", Topic.MONEY, SELL_TAX,
        _("PPh 22 that was withheld from %(shop)s is given back"), SEE_TAX,
        more=_("It was not in force on the days of those orders after all. Your statement shows it, order by order."),
    ),
    Fact(
        "tax_letter_accepted", Topic.MONEY, SELL_TAX,
        _("The tax letter of %(shop)s is accepted"), SEE_TAX,
        more=_("While it holds, no PPh 22 is withheld from what is paid to you."),
    ),
    Fact(
        "tax_letter_declined", Topic.MONEY, SELL_TAX,
        _("The tax letter of %(shop)s is not accepted"), READ_WHY,
        more=_("PPh 22 is withheld while it is in force. You can hand in another letter."),
    ),
    Fact(
        "tax_letter_ended", Topic.MONEY, SELL_TAX,
        _("The tax letter of %(shop)s holds no more"), READ_WHY,
        more=_("PPh 22 is withheld while it is in force. You can hand in another letter."),
    ),
    Fact(
        "tax_letter_crossed", Topic.MONEY, SELL_TAX,
        _("%(shop)s has sold too much this year for its statement"), SEE_TAX,
        more=_("From the next month on PPh 22 is withheld while it is in force."),
    ),
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
        "complaint_to_answer", Topic.DEADLINES, SELL_COMPLAINT,
        _("The buyer of order %(number)s complains"), _("Answer"),
        until=_("Answer by %(deadline)s, or Lapak decides without you."),
    ),
    Fact(
        "complaint_taken", Topic.SHOP_ORDERS, SELL_COMPLAINT,
        _("Lapak looks at a complaint about order %(number)s"), LOOK_AT_IT,
    ),
    Fact(
        "address_changed", Topic.SHOP_ORDERS, SELL_ORDER,
        _("Order %(number)s goes to another address"), SEE_ORDER,
        more=_("Its buyer changed it. If you have printed the packing slip, print it again."),
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
        "review_written", Topic.REVIEWS, SELL_REVIEW,
        _("A buyer gave %(goods)s %(stars)s of 5 stars"), _("Read and answer"),
    ),
    Fact(
        "review_changed", Topic.REVIEWS, SELL_REVIEW,
        _("A review of %(goods)s was changed: %(stars)s of 5 stars"), _("Read and answer"),
        more=_("If you have answered it, see whether your answer still fits."),
    ),
    Fact("shop_review_hidden", Topic.REVIEWS, SELL_REVIEW, REVIEW_HIDDEN, READ_WHY),
    Fact("shop_review_shown", Topic.REVIEWS, SELL_REVIEW, REVIEW_SHOWN, READ_WHY),
    Fact(
        "shop_past_review_hidden", Topic.REVIEWS, ("sell_history", "slug"),
        _("A review of %(goods)s that you brought along is hidden by Lapak"), READ_WHY,
    ),
    Fact(
        "shop_past_review_shown", Topic.REVIEWS, ("sell_history", "slug"),
        _("A review of %(goods)s that you brought along is shown again"), READ_WHY,
    ),
    Fact(
        "shop_answer_hidden", Topic.REVIEWS, SELL_REVIEW,
        _("Your answer to a review of %(goods)s is hidden by Lapak"), READ_WHY,
    ),
    Fact(
        "shop_answer_shown", Topic.REVIEWS, SELL_REVIEW,
        _("Your answer to a review of %(goods)s is shown again"), READ_WHY,
    ),
    Fact(
        "shop_sample_asked", Topic.PROGRAMMES, SELL_SAMPLE,
        _("%(creator)s asks for a sample of %(goods)s"), _("Answer"), until=_("Answer by %(deadline)s, else it lapses."),
    ),
    Fact(
        "shop_sample_answer_soon", Topic.DEADLINES, SELL_SAMPLE,
        _("%(creator)s still waits for your answer about %(goods)s"), _("Answer"),
        until=_("Answer by %(deadline)s, else it lapses."),
    ),
    Fact(
        "shop_sample_send_soon", Topic.DEADLINES, SELL_SAMPLE,
        _("Send %(creator)s the sample of %(goods)s"), _("Send it"), until=_("Send it by %(deadline)s, else it lapses."),
    ),
    Fact(
        "shop_sample_lapsed", Topic.PROGRAMMES, SELL_SAMPLE,
        _("The sample of %(goods)s for %(creator)s has lapsed"), SEE_SAMPLE,
    ),
    Fact(
        "shop_sample_ended", Topic.PROGRAMMES, SELL_SAMPLE,
        _("The sample of %(goods)s for %(creator)s has ended"), READ_WHY,
    ),
    Fact(
        "shop_sample_withdrawn", Topic.PROGRAMMES, SELL_SAMPLE,
        _("%(creator)s does not want the sample of %(goods)s any more"), SEE_SAMPLE,
    ),
    Fact(
        "shop_sample_not_arrived", Topic.PROGRAMMES, SELL_SAMPLE,
        _("%(creator)s says that %(goods)s did not arrive in good order"), READ_WHY,
        more=_("Ask your courier: you have its receipt."),
    ),
    Fact(
        "shop_sample_posted", Topic.PROGRAMMES, SELL_SAMPLE,
        _("%(creator)s has shown %(goods)s"), _("See where"),
    ),
    Fact(
        "shop_sample_unposted", Topic.PROGRAMMES, SELL_SAMPLE,
        _("%(creator)s has not shown %(goods)s in time"), SEE_SAMPLE,
        more=_("They still can. Until then they may ask for fewer samples."),
    ),
    Fact(
        "shop_post_taken", Topic.PROGRAMMES, SELL_POST,
        _("%(creator)s has taken a place for a post about %(goods)s"), SEE_POST, by_mail=False,
        until=_("They hand it in by %(deadline)s."),
    ),
    Fact(
        "shop_post_handed_in", Topic.PROGRAMMES, SELL_POST,
        _("%(creator)s has posted about %(goods)s"), _("Check the post"),
        until=_("Check it by %(deadline)s, else it is approved."),
    ),
    Fact(
        "shop_post_check_soon", Topic.DEADLINES, SELL_POST,
        _("The post of %(creator)s about %(goods)s still waits for you"), _("Check the post"),
        until=_("Check it by %(deadline)s, else it is approved."),
    ),
    Fact(
        "shop_post_approved", Topic.PROGRAMMES, SELL_POST,
        _("The post of %(creator)s about %(goods)s is approved"), SEE_POST,
        more=_("Nobody said otherwise in time, or Lapak decided so."),
    ),
    Fact(
        "shop_post_escalated", Topic.PROGRAMMES, SELL_POST,
        _("%(creator)s takes your refusal of a post about %(goods)s to Lapak"), READ_WHY, until=LAPAK_DECIDES,
    ),
    Fact(
        "shop_post_denied", Topic.PROGRAMMES, SELL_POST,
        _("The post of %(creator)s about %(goods)s is not paid"), SEE_POST,
        more=_("Its fee is free for another post, or in your balance again if the offer is over."),
    ),
    Fact(
        "shop_post_given_up", Topic.PROGRAMMES, SELL_POST,
        _("%(creator)s has given up a place for a post about %(goods)s"), SEE_POST, by_mail=False,
    ),
    Fact(
        "shop_post_lapsed", Topic.PROGRAMMES, SELL_POST,
        _("%(creator)s has not posted about %(goods)s in time"), SEE_POST,
        more=_("Its fee is free for another post, or in your balance again if the offer is over."),
    ),
    Fact(
        "shop_post_offer_ended", Topic.PROGRAMMES, ("sell_post_offer", "slug", "offer_id"),
        _("Your offer for posts about %(goods)s has ended"), _("See the offer"),
        more=_("What nobody had a place for is in your balance again."),
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
        "shop_payout_released", Topic.SECURITY, ("sell_balance", "slug"),
        _("%(shop)s is paid into its new bank account before the waiting time ends"), _("Look at the balance"),
        more=RELEASED_BY_TWO,
    ),
    Fact(
        "shop_team_changed", Topic.SECURITY, ("sell_team", "slug"),
        _("Who works for %(shop)s has changed"), _("See who works there"),
        more=_("If it was none of you, write to us at once."),
    ),
    Fact(
        "takeout_ready", Topic.SECURITY, ("sell_move_out", "slug"),
        _("A file with all of %(shop)s is ready to be taken along"), _("Fetch the file"),
        more=_("An owner asked for it. If it was none of you, write to us at once."),
    ),
    Fact(
        "own_shop_closes", Topic.DEADLINES, ("sell_closing", "slug"),
        _("%(shop)s is closing"), _("See what that means"),
        more=_("It was announced by an owner or by Lapak. Take your shop along: Shop, Move out."),
        until=_("It takes no more orders from %(deadline)s on."),
    ),
    Fact(
        "own_shop_stays", Topic.DEADLINES, ("sell_closing", "slug"),
        _("%(shop)s is not closing after all"), _("Look at it"),
    ),
    Fact(
        "invitation_accepted", Topic.PROGRAMMES, ("sell_invitations", "slug"),
        _("%(name)s promotes your shop for %(rate)s now"), _("See the invitations"),
    ),
    Fact(
        "invitation_declined", Topic.PROGRAMMES, ("sell_invitations", "slug"),
        _("%(name)s has declined your invitation"), _("See the invitations"),
    ),
    Fact(
        "invitation_lapsed", Topic.PROGRAMMES, ("sell_invitations", "slug"),
        _("%(name)s did not answer your invitation in time"), _("See the invitations"),
    ),
)  # fmt: skip
