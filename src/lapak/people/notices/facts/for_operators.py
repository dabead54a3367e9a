"""What those who run the marketplace are told."""

from django.utils.translation import gettext_lazy as _

from lapak.people.notices.facts.fact import LOOK_AT_IT, Fact
from lapak.people.notices.rules import Topic

CASE_COMPLAINT = ("admin:complaint_case", "complaint_id")
CASE_MODERATION = ("admin:moderation_case", "case_id")
CASE_BREACH = ("admin:breach_case", "breach_id")
TELL_OF_IT = _("Tell whom it concerns")

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
        "case_finding", Topic.CASES, ("admin:finding_case", "finding_id"),
        _("A rule holds commissions of a creator: %(amount)s"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_objection", Topic.CASES, ("admin:finding_case", "finding_id"),
        _("A creator objects: %(amount)s are held"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_finding_soon", Topic.CASES, ("admin:finding_case", "finding_id"),
        _("A creator's review is due soon: %(amount)s"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_showcase", Topic.CASES, ("admin:finding_case", "finding_id"),
        _("A creator objects to what is hidden of their page"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_showcase_soon", Topic.CASES, ("admin:finding_case", "finding_id"),
        _("An objection about a creator's page is due soon"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_account", Topic.CASES, ("admin:creator_closing", "closing_id"),
        _("A creator's account is to be closed: a second person is needed"), LOOK_AT_IT,
        until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_fee_objection", Topic.CASES, ("admin:fee_objection", "consent_id"),
        _("%(shop)s objects to the fees that are announced"), _("Answer"),
        until=_("Answer by %(deadline)s, or it counts as accepted."),
    ),
    Fact(
        "case_review", Topic.CASES, ("admin:review_case", "review_id"),
        _("A review of %(goods)s is reported"), _("Decide it"),
    ),
    Fact(
        "case_moderation", Topic.CASES, CASE_MODERATION,
        _("%(goods)s is reported"), _("Decide it"),
    ),
    Fact(
        "case_moderation_objection", Topic.CASES, CASE_MODERATION,
        _("A shop objects to what was decided about %(goods)s"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_complaint", Topic.CASES, CASE_COMPLAINT,
        _("Complaint %(complaint)s waits for an answer"), _("Answer"), until=_("Answer by %(deadline)s."),
    ),
    Fact(
        "case_complaint_soon", Topic.CASES, CASE_COMPLAINT,
        _("Our term for complaint %(complaint)s ends soon"), _("Answer"), until=_("Answer by %(deadline)s."),
    ),
    Fact(
        "case_complaint_late", Topic.CASES, CASE_COMPLAINT,
        _("Our term for complaint %(complaint)s has passed"), _("Answer"), more=_("It counts as late in the public figures."),
    ),
    Fact(
        "case_breach", Topic.SECURITY, CASE_BREACH,
        _("A breach of people's data is recorded: %(breach)s"), TELL_OF_IT,
        until=_("They and the authority are told by %(deadline)s."),
    ),
    Fact(
        "case_breach_soon", Topic.SECURITY, CASE_BREACH,
        _("Somebody has still to be told of breach %(breach)s"), TELL_OF_IT,
        until=_("They and the authority are told by %(deadline)s."),
    ),
    Fact(
        "case_breach_late", Topic.SECURITY, CASE_BREACH,
        _("The time to tell of breach %(breach)s is over"), TELL_OF_IT,
        more=_("The law is not kept, and each hour makes it worse."),
    ),
    Fact(
        "case_past_review", Topic.CASES, ("admin:past_review_case", "past_review_id"),
        _("A review of %(goods)s from elsewhere is reported"), _("Decide it"),
    ),
    Fact(
        "case_channel", Topic.CASES, ("admin:channel_case", "channel_id"),
        _("A creator shows a channel: %(channel)s"), LOOK_AT_IT, until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_post", Topic.CASES, ("admin:post_case", "post_id"),
        _("%(creator)s objects: a post for %(amount)s was declined"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_post_soon", Topic.CASES, ("admin:post_case", "post_id"),
        _("A creator's objection about a post is due soon: %(amount)s"), _("Decide it"), until=_("Decide by %(deadline)s."),
    ),
    Fact(
        "case_receipt", Topic.CASES, ("admin:money_desk",),
        _("%(amount)s came in and nobody knows what for"), LOOK_AT_IT,
    ),
    Fact(
        "operators_changed", Topic.CASES, ("admin:operator_desk",),
        _("%(person)s works for the marketplace in other roles"), LOOK_AT_IT,
        more=_("If no owner meant to, take the roles back and change your password."),
    ),
    Fact(
        "case_stuck", Topic.CASES, ("admin:money_desk",),
        _("Something that is due cannot be done"), LOOK_AT_IT, more=_("It is tried again and again, without success so far."),
    ),
)  # fmt: skip
