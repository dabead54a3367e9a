"""What came before an act of who_may.py, so that it is done and not told that it does not fit just now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lapak.affiliates import programmes
from lapak.affiliates.integrity import closings as account_closings
from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.posts import commands as posts
from lapak.affiliates.profiles import proving
from lapak.affiliates.samples import commands as samples
from lapak.affiliates.showcase import hiding
from lapak.affiliates.showcase.commands import put_cover
from lapak.affiliates.showcase.models import Showcase
from lapak.affiliates.terms.commands import set_special_rate, withdraw_special_rate
from lapak.flows import pay_out
from lapak.flows.answer_dispute import amend_dispute, bear_rest
from lapak.flows.cancel_order import agree_to_cancel
from lapak.flows.decide_finding import uphold_finding
from lapak.flows.decide_late_win import decide_late_win
from lapak.flows.pay_for_posts import deny_post
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.refund_return import accept_in_part, accept_return, approve_return, uphold_return
from lapak.flows.release_payout import agree_to_release, ask_for_release
from lapak.flows.review_commission import deny_commission, freeze_commission, release_commission
from lapak.flows.ship_order import confirm_receipt, correct_tracking_number, decide_fate, deliver_order, ship_order
from lapak.flows.tell_people.breaches import tell_people_of_breaches
from lapak.flows.tests.of_moderation import FITTING_MODERATION
from lapak.flows.tests.of_taxes import FITTING_TAXES
from lapak.flows.tests.one_of_each import World
from lapak.goods.catalogue import commands as catalogue
from lapak.goods.catalogue.models import StoredImage
from lapak.goods.mass import commands as mass
from lapak.lib import clock
from lapak.money.fees import commands as fees
from lapak.money.payments.models import PaymentIntent
from lapak.money.payouts import commands as payouts
from lapak.moving import uploads
from lapak.moving.inviting import invite_all
from lapak.moving.models import Upload
from lapak.moving.move_in import move_in
from lapak.moving.past.hiding import dismiss_past_reports, hide_past_review, show_past_review
from lapak.moving.past.models import PastCreator
from lapak.moving.past.reporting import report_past_review
from lapak.moving.profile import take_profile_over
from lapak.people.privacy import breaches
from lapak.people.shops import members
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Role
from lapak.testing.fees import dearer_fees
from lapak.testing.histories import tracking_number
from lapak.testing.market import dispute_report
from lapak.trade.complaints import commands as complaining
from lapak.trade.orders import cancelling, redirecting
from lapak.trade.orders import commands as orders
from lapak.trade.orders.models import Order
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import dismiss_reports, hide_answer, hide_review, show_answer, show_review
from lapak.trade.reviews.reporting import report_review

OF_FILES = {catalogue.add_picture, put_cover, move_in, uploads.keep_upload, uploads.resume_upload}
"""What costs with the file that is given, and is given none here."""


def packed(world: World) -> None:
    orders.pack_order(world.cast.seller, world.paid.id)


def asked_to_cancel(world: World) -> None:
    packed(world)
    cancelling.ask_to_cancel(world.cast.buyer, world.paid.id)


def shipped(world: World) -> None:
    packed(world)
    ship_order(world.cast.seller, world.paid.id, tracking_number())


def moved_house(world: World) -> None:
    world.cast.address.street = "Jl. Mawar 6"
    world.cast.address.save()


def late(world: World) -> None:
    """The parcel has been on its way for longer than its service takes."""
    with clock.stopped_at(clock.now() - timedelta(days=30)):
        shipped(world)


def approved(world: World) -> None:
    approve_return(world.cast.seller, world.return_.id)


def sent_back(world: World) -> None:
    approved(world)
    sending.send_back(world.cast.buyer, world.return_.id, "JNE", tracking_number())


def came_back(world: World) -> None:
    sent_back(world)
    sending.receive_return(world.cast.seller, world.return_.id)


def declined(world: World) -> None:
    deciding.decline_return(world.cast.seller, world.return_.id, "No.")


def escalated(world: World) -> None:
    declined(world)
    asking.escalate_return(world.cast.buyer, world.return_.id, "Please.")


def to_be_sent_again(world: World) -> None:
    came_back(world)
    escalated(world)
    deciding.dismiss_return(world.cast.operator, world.return_.id, "No.")


def kept(world: World) -> None:
    """The goods are on their way back, and the buyer has all of the money from the bank."""
    sent_back(world)
    intent = PaymentIntent.objects.get(pays_for=world.return_.order.purchase_id)
    receive_dispute(dispute_report(intent, status="lost"), intent.provider)


def lost_beyond(world: World) -> None:
    """The bank has given the buyer a rupiah more than was paid: what no order explains."""
    _lost(world, world.dispute.intent.amount_idr + 1)


def won_late(world: World) -> None:
    """The bank had given the buyer a part, and took it back when the order had settled."""
    _lost(world, 1_000)
    confirm_receipt(world.cast.buyer, Order.objects.get(purchase_id=world.dispute.intent.pays_for).id)
    _told(world, "won", 1_000)


def frozen(world: World) -> None:
    freeze_commission(world.cast.operator, world.commission.pk, "Looked into.")


def upheld(world: World) -> None:
    uphold_finding(world.cast.operator, world.finding.id, "Four seconds.")


def with_cover(world: World) -> None:
    picture = StoredImage.objects.create(
        sha256="0" * 64, file="images/cover.webp", width_px=900, height_px=300, size_bytes=1
    )
    Showcase.objects.update_or_create(creator=world.cast.creator, defaults={"cover": picture})


def final(world: World) -> None:
    """And the account is not to be closed for another reason already."""
    Finding.objects.filter(id=world.finding.id).update(state="final", act_by=None)
    account_closings.decline_closing(world.cast.operator, world.closing.id, "Not for that.")


def account_closed(world: World) -> None:
    account_closings.agree_to_closing(world.cast.operator, world.closing.id)


def paid_out(world: World) -> None:
    pay_out.confirm_payout(None, world.payout.id)


def account_changed(world: World) -> None:
    Shop.objects.filter(id=world.cast.shop.id).update(bank_account_changed_at=clock.now())


def release_asked(world: World) -> None:
    account_changed(world)
    ask_for_release(world.cast.operator, world.payout.account_id, "Called them.")


def changed_many(world: World) -> None:
    mass.begin_mass_change(world.cast.seller, world.mass_change.id, world.mass_change.asks)


def hidden(world: World) -> None:
    hide_review(world.cast.operator, world.review.id, "It names somebody.")


def brought_its_profile(world: World) -> None:
    Upload.objects.filter(id=world.upload.id).update(proposals={"profile": {"name": "Batik Sekar Jaya"}})


def answered(world: World) -> None:
    answer_review(world.cast.seller, world.review.id, "So what?")


def answer_hidden(world: World) -> None:
    answered(world)
    hide_answer(world.cast.operator, world.review.id, "It insults.")


def reported(world: World) -> None:
    report_review(world.cast.stranger, world.review.id, "insult")


def shop_answered(world: World) -> None:
    complaining.answer_complaint_for_shop(world.cast.seller, world.complaint.id, "We send you another one.")


def fees_called_off(world: World) -> None:
    fees.call_off_fees(world.cast.operator, world.objection.schedule_id)


def other_fees_announced(world: World) -> None:
    fees_called_off(world)
    dearer_fees(world.cast)


def breach_told(world: World) -> None:
    breaches.tell_people_of_breach(world.cast.operator, world.breach.id)
    while tell_people_of_breaches():
        pass
    breaches.note_authority_told(world.cast.operator, world.breach.id, told_at=clock.now(), words="Surel 12/2026")


def complaint_taken_on(world: World) -> None:
    shop_answered(world)
    complaining.take_complaint_to_lapak(world.cast.buyer, world.complaint.id, "It is still wrong.")


def past_hidden(world: World) -> None:
    hide_past_review(world.cast.operator, world.past_review.pk, "It names somebody.")


def past_reported(world: World) -> None:
    report_past_review(world.cast.stranger, world.past_review.pk, "insult")


def another_owner(world: World) -> None:
    members.change_role(world.cast.seller, world.cast.shop.id, world.colleague.id, Role.OWNER)


def channel_shown(world: World) -> None:
    proving.show_channel(world.cast.creator_user, world.channel.id)


def promoted_elsewhere(world: World) -> None:
    PastCreator.objects.create(
        shop=world.cast.shop, platform="shopee", handle="bagas", orders=1, goods_idr=1, commission_idr=1, rate_bp=1_000
    )


def sample_approved(world: World) -> None:
    samples.approve_sample(world.cast.seller, world.sample.id)


def post_handed_in(world: World) -> None:
    posts.hand_in_post(world.cast.creator_user, world.post.id, "https://tiktok.com/@a/video/1")


def post_declined(world: World) -> None:
    post_handed_in(world)
    posts.decline_post(world.cast.seller, world.post.id, "Another shirt.")


def post_escalated(world: World) -> None:
    post_declined(world)
    posts.escalate_post(world.cast.creator_user, world.post.id, "The very shirt.")


def sample_sent(world: World) -> None:
    sample_approved(world)
    samples.send_sample(world.cast.seller, world.sample.id, "JNE", tracking_number())


def with_special_rate(world: World) -> None:
    set_special_rate(world.cast.seller, world.cast.programme, world.variant.product, 1_500)


def without_programme(world: World) -> None:
    """The shop's only one is by invitation."""
    world.cast.shop.programmes.update(kind="invited")


