"""Which act is for whom: every command of a person, and how it is done to the things of one_of_each.py.

They are found in the source (commands_found.py). A new one needs a line in `COMMANDS`; a step that is given a row its caller
has locked for the right person, one in `STEPS`; what a screen may call without saying who acts, one in `WITHOUT_BY`.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lapak.affiliates import creators
from lapak.flows.cancel_goods import cancel_goods
from lapak.flows.cancel_order import agree_to_cancel, cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.claim_account import claim_account
from lapak.flows.pay_again import pay_again
from lapak.flows.refund_return import accept_in_part, accept_return, approve_return, uphold_return
from lapak.flows.ship_order import confirm_receipt, correct_tracking_number, decide_fate, deliver_order, ship_order
from lapak.flows.tests.of_accounts import OF_ACCOUNTS
from lapak.flows.tests.of_moderation import OF_MODERATION
from lapak.flows.tests.of_operators import OF_OPERATORS
from lapak.flows.tests.of_privacy import OF_BREACHES, OWN_OF_PRIVACY
from lapak.flows.tests.of_promotion import OF_PROMOTION
from lapak.flows.tests.of_taxes import OF_TAXES
from lapak.flows.tests.one_of_each import World, account_of
from lapak.goods.catalogue import commands as catalogue
from lapak.goods.catalogue.rules import NewProduct, NewVariant, ProductFields
from lapak.goods.mass import commands as mass
from lapak.lib import clock
from lapak.moderation.reporting import report_page
from lapak.money.fees import commands as fees
from lapak.moving import feeds_out, takeouts, uploads
from lapak.moving import move_out as moving_out
from lapak.moving.move_in import move_in
from lapak.moving.past.hiding import dismiss_past_reports, hide_past_review, show_past_review
from lapak.moving.past.reporting import report_past_review
from lapak.moving.profile import take_profile_over
from lapak.moving.undo import undo_upload
from lapak.people.notices.commands import mark_read
from lapak.people.shops import closings, members
from lapak.people.shops import commands as shops
from lapak.people.shops.rules import Duty, Role
from lapak.people.users import claiming, email_changes, looking, sessions
from lapak.people.users import commands as users
from lapak.people.users.models import User
from lapak.people.users.operators import DESKS_OF, Desk, OperatorRole
from lapak.testing.cast import operator_as
from lapak.testing.fees import dearer, newest_fees
from lapak.trade.complaints import commands as complaining
from lapak.trade.orders import cancelling, redirecting
from lapak.trade.orders import commands as orders
from lapak.trade.orders.carts import buy_again
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.returns.pictures import add_pictures
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import dismiss_reports, hide_answer, hide_review, show_answer, show_review
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import change_review, delete_review, write_review

Do = Callable[[World, User], object]
BUYER, CREATOR, INVITED, NOBODY_ELSE = "buyer", "creator", "invited", "whoever it is"
Who = Duty | Desk | str
"""A duty in the shop, a desk of the operator's, or a person; `NOBODY_ELSE` of what a person does with their own things, which
are nobody else's."""


def rightful(who: Who, world: World) -> User:
    """One whom it is for; of a desk, one who has little else."""
    if isinstance(who, Desk):
        return operator_as(
            min((role for role in OperatorRole if who in DESKS_OF[role]), key=lambda role: len(DESKS_OF[role]))
        )
    cast = world.cast
    people = {BUYER: cast.buyer, CREATOR: cast.creator_user, INVITED: world.invitation.user}
    return people.get(who, cast.seller)


FIELDS = ProductFields(title="Sarung", weight_g=300)

