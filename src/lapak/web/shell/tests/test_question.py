"""Every act of a screen asks before what cannot be taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

WEB = Path(__file__).parents[2]

ASKED_ON_THE_PAGE = {
    "pay_cancel",
    "order_cancel",
    "order_received",
    "order_not_arrived",
    "return_withdraw",
    "review_delete",
}
"""Their buttons only open a question that lies on the page already."""

NOT_FINAL = {
    "complaint_accept": "another complaint can be made",
    "complaint_go_on": "can be withdrawn",
    "complaint_withdraw": "another complaint can be made",
    "sell_decision_object": "words, and Lapak decides",
    "cart_add": "typed again",
    "cart_prices": "only goes on",
    "cart_line": "typed again",
    "go_on_here": "only goes on",
    "take_along": "taken out of the cart again",
    "pay_check": "only looks",
    "order_again": "lies in the cart, and nothing is ordered",
    "pay_anew": "a code more, and only one is paid",
    "return_escalate": "words, and Lapak decides",
    "return_send": "written from the courier's receipt",
    "return_pictures": "shows more",
    "notices_read": "only reads",
    "notice": "only reads",
    "sell_invitation_accept": "left again",
    "sell_invitation_decline": "invited again",
    "sell_team_invite": "taken back",
    "sell_closing_call_off": "announced again",
    "sell_team_withdraw": "invited again",
    "sell_tax_name": "named again, and both stay on record",
    "sell_tax_state": "withdrawn, and a person looks at it",
    "sell_tax_exempt": "withdrawn, and a person looks at it",
    "sell_tax_withdraw": "handed in again",
    "sell_fees_object": "words; the shop may agree all the same",
    "sell_fees_turnover": "stated again, and both stay on record",
    "sell_product_publish": "taken off sale again",
    "sell_product_archive": "put on sale again",
    "sell_many_choose": "only keeps together what was chosen",
    "sell_many_begin": "the plan on its page is the question",
    "sell_many_take_back": "only plans, and its page is the question",
    "sell_picture_add": "removed again",
    "sell_picture_remove": "added again, from where it came",
    "sell_variant": "typed again; a steep fall of the price is asked about in its field",
    "account_data_fetch": "only fetches a file",
    "account_consent": "answered otherwise at any time",
    "account_erasure_call_off": "asked for again",
    "account_email_prove": "only sends a link",
    "account_session_end": "signed in again",
    "account_sessions_end_others": "signed in again",
    "account_sessions_end_all": "signed in again",
    "look_end": "begun again, with its reason",
    "sell_upload_columns": "named again, before anything comes in",
    "sell_takeout": "only fetches a file",
    "sell_feed_open": "closed again",
    "sell_upload_begin": "the plan on its page is the question",
    "sell_upload_profile": "typed again on the shop's page, and both stay on record",
    "sell_upload_resume": "goes on with what was begun",
    "sell_orders_pack": "what shops do a hundred times a day; the buyer may still ask to cancel",
    "sell_orders_slips": "only prints",
    "sell_order_pack": "as of many",
    "sell_orders_ship": "written from the courier's receipts",
    "sell_order_ship": "written from the courier's receipt",
    "sell_order_number": "typed again, and both stay on record",
    "sell_order_hand_over": "words, and more time",
    "sell_order_keep": "the order goes on as agreed",
    "create_profile_save": "typed again",
    "create_channel_name": "taken off the list again",
    "create_channel_show": "only asks",
    "create_post_take": "given up again",
    "create_post_give_up": "taken again, while there is a place",
    "create_post_hand_in": "words; the shop looks at it first",
    "create_post_escalate": "words, and Lapak decides",
    "sell_post_approve": "declined again, as long as the post has to stand",
    "sell_post_decline": "words, and the creator may take it to Lapak",
    "create_sample_ask": "withdrawn again",
    "create_sample_receive": "only says so, and the time to show it begins",
    "create_sample_miss": "words, and nothing is lost by them",
    "create_sample_post": "words; nothing ends by them that anybody wants",
    "sell_samples_terms": "typed again",
    "sell_sample_approve": "called off again, and the piece is back",
    "sell_sample_decline": "words, and the creator may ask again",
    "sell_sample_call_off": "words, and the creator may ask again",
    "sell_sample_send": "written from the courier's receipt",
    "sell_return_receive": "the shop looks at the goods next",
    "sell_return_send_again": "written from the courier's receipt",
    "sell_return_shelve": "stock is typed again",
    "sell_programme_open": "its commission is changed again",
    "sell_programme_who_earns": "chosen again",
    "sell_programme_rate": "announced again; a steep rise is asked about in its field",
    "sell_invitations_invite": "withdrawn",
    "sell_invitations_withdraw": "invited again",
    "sell_programme_whole": "announced again; a steep rise is asked about in its field",
    "sell_programme_special": "as of all",
    "sell_programme_withdraw": "announced again",
    "sell_programme_budget": "announced again",
    "sell_creators_before_invite": "a new link takes its place, and nobody was told",
    "create_invitation_accept": "nobody has to promote anything",
    "create_invitation_decline": "the shop may ask again",
    "create_old_links_keep": "archived, and made under another code",
    "create_discover_take": "archived",
    "create_link_change": "typed again",
    "create_link_archive": "brought back",
    "create_link_restore": "archived again",
    "create_showcase_look": "typed again",
    "create_showcase_cover": "put up again",
    "create_showcase_arrange": "arranged again",
    "create_review_object": "words, and another person decides",
    "create_programme_join": "nobody has to promote anything",
}
"""What a slip costs: nothing that a second step does not mend. The operator's acts have a test of their own."""


def acts(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, bool]]:
    """The name of every address that only takes what is posted, and whether it asks first."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from acts(pattern.url_patterns)
        elif getattr(pattern.callback, "only_posted", False):
            yield pattern.name or "", getattr(pattern.callback, "asks_first", False)


def test_every_act_asks_first_or_can_be_taken_back() -> None:
    found = dict(acts(get_resolver().url_patterns))
    asking = {name for name, asks in found.items() if asks}
    assert len(asking) > 10
    assert set(found) - asking == ASKED_ON_THE_PAGE | set(NOT_FINAL)


def test_what_is_asked_on_the_page_is_posted_from_its_question_alone() -> None:
    posted = re.compile(r'<form[^>]*action="{% url "(\w+)"[^"]*"')
    loose, asked = set[str](), set[str]()
    for template in WEB.glob("*/templates/**/*.html"):
        text = template.read_text()
        dialogs = "".join(re.findall(r"<dialog.*?</dialog>", text, re.DOTALL))
        asked |= set(posted.findall(dialogs))
        loose |= set(posted.findall(re.sub(r"<dialog.*?</dialog>", "", text, flags=re.DOTALL)))
    assert asked & ASKED_ON_THE_PAGE == ASKED_ON_THE_PAGE
    assert loose & ASKED_ON_THE_PAGE == set()