def _lost(world: World, amount_idr: int) -> None:
    amend_dispute(world.cast.operator, world.dispute.id, amount_idr, "So says the bank.")
    _told(world, "lost", amount_idr)


def _told(world: World, status: str, amount_idr: int) -> None:
    reference = world.dispute.provider_reference
    receive_dispute(dispute_report(world.dispute.intent, amount_idr, status, reference=reference), "sandbox")


BEFORE: dict[Callable[..., Any], Callable[[World], None]] = {
    orders.show_handed_over: packed,
    ship_order: packed,
    cancelling.ask_to_cancel: packed,
    redirecting.change_address: moved_house,
    agree_to_cancel: asked_to_cancel,
    cancelling.decline_to_cancel: asked_to_cancel,
    deliver_order: late,
    correct_tracking_number: shipped,
    orders.claim_not_arrived: late,
    decide_fate: late,
    confirm_receipt: shipped,
    asking.escalate_return: declined,
    sending.send_back: approved,
    sending.receive_return: sent_back,
    accept_return: came_back,
    accept_in_part: came_back,
    uphold_return: escalated,
    deciding.dismiss_return: escalated,
    sending.send_again: to_be_sent_again,
    sending.shelve_kept_goods: kept,
    mass.take_back_mass_change: changed_many,
    show_review: hidden,
    take_profile_over: brought_its_profile,
    hide_answer: answered,
    show_answer: answer_hidden,
    dismiss_reports: reported,
    show_past_review: past_hidden,
    dismiss_past_reports: past_reported,
    members.leave_shop: another_owner,
    programmes.open_programme: without_programme,
    withdraw_special_rate: with_special_rate,
    **FITTING_MODERATION,
    **FITTING_TAXES,
    fees.announce_fees: fees_called_off,
    fees.object_to_fees: other_fees_announced,
    complaining.accept_shops_answer: shop_answered,
    complaining.take_complaint_to_lapak: shop_answered,
    complaining.answer_complaint: complaint_taken_on,
    breaches.close_breach: breach_told,
    proving.confirm_channel: channel_shown,
    proving.decline_channel: channel_shown,
    invite_all: promoted_elsewhere,
    samples.call_off_sample: sample_approved,
    samples.send_sample: sample_approved,
    samples.receive_sample: sample_sent,
    samples.miss_sample: sample_sent,
    samples.name_post: sample_sent,
    posts.approve_post: post_handed_in,
    posts.decline_post: post_handed_in,
    posts.escalate_post: post_declined,
    posts.uphold_post: post_escalated,
    deny_post: post_escalated,
    release_commission: frozen,
    deny_commission: frozen,
    appeal_finding: upheld,
    hiding.hide_cover: with_cover,
    account_closings.propose_closing: final,
    account_closings.reopen_creator: account_closed,
    decide_late_win: won_late,
    bear_rest: lost_beyond,
    pay_out.return_payout: paid_out,
    ask_for_release: account_changed,
    agree_to_release: release_asked,
    payouts.return_payout: paid_out,
}