COMMANDS: dict[Callable[..., Any], tuple[Who, Do]] = {
    cancel_unpaid_purchase: (BUYER, lambda w, by: cancel_unpaid_purchase(by, w.unpaid.purchase_id, "no")),
    pay_again: (BUYER, lambda w, by: pay_again(by, w.unpaid.purchase_id)),
    cancel_paid_order: (Duty.ORDERS, lambda w, by: cancel_paid_order(by, w.paid.id, "no")),
    orders.pack_order: (Duty.ORDERS, lambda w, by: orders.pack_order(by, w.paid.id)),
    orders.show_handed_over: (Duty.ORDERS, lambda w, by: orders.show_handed_over(by, w.paid.id, "0815")),
    ship_order: (Duty.ORDERS, lambda w, by: ship_order(by, w.paid.id, "JX0001234567")),
    correct_tracking_number: (Duty.ORDERS, lambda w, by: correct_tracking_number(by, w.paid.id, "JX0001234569")),
    deliver_order: (Duty.ORDERS, lambda w, by: deliver_order(by, w.paid.id)),
    agree_to_cancel: (Duty.ORDERS, lambda w, by: agree_to_cancel(by, w.paid.id)),
    buy_again: (BUYER, lambda w, by: buy_again(by, w.paid.id)),
    cancelling.decline_to_cancel: (Duty.ORDERS, lambda w, by: cancelling.decline_to_cancel(by, w.paid.id)),
    cancelling.ask_to_cancel: (BUYER, lambda w, by: cancelling.ask_to_cancel(by, w.paid.id)),
    redirecting.change_address: (BUYER, lambda w, by: redirecting.change_address(by, w.paid.id, w.cast.address.id)),
    orders.claim_not_arrived: (BUYER, lambda w, by: orders.claim_not_arrived(by, w.paid.id)),
    confirm_receipt: (BUYER, lambda w, by: confirm_receipt(by, w.paid.id)),
    decide_fate: (Desk.PARCELS, lambda w, by: decide_fate(by, w.paid.id, "lost", "Gone.")),
    asking.ask_for_return: (
        BUYER,
        lambda w, by: asking.ask_for_return(
            by,
            w.delivered.id,
            quantities={w.delivered.lines.get().id: 1},
            reason="faulty",
            words="Torn.",
            goods_come_back=True,
        ),
    ),
    add_pictures: (Duty.ORDERS, lambda w, by: add_pictures(by, w.return_.id, [])),
    asking.withdraw_return: (BUYER, lambda w, by: asking.withdraw_return(by, w.return_.id)),
    asking.escalate_return: (BUYER, lambda w, by: asking.escalate_return(by, w.return_.id, "Please.")),
    sending.send_back: (BUYER, lambda w, by: sending.send_back(by, w.return_.id, "JNE", "JX0001234568")),
    approve_return: (Duty.ORDERS, lambda w, by: approve_return(by, w.return_.id)),
    accept_return: (Duty.ORDERS, lambda w, by: accept_return(by, w.return_.id)),
    accept_in_part: (
        Duty.ORDERS,
        lambda w, by: accept_in_part(by, w.return_.id, {w.return_.order.lines.get().id: 1}, "Worn."),
    ),
    cancel_goods: (
        Duty.ORDERS,
        lambda w, by: cancel_goods(by, w.paid.id, {w.paid.lines.get().id: 1}, "Sold out.", are_sold_out=True),
    ),
    sending.shelve_kept_goods: (Duty.ORDERS, lambda w, by: sending.shelve_kept_goods(by, w.return_.id, {})),
    deciding.decline_return: (Duty.ORDERS, lambda w, by: deciding.decline_return(by, w.return_.id, "No.")),
    sending.receive_return: (Duty.ORDERS, lambda w, by: sending.receive_return(by, w.return_.id)),
    sending.send_again: (Duty.ORDERS, lambda w, by: sending.send_again(by, w.return_.id, "JNE", "JX0001234568")),
    uphold_return: (Desk.RETURNS, lambda w, by: uphold_return(by, w.return_.id)),
    deciding.dismiss_return: (Desk.RETURNS, lambda w, by: deciding.dismiss_return(by, w.return_.id, "No.")),
    write_review: (BUYER, lambda w, by: write_review(by, w.delivered.lines.get().id, stars=5, words="Good.")),
    complaining.accept_shops_answer: (BUYER, lambda w, by: complaining.accept_shops_answer(by, w.complaint.id)),
    complaining.take_complaint_to_lapak: (
        BUYER,
        lambda w, by: complaining.take_complaint_to_lapak(by, w.complaint.id, "It is still wrong."),
    ),
    complaining.withdraw_complaint: (BUYER, lambda w, by: complaining.withdraw_complaint(by, w.complaint.id)),
    complaining.answer_complaint_for_shop: (
        Duty.ORDERS,
        lambda w, by: complaining.answer_complaint_for_shop(by, w.complaint.id, "We send you another one."),
    ),
    complaining.answer_complaint: (
        Desk.COMPLAINTS,
        lambda w, by: complaining.answer_complaint(by, w.complaint.id, "The shop sends you another one."),
    ),
    complaining.note_complaint: (
        Desk.COMPLAINTS,
        lambda _w, by: complaining.note_complaint(
            by, channel="mail", contact="a@example.com", topic="money", words="It never came."
        ),
    ),
    complaining.lodge_complaint: (
        BUYER,
        lambda w, by: complaining.lodge_complaint(by, topic="goods", words="It is torn.", order_id=w.delivered.id),
    ),
    **OF_MODERATION,
    **OF_TAXES,
    fees.announce_fees: (Desk.FEES, lambda _w, by: fees.announce_fees(by, **dearer())),
    fees.call_off_fees: (Desk.FEES, lambda w, by: fees.call_off_fees(by, w.objection.schedule_id)),
    fees.agree_to_fees: (
        Duty.OWNERSHIP,
        lambda w, by: fees.agree_to_fees(by, w.cast.shop.id, w.objection.schedule_id),
    ),
    fees.object_to_fees: (
        Duty.OWNERSHIP,
        lambda w, by: fees.object_to_fees(by, w.cast.shop.id, newest_fees().id, "It is too much."),
    ),
    fees.accept_objection: (Desk.FEES, lambda w, by: fees.accept_objection(by, w.objection.id, "You keep yours.")),
    fees.decline_objection: (Desk.FEES, lambda w, by: fees.decline_objection(by, w.objection.id, "All pay it.")),
    shops.state_turnover: (
        Duty.OWNERSHIP,
        lambda w, by: shops.state_turnover(by, w.cast.shop.id, year=clock.today().year, turnover_idr=90_000_000),
    ),
    change_review: (BUYER, lambda w, by: change_review(by, w.review.id, stars=4)),
    delete_review: (BUYER, lambda w, by: delete_review(by, w.review.id)),
    answer_review: (Duty.ORDERS, lambda w, by: answer_review(by, w.review.id, "Thank you.")),
    hide_review: (Desk.REVIEWS, lambda w, by: hide_review(by, w.review.id, "It names somebody.")),
    show_review: (Desk.REVIEWS, lambda w, by: show_review(by, w.review.id, "It does not.")),
    hide_answer: (Desk.REVIEWS, lambda w, by: hide_answer(by, w.review.id, "It insults.")),
    show_answer: (Desk.REVIEWS, lambda w, by: show_answer(by, w.review.id, "It does not.")),
    hide_past_review: (Desk.REVIEWS, lambda w, by: hide_past_review(by, w.past_review.pk, "It names somebody.")),
    show_past_review: (Desk.REVIEWS, lambda w, by: show_past_review(by, w.past_review.pk, "It does not.")),
    dismiss_past_reports: (Desk.REVIEWS, lambda w, by: dismiss_past_reports(by, w.past_review.pk, "It may be said.")),
    dismiss_reports: (Desk.REVIEWS, lambda w, by: dismiss_reports(by, w.review.id, "It may be said.")),
    catalogue.create_product: (
        Duty.GOODS,
        lambda w, by: catalogue.create_product(
            by,
            w.cast.shop,
            NewProduct(title="Sarung", weight_g=300, variants=(NewVariant(price_idr=5_000, on_hand=1),)),
        ),
    ),
    catalogue.change_product: (
        Duty.GOODS,
        lambda w, by: catalogue.change_product(by, w.variant.product_id, FIELDS),
    ),
    catalogue.name_options: (Duty.GOODS, lambda w, by: catalogue.name_options(by, w.variant.product_id, ())),
    catalogue.publish_product: (Duty.GOODS, lambda w, by: catalogue.publish_product(by, w.variant.product_id)),
    catalogue.archive_product: (Duty.GOODS, lambda w, by: catalogue.archive_product(by, w.variant.product_id)),
    catalogue.return_to_draft: (Duty.GOODS, lambda w, by: catalogue.return_to_draft(by, w.variant.product_id)),
    catalogue.file_product: (Duty.GOODS, lambda w, by: catalogue.file_product(by, w.variant.product_id, None)),
    catalogue.delete_draft: (Duty.GOODS, lambda w, by: catalogue.delete_draft(by, w.draft.id)),
    mass.choose_goods: (
        Duty.GOODS,
        lambda w, by: mass.choose_goods(by, w.cast.shop, [w.variant.product_id], "id"),
    ),
    mass.plan_mass_change: (Duty.GOODS, lambda w, by: mass.plan_mass_change(by, w.mass_change.id, "archive", {})),
    mass.begin_mass_change: (
        Duty.GOODS,
        lambda w, by: mass.begin_mass_change(by, w.mass_change.id, w.mass_change.asks),
    ),
    mass.take_back_mass_change: (Duty.GOODS, lambda w, by: mass.take_back_mass_change(by, w.mass_change.id)),
    catalogue.set_variant_price: (Duty.GOODS, lambda w, by: catalogue.set_variant_price(by, w.variant.id, 90_000)),
    catalogue.set_seller_sku: (Duty.GOODS, lambda w, by: catalogue.set_seller_sku(by, w.variant.id, "A1")),
    catalogue.set_barcode: (Duty.GOODS, lambda w, by: catalogue.set_barcode(by, w.variant.id, "8991002101234")),
    catalogue.offer_variant: (Duty.GOODS, lambda w, by: catalogue.offer_variant(by, w.variant.id, is_offered=True)),
    catalogue.correct_stock: (
        Duty.GOODS,
        lambda w, by: catalogue.correct_stock(by, w.variant.id, shown=10, typed=11),
    ),
    catalogue.add_picture: (Duty.GOODS, lambda w, by: catalogue.add_picture(by, w.variant.product_id, b"no picture")),
    catalogue.remove_picture: (
        Duty.GOODS,
        lambda w, by: catalogue.remove_picture(by, w.variant.product_id, "0" * 64),
    ),
    move_in: (Duty.GOODS, lambda w, by: move_in(by, [], w.cast.shop)),
    moving_out.move_out: (
        Duty.OWNERSHIP,
        lambda w, by: moving_out.move_out(by, w.cast.shop, "lapak", io.BytesIO()),
    ),
    moving_out.look_ahead: (Duty.OWNERSHIP, lambda w, by: moving_out.look_ahead(by, w.cast.shop, "lapak")),
    takeouts.ask_for_takeout: (
        Duty.OWNERSHIP,
        lambda w, by: takeouts.ask_for_takeout(by, w.cast.shop, "lapak", "id"),
    ),
    takeouts.fetch_takeout: (Duty.OWNERSHIP, lambda w, by: takeouts.fetch_takeout(by, w.takeout.id)),
    feeds_out.open_feed: (
        Duty.OWNERSHIP,
        lambda w, by: feeds_out.open_feed(by, w.cast.shop, "google_merchant", "id"),
    ),
    feeds_out.change_feed_address: (Duty.OWNERSHIP, lambda w, by: feeds_out.change_feed_address(by, w.feed.id)),
    feeds_out.close_feed: (Duty.OWNERSHIP, lambda w, by: feeds_out.close_feed(by, w.feed.id)),
    uploads.keep_upload: (Duty.GOODS, lambda w, by: uploads.keep_upload(by, w.cast.shop, [], "id")),
    uploads.move_upload_in: (Duty.GOODS, lambda w, by: uploads.move_upload_in(by, w.upload.id)),
    uploads.name_columns: (Duty.GOODS, lambda w, by: uploads.name_columns(by, w.upload.id, {})),
    uploads.resume_upload: (Duty.GOODS, lambda w, by: uploads.resume_upload(by, w.upload.id)),
    uploads.drop_upload: (Duty.GOODS, lambda w, by: uploads.drop_upload(by, w.upload.id)),
    take_profile_over: (Duty.PROFILE, lambda w, by: take_profile_over(by, w.upload.id, ["name"])),
    undo_upload: (Duty.GOODS, lambda w, by: undo_upload(by, w.moved_in.id)),
    shops.change_profile: (
        Duty.PROFILE,
        lambda w, by: shops.change_profile(
            by,
            w.cast.shop.id,
            name="Lain",
            description="",
            nib="",
            street="",
            district="",
            city="Solo",
            postal_code="",
            phone="",
        ),
    ),
    shops.announce_holiday: (
        Duty.PROFILE,
        lambda w, by: shops.announce_holiday(by, w.cast.shop, first=clock.today(), last=clock.today()),
    ),
    shops.end_holiday: (Duty.PROFILE, lambda w, by: shops.end_holiday(by, w.cast.shop)),
    shops.set_payout_account: (
        Duty.OWNERSHIP,
        lambda w, by: shops.set_payout_account(by, w.cast.shop.id, account_of(by)),
    ),
    closings.announce_closing: (
        Duty.OWNERSHIP,
        lambda w, by: closings.announce_closing(
            by,
            w.cast.shop.id,
            orders_stop_at=clock.now() + timedelta(days=1),
            ship_by=clock.now() + timedelta(days=30),
        ),
    ),
    closings.call_off_closing: (Duty.OWNERSHIP, lambda w, by: closings.call_off_closing(by, w.cast.shop.id)),
    members.invite_member: (
        Duty.OWNERSHIP,
        lambda w, by: members.invite_member(by, w.cast.shop.id, email=w.cast.buyer.email, role=Role.OWNER),
    ),
    members.withdraw_invitation: (
        Duty.OWNERSHIP,
        lambda w, by: members.withdraw_invitation(by, w.cast.shop.id, w.invitation.id),
    ),
    members.change_role: (
        Duty.OWNERSHIP,
        lambda w, by: members.change_role(by, w.cast.shop.id, w.colleague.id, Role.OWNER),
    ),
    members.remove_member: (
        Duty.OWNERSHIP,
        lambda w, by: members.remove_member(by, w.cast.shop.id, w.colleague.id),
    ),
    members.leave_shop: (NOBODY_ELSE, lambda w, by: members.leave_shop(by, w.cast.shop.id)),
    members.accept_invitation: (INVITED, lambda w, by: members.accept_invitation(by, w.invitation.id)),
    members.decline_invitation: (INVITED, lambda w, by: members.decline_invitation(by, w.invitation.id)),
    **OF_PROMOTION,
    **OF_ACCOUNTS,
    **OF_OPERATORS,
    **OF_BREACHES,
    mark_read: (BUYER, lambda w, by: mark_read(by.id, w.notice_id)),
    sessions.end_session: (BUYER, lambda w, by: sessions.end_session(by, w.session_id)),
    users.remove_address: (BUYER, lambda w, by: users.remove_address(by, w.cast.address.id)),
    users.save_address: (
        BUYER,
        lambda w, by: users.save_address(
            by,
            address_id=w.cast.address.id,
            recipient="Me",
            phone="081234567890",
            street="Jl. Mawar 1",
            district="Tebet",
            city="Jakarta Selatan",
            province_code="31",
            postal_code="12810",
        ),
    ),
}
"""Who may, and how it is done to the world's things."""

