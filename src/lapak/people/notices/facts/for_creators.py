"""What creators are told."""

from django.utils.translation import gettext_lazy as _

from lapak.people.notices.facts.fact import (
    LAPAK_DECIDES,
    READ_WHY,
    RELEASED_BY_TWO,
    SEE_POST,
    SEE_SAMPLE,
    WAIT_UNTIL,
    Fact,
)
from lapak.people.notices.rules import Topic

SEE_PROGRAMMES = _("See your programmes")
FROM_NOW_ON = _("It counts for what is bought from now on.")
FOR_YOU_FROM = _("For you it counts from %(deadline)s on.")
NO_MORE_THEN = _("A sale is paid for whole or not at all.")
ANSWER_UNTIL = _("You can answer until %(deadline)s.")
SAMPLE = ("create_sample", "sample_id")
POST = ("create_post", "post_id")

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
        "creator_payout_released", Topic.SECURITY, ("create_balance",),
        _("Your commission is paid into the new bank account before the waiting time ends"), _("Look at the balance"),
        more=RELEASED_BY_TWO,
    ),
    Fact(
        "creator_invited", Topic.PROGRAMMES, ("create_invitation", "code"),
        _("%(shop)s invites you to promote for %(rate)s"), _("Read the invitation"),
        until=ANSWER_UNTIL,
    ),
    Fact(
        "invitation_soon", Topic.PROGRAMMES, ("create_invitation", "code"),
        _("The invitation of %(shop)s for %(rate)s waits for your answer"), _("Read the invitation"),
        until=ANSWER_UNTIL,
    ),
    Fact(
        "invitation_withdrawn", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s has withdrawn its invitation"), SEE_PROGRAMMES,
    ),
    Fact(
        "own_rate_ends", Topic.MONEY, ("create_programmes",),
        _("Your own rate of %(rate)s at %(shop)s ends, as agreed"), SEE_PROGRAMMES,
        more=_("Then its rate for everyone counts, if it has one."),
        until=_("It counts until %(deadline)s."),
    ),
    Fact(
        "rate_raised", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s pays %(rate)s now instead of %(rate_before)s"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "rate_cut", Topic.MONEY, ("create_programmes",),
        _("%(shop)s will pay %(rate)s instead of %(rate_before)s"), SEE_PROGRAMMES, until=FOR_YOU_FROM,
    ),
    Fact(
        "rate_cut_soon", Topic.MONEY, ("create_programmes",),
        _("Soon %(shop)s pays %(rate)s instead of %(rate_before)s"), SEE_PROGRAMMES, until=FOR_YOU_FROM,
    ),
    Fact(
        "indirect_raised", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s pays %(rate)s now instead of %(rate_before)s for other goods than the linked ones"), SEE_PROGRAMMES,
        more=FROM_NOW_ON,
    ),
    Fact(
        "indirect_cut", Topic.MONEY, ("create_programmes",),
        _("%(shop)s will pay %(rate)s instead of %(rate_before)s for other goods than the linked ones"), SEE_PROGRAMMES,
        until=FOR_YOU_FROM,
    ),
    Fact(
        "indirect_cut_soon", Topic.MONEY, ("create_programmes",),
        _("Soon %(shop)s pays %(rate)s instead of %(rate_before)s for other goods than the linked ones"),
        SEE_PROGRAMMES, until=FOR_YOU_FROM,
    ),
    Fact(
        "cap_raised", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s pays up to %(amount)s for a line now"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "cap_lifted", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s no longer bounds what a line earns"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "cap_cut", Topic.MONEY, ("create_programmes",),
        _("%(shop)s will pay at most %(amount)s for a line"), SEE_PROGRAMMES, until=FOR_YOU_FROM,
    ),
    Fact(
        "cap_cut_soon", Topic.MONEY, ("create_programmes",),
        _("Soon %(shop)s pays at most %(amount)s for a line"), SEE_PROGRAMMES, until=FOR_YOU_FROM,
    ),
    Fact(
        "budget_raised", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s has raised the budget for its creators to %(amount)s"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "budget_lifted", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s no longer bounds what its creators earn together"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "budget_cut", Topic.MONEY, ("create_programmes",),
        _("%(shop)s will pay all its creators together at most %(amount)s"), SEE_PROGRAMMES, more=NO_MORE_THEN,
        until=FOR_YOU_FROM,
    ),
    Fact(
        "budget_cut_soon", Topic.MONEY, ("create_programmes",),
        _("Soon %(shop)s pays all its creators together at most %(amount)s"), SEE_PROGRAMMES, more=NO_MORE_THEN,
        until=FOR_YOU_FROM,
    ),
    Fact(
        "month_budget_raised", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s has raised the budget for its creators to %(amount)s a month"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "month_budget_lifted", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s no longer bounds what its creators earn together"), SEE_PROGRAMMES, more=FROM_NOW_ON,
    ),
    Fact(
        "month_budget_cut", Topic.MONEY, ("create_programmes",),
        _("%(shop)s will pay all its creators together at most %(amount)s a month"), SEE_PROGRAMMES, more=NO_MORE_THEN,
        until=FOR_YOU_FROM,
    ),
    Fact(
        "month_budget_cut_soon", Topic.MONEY, ("create_programmes",),
        _("Soon %(shop)s pays all its creators together at most %(amount)s a month"), SEE_PROGRAMMES,
        more=NO_MORE_THEN, until=FOR_YOU_FROM,
    ),
    Fact(
        "who_earns_changes", Topic.MONEY, ("create_programmes",),
        _("%(shop)s changes who earns where several creators were clicked"), _("See what changes"),
        until=_("It counts from %(deadline)s on."),
    ),
    Fact(
        "commission_frozen", Topic.MONEY, ("create_commission", "commission_id"),
        _("A commission of %(amount)s is under review"), _("Read why"), until=LAPAK_DECIDES,
    ),
    Fact(
        "commission_released", Topic.MONEY, ("create_commission", "commission_id"),
        _("The review of a commission of %(amount)s found nothing"), _("See the commission"),
    ),
    Fact(
        "account_found", Topic.MONEY, ("create_review", "finding_id"),
        _("Commissions of yours are looked into: %(amount)s"), READ_WHY, until=LAPAK_DECIDES,
    ),
    Fact(
        "account_upheld", Topic.MONEY, ("create_review", "finding_id"),
        _("Commissions that were looked into are to be denied: %(amount)s"), _("Read why, and object"),
        until=_("You may object until %(deadline)s. Then it is final."),
    ),
    Fact(
        "account_objection_soon", Topic.MONEY, ("create_review", "finding_id"),
        _("Tomorrow you can object no more: %(amount)s"), _("Read why, and object"),
        until=_("You may object until %(deadline)s. Then it is final."),
    ),
    Fact(
        "account_appealed", Topic.MONEY, ("create_review", "finding_id"),
        _("Your objection is with us: %(amount)s"), _("See the review"),
        more=_("Another person than before decides. Without an answer in time the money is yours."), until=LAPAK_DECIDES,
    ),
    Fact(
        "account_lifted", Topic.MONEY, ("create_review", "finding_id"),
        _("The review found nothing: %(amount)s are free again"), _("See the review"),
    ),
    Fact(
        "account_final", Topic.MONEY, ("create_review", "finding_id"),
        _("Commissions are denied for good: %(amount)s"), READ_WHY,
    ),
    Fact(
        "showcase_hidden", Topic.SECURITY, ("create_review", "finding_id"),
        _("Something of your page is hidden"), _("Read why, and object"),
        until=_("You may object until %(deadline)s. Then it is final."),
    ),
    Fact(
        "showcase_objection_soon", Topic.SECURITY, ("create_review", "finding_id"),
        _("Tomorrow you can no longer object to what is hidden of your page"), _("Read why, and object"),
        until=_("You may object until %(deadline)s. Then it is final."),
    ),
    Fact(
        "showcase_appealed", Topic.SECURITY, ("create_review", "finding_id"),
        _("Your objection about your page is with us"), _("See the review"),
        more=_("Another person than before decides. Without an answer in time it is shown again."), until=LAPAK_DECIDES,
    ),
    Fact(
        "showcase_lifted", Topic.SECURITY, ("create_review", "finding_id"),
        _("What was hidden of your page is shown again"), _("See the review"),
    ),
    Fact(
        "showcase_final", Topic.SECURITY, ("create_review", "finding_id"),
        _("What is hidden of your page stays hidden"), READ_WHY,
    ),
    Fact(
        "account_closing_proposed", Topic.MONEY, ("create_reviews",),
        _("Your creator account may be closed"), READ_WHY,
        until=_("If a second person agrees: by %(deadline)s. Else it stays open."),
    ),
    Fact(
        "account_closing_agreed", Topic.MONEY, ("create_reviews",),
        _("Your creator account is being closed"), _("Read why, and what stays yours"),
        more=_("What you earned before stays yours and is paid out as always."),
        until=_("Purchases from %(deadline)s on earn you nothing."),
    ),
    Fact(
        "account_closing_declined", Topic.MONEY, ("create_reviews",),
        _("Your creator account stays open"), _("See what was decided"),
    ),
    Fact(
        "account_reopened", Topic.MONEY, ("create_reviews",),
        _("Your creator account is open again"), _("See what was decided"),
    ),
    Fact(
        "channel_confirmed", Topic.PROGRAMMES, ("create_profile",),
        _("%(channel)s is confirmed"), _("See your profile"),
        more=_("You may take the code out of your bio. Shops find you if your profile says that they may."),
    ),
    Fact(
        "channel_declined", Topic.PROGRAMMES, ("create_profile",), _("%(channel)s is not confirmed"), READ_WHY,
    ),
    Fact(
        "sample_approved", Topic.PROGRAMMES, SAMPLE,
        _("%(shop)s gives you %(goods)s"), SEE_SAMPLE,
        more=_("The shop sends it and pays the courier. You will read the tracking number."),
        until=_("It is sent by %(deadline)s."),
    ),
    Fact(
        "sample_declined", Topic.PROGRAMMES, SAMPLE, _("%(shop)s gives no sample of %(goods)s"), READ_WHY,
    ),
    Fact(
        "sample_called_off", Topic.PROGRAMMES, SAMPLE, _("%(shop)s cannot send %(goods)s after all"), READ_WHY,
    ),
    Fact(
        "sample_lapsed", Topic.PROGRAMMES, SAMPLE, _("%(shop)s was too late with a sample of %(goods)s"), SEE_SAMPLE,
        more=_("Your wish is over. You may ask again, or ask another shop."),
    ),
    Fact(
        "sample_ended", Topic.PROGRAMMES, SAMPLE, _("Your wish for a sample of %(goods)s has ended"), READ_WHY,
    ),
    Fact(
        "sample_sent", Topic.PROGRAMMES, SAMPLE, _("%(goods)s is on its way to you"), SEE_SAMPLE,
        until=_("If you say nothing by %(deadline)s, it counts as arrived."),
    ),
    Fact(
        "sample_arrives_soon", Topic.DEADLINES, SAMPLE, _("Has %(goods)s arrived?"), _("Say so"),
        until=_("If you say nothing by %(deadline)s, it counts as arrived."),
    ),
    Fact(
        "sample_arrived", Topic.PROGRAMMES, SAMPLE, _("%(goods)s counts as arrived"), SEE_SAMPLE,
        until=_("Show it and name the address of your post by %(deadline)s."),
    ),
    Fact(
        "sample_post_soon", Topic.DEADLINES, SAMPLE, _("Tomorrow the time to show %(goods)s is over"), _("Name the address"),
        until=_("Show it and name the address of your post by %(deadline)s."),
    ),
    Fact(
        "sample_unposted", Topic.PROGRAMMES, SAMPLE, _("You have not said where you showed %(goods)s"), _("Name the address"),
        more=_("You still can. Until then it counts among the samples you may have open."),
    ),
    Fact(
        "post_offered", Topic.PROGRAMMES, ("create_post_offer", "offer_id"),
        _("%(shop)s pays %(amount)s for a post about %(goods)s"), _("See the offer"), by_mail=False,
        until=_("Take a place by %(deadline)s, as long as there is one."),
    ),
    Fact(
        "post_offered_to_you", Topic.PROGRAMMES, ("create_post_offer", "offer_id"),
        _("%(shop)s offers you %(amount)s for a post about %(goods)s"), _("See the offer"),
        until=_("Take a place by %(deadline)s, as long as there is one."),
    ),
    Fact(
        "post_offer_withdrawn", Topic.PROGRAMMES, ("create_posts",),
        _("%(shop)s has withdrawn its offer for posts about %(goods)s"), _("See your posts"),
        more=_("A place that you have taken stays yours."),
    ),
    Fact(
        "post_hand_in_soon", Topic.DEADLINES, POST, _("Tomorrow your place for a post about %(goods)s is over"),
        _("Hand it in"), until=_("Hand in the address by %(deadline)s."),
    ),
    Fact(
        "post_lapsed", Topic.PROGRAMMES, POST, _("Your place for a post about %(goods)s is over"), SEE_POST,
        more=_("No address was handed in in time."),
    ),
    Fact(
        "post_approved", Topic.MONEY, POST, _("Your post about %(goods)s is approved: %(amount)s"), SEE_POST,
        until=_("Leave it standing: the fee is in your balance on %(deadline)s."),
    ),
    Fact(
        "post_declined", Topic.MONEY, POST, _("%(shop)s does not want to pay for your post about %(goods)s"), READ_WHY,
        until=_("You can take it to Lapak until %(deadline)s."),
    ),
    Fact(
        "post_object_soon", Topic.DEADLINES, POST, _("Your post about %(goods)s is declined, and you have said nothing yet"),
        READ_WHY, until=_("You can take it to Lapak until %(deadline)s."),
    ),
    Fact(
        "post_denied", Topic.MONEY, POST, _("Nothing is paid for your post about %(goods)s"), READ_WHY,
    ),
    Fact(
        "post_fee_credited", Topic.MONEY, POST, _("The fee for your post about %(goods)s is in your balance"), SEE_POST,
        more=_("%(amount)s, less tax."),
    ),
    Fact(
        "programme_shop_closes", Topic.MONEY, ("create_programmes",),
        _("%(shop)s is closing"), _("See your programmes"),
        more=_("What was bought through your links until then is paid as always."),
        until=_("It takes no more orders from %(deadline)s on."),
    ),
    Fact(
        "programme_shop_stays", Topic.PROGRAMMES, ("create_programmes",),
        _("%(shop)s is not closing after all"), _("See your programmes"),
    ),
)  # fmt: skip
