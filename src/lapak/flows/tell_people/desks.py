"""Which of the operators is told a fact: those whose desk its page is on (web/staff/desks.py; a test compares)."""

from collections.abc import Mapping

from lapak.people.users.operators import Desk

DESK_OF_FACT: Mapping[str, Desk] = {
    "case_return": Desk.RETURNS,
    "case_soon": Desk.RETURNS,
    "case_parcel": Desk.PARCELS,
    "case_dispute": Desk.DISPUTES,
    "case_dispute_soon": Desk.DISPUTES,
    "case_finding": Desk.CREATORS,
    "case_objection": Desk.CREATORS,
    "case_finding_soon": Desk.CREATORS,
    "case_showcase": Desk.CREATORS,
    "case_showcase_soon": Desk.CREATORS,
    "case_account": Desk.CREATORS,
    "case_channel": Desk.CREATORS,
    "case_post": Desk.CREATORS,
    "case_post_soon": Desk.CREATORS,
    "case_review": Desk.REVIEWS,
    "case_past_review": Desk.REVIEWS,
    "case_moderation": Desk.MODERATION,
    "case_moderation_objection": Desk.MODERATION,
    "case_complaint": Desk.COMPLAINTS,
    "case_complaint_soon": Desk.COMPLAINTS,
    "case_complaint_late": Desk.COMPLAINTS,
    "case_breach": Desk.BREACHES,
    "case_breach_soon": Desk.BREACHES,
    "case_breach_late": Desk.BREACHES,
    "case_fee_objection": Desk.FEES,
    "case_receipt": Desk.MONEY,
    "case_stuck": Desk.MONEY,
    "operators_changed": Desk.OPERATORS,
}