OWN = OWN_OF_PRIVACY | {
    creators.become_creator, shops.open_shop, users.rename_user, users.speak_to, users.add_bank_account,
    takeouts.ask_for_own_data, report_page, report_review, report_past_review, sessions.begin_session,
    sessions.end_other_sessions,
    sessions.renew_session,
    email_changes.note_email_change, claim_account, claiming.forget_stranger, shops.drop_payout_accounts,
    members.part_with_colleagues, creators.drop_payout_account, looking.look_at, looking.end_look,
}  # fmt: skip
"""What anyone signed in may do, as it touches nothing that is there."""

STEPS = {
    "end_offer", "lock_post_for_creator", "lock_post_for_operator", "note_offer", "note_post", "step",
    "amend", "announce", "answer", "apply_plan", "concede", "give_up", "keep_codes", "keep_pictures", "mark_cancelled",
    "mark_completed", "mark_delivered", "mark_late_win_resolved", "mark_lost", "mark_missing", "mark_receipt_resolved",
    "mark_refunded", "mark_rest_borne", "mark_return_approved", "mark_return_refunded", "mark_shipped", "move",
    "move_case", "move_finding", "note", "note_crossing", "note_event", "open_case", "open_rest", "record",
    "require_may_decide", "require_may_lift", "restock", "take_from_shop", "uphold_at_once", "uphold_by_hand",
}  # fmt: skip
"""What a command does with a row that it has locked for the right person."""

