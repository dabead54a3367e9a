"""Which page of the operator's site belongs to which desk: every address of it has a line here, by its name. One without a
line is nobody's."""

from collections.abc import Mapping

from django.http import HttpRequest

from lapak.people.users.models import User
from lapak.people.users.operators import Desk, NotYourDesk, desks_of

EVERYBODY = frozenset(Desk)
"""Whatever their work is: the pages show of it what is theirs."""

PAGES: Mapping[Desk, tuple[str, ...]] = {
    Desk.MONEY: (
        "money_desk", "money_desk_stuck", "money_desk_receipt", "money_desk_message", "money_desk_difference",
        "tax_desk", "tax_desk_switch", "tax_desk_refund", "tax_desk_month", "tax_letter", "tax_letter_file", "tax_letter_decide",
        "house_desk", "house_desk_withheld", "house_desk_note", "house_desk_undo",
        "programme_desk", "programme_desk_open", "programme_desk_rate", "programme_desk_budget",
    ),
    Desk.PAYOUTS: (
        "payout_desk", "payout_desk_send", "payout_desk_close", "payout_desk_file", "payout_desk_ask",
        "payout_desk_returned", "payee", "payee_find", "payee_ask", "payee_agree",
    ),
    Desk.DISPUTES: (
        "dispute_case", "dispute_answer", "dispute_bear", "dispute_late", "dispute_concede", "dispute_amend", "dispute_ask",
    ),
    Desk.RETURNS: ("return_desk", "return_case", "return_decide"),
    Desk.PARCELS: ("parcel_case", "parcel_decide"),
    Desk.REVIEWS: (
        "review_desk", "review_case", "review_hide", "review_show", "review_hide_answer", "review_show_answer",
        "review_dismiss", "past_review_case", "past_review_hide", "past_review_show", "past_review_dismiss",
    ),
    Desk.MODERATION: (
        "moderation_desk", "moderation_case", "moderation_dismiss", "moderation_take_down", "moderation_suspend",
        "moderation_hide", "moderation_lift", "moderation_keep",
    ),
    Desk.CREATORS: (
        "post_desk", "post_case", "post_decide", "channel_desk", "channel_case", "channel_decide",
        "integrity_desk", "showcase_hide", "finding_case", "finding_decide", "finding_propose",
        "creator_closing", "creator_closing_answer", "creator_reopen",
    ),
    Desk.LOOKING: ("look_as", "look_as_begin"),
    Desk.COMPLAINTS: ("complaint_desk", "complaint_note", "complaint_case", "complaint_answer"),
    Desk.FEES: ("fee_desk", "fee_announce", "fee_call_off", "fee_objection", "fee_answer"),
    Desk.CLOSINGS: ("closing_desk", "closing_desk_announce", "closing_desk_call_off"),
    Desk.LAW: ("law_desk", "government_figures"),
    Desk.BREACHES: (
        "breach_desk", "breach_record", "breach_case", "breach_reword", "breach_tell", "breach_authority", "breach_publish",
        "breach_note", "breach_close", "breach_call_off", "breach_paper",
    ),
    Desk.BOOKS: ("books_desk", "books_run", "books_fact", "books_correct"),
    Desk.SETTINGS: ("settings_desk", "setting", "setting_change", "setting_take_back"),
    Desk.OPERATORS: ("operator_desk", "operator_add", "operator_roles", "operator_end"),
}  # fmt: skip
"""The desks' own pages, and what is posted from them."""

TABLES: Mapping[str, frozenset[Desk]] = {
    **dict.fromkeys(
        (
            "users_user", "shops_shop", "catalogue_product", "catalogue_category", "orders_purchase", "orders_order",
            "returns_return", "shipping_parcel", "payments_paymentintent", "payments_refund",
            "moving_feed", "moving_takeout", "moving_upload",
        ),
        frozenset({Desk.LOOKUPS}),
    ),
    **dict.fromkeys(("shipping_service", "shipping_rate"), frozenset({Desk.SHIPPING})),
    **dict.fromkeys(("ledger_account", "ledger_transfer"), frozenset({Desk.MONEY, Desk.BOOKS})),
    **dict.fromkeys(("gateways_gatewaymessage", "remittances_remittance"), frozenset({Desk.MONEY})),
    **dict.fromkeys(("payouts_payout", "payouts_payoutbatch"), frozenset({Desk.PAYOUTS})),
    "payments_dispute": frozenset({Desk.DISPUTES}),
    **dict.fromkeys(
        ("affiliates_creator", "affiliates_programme", "affiliates_link", "affiliates_commission", "samples_sample"),
        frozenset({Desk.CREATORS}),
    ),
    **dict.fromkeys(("procrastinate_procrastinatejob", "notices_mail"), frozenset({Desk.MACHINE})),
    "audit_change": frozenset({Desk.HISTORY}),
}  # fmt: skip
"""The tables, with all pages of each."""

SHARED = frozenset({
    "index", "find", "search", "jsi18n", "app_list", "autocomplete", "login", "logout", "password_change", "password_change_done",
    "",  # an address that there is not
})  # fmt: skip
"""What every operator may open."""

_DESK_OF_PAGE = {page: frozenset({desk}) for desk, pages in PAGES.items() for page in pages}


def desks_of_page(name: str) -> frozenset[Desk]:
    """Whose the address of this name is: of any of these desks."""
    if name in SHARED:
        return EVERYBODY
    table, _, _act = name.rpartition("_")
    return _DESK_OF_PAGE.get(name) or TABLES.get(table) or frozenset()


def may_open(user: User, name: str) -> bool:
    """Whether it is part of the operator's work."""
    return not desks_of_page(name).isdisjoint(desks_of(user.operator_roles))


def require_page(request: HttpRequest, user: User) -> None:
    """The door: `NotYourDesk`, unless the page that is asked for is part of the operator's work."""
    match = request.resolver_match
    if not may_open(user, (match and match.url_name) or ""):
        raise NotYourDesk