GATES = {
    "breach_for_operator", "breach_for_person",
    "channel_for_its_people", "channel_for_operator", "complaint_for_author", "complaint_for_operator", "complaint_for_seller",
    "closing_for_operator", "dispute_for_operator", "finding_for_its_people", "finding_for_operator", "for_author", "for_buyer",
    "for_operator", "for_seller", "for_shop", "lock_commission_for_operator", "lock_programme", "lock_receipt_for_operator",
    "letter_for_operator", "lock_letter_to_cross", "lock_shop", "objection_for_operator", "old_link_for_creator",
    "refuse_operator", "refuse_seller", "require_desk", "require_confirmed_email", "require_duty", "is_let_in", "works_at",
    "setting_for_operator", "step_for_operator",
}  # fmt: skip

WITHOUT_BY = {
    # The cart of the session, or of who is signed in (web/shop/current_cart.py).
    "lapak.trade.orders.carts accept_prices",
    "lapak.trade.orders.carts add_to_cart",
    "lapak.trade.orders.carts cart_of_user",
    "lapak.trade.orders.carts open_visitor_cart",
    "lapak.trade.orders.carts set_cart_quantity",
    "lapak.trade.orders.carts take_over_cart",
    # Only when: by who knows the address.
    "lapak.moving.feeds_out note_fetch",
    # Of visitors' carts alone, by an id that its holder alone knows.
    "lapak.trade.orders.carts hand_over_cart",
    # What the reader clicked, and the goods in their own cart.
    "lapak.affiliates.known_clicks.commands know_clicks",
    "lapak.trade.orders.carts note_checkout",
    # By who has the code that was sent to the mailbox: nobody yet (web/shop/tests/test_joining.py).
    "lapak.flows.join join",
    "lapak.people.users.joining begin_joining",
    "lapak.people.users.joining send_code_again",
    # By who holds the link that lies in the old mailbox (web/shop/tests/test_email_way_back.py).
    "lapak.people.users.email_changes take_back_email_change",
    # For who is signed in; an address of another is refused (test_place_purchase.py).
    "lapak.flows.place_purchase place_purchase",
    # The reader's own list and wishes.
    "lapak.people.notices.commands choose_mails",
    "lapak.people.notices.commands mark_all_read",
    "lapak.people.notices.commands mute",
    # What a clock does as well, sooner: from the operator's desks (web/staff/tests/test_access.py).
    "lapak.flows.answer_dispute ask_about_dispute",
    "lapak.flows.ask_provider ask_about_payout",
    "lapak.flows.process_message process_message",
    "lapak.flows.sweep try_again_soon",
    "lapak.flows.tasks look_through_books_now",
    # What visitors leave behind, signed in or not.
    "lapak.moderation.reporting report_page_as_visitor",
    "lapak.affiliates.clicks.buffer store_click_soon",
    "lapak.people.notices.commands write_mail",
    # Updates a dict, or searches.
    "lapak.goods.search.queries search",
    "lapak.affiliates.discovery.queries goods_to_promote",
}
"""What a screen calls that writes without being told who acts, and why nobody reaches another's things by it."""
