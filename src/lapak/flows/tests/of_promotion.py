"""Of who_may.py: the acts of promotion, for whom each is and how it is done."""

from collections.abc import Callable
from typing import Any

from lapak.affiliates import creators, invitations, links, many_links, programmes
from lapak.affiliates.discovery.commands import join_and_link
from lapak.affiliates.posts import commands as posts
from lapak.affiliates.samples import commands as samples
from lapak.affiliates.showcase import commands as showcase
from lapak.affiliates.showcase.rules import Arranged
from lapak.affiliates.terms import commands as terms
from lapak.affiliates.withholding.commands import name_for_tax
from lapak.flows.accept_invitation import accept_invitation
from lapak.flows.offer_post_fees import offer_post_fees, withdraw_post_offer
from lapak.flows.pay_for_posts import deny_post, give_up_place
from lapak.flows.review_commission import deny_commission, freeze_commission, release_commission
from lapak.flows.tests.one_of_each import World, account_of
from lapak.lib import clock
from lapak.moving.inviting import invite_all
from lapak.moving.partners.keeping import keep_old_link
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.testing.samples import address_of_creator

OF_PROMOTION: dict[Callable[..., Any], tuple[str, Callable[[World, User], object]]] = {
    programmes.open_programme: (Duty.PROMOTION, lambda w, by: programmes.open_programme(by, w.cast.shop, 500)),
    programmes.choose_who_earns: (
        Duty.PROMOTION,
        lambda w, by: programmes.choose_who_earns(by, w.cast.programme, "shared"),
    ),
    programmes.announce_rate: (Duty.PROMOTION, lambda w, by: programmes.announce_rate(by, w.cast.programme, 500)),
    invitations.invite_creator: (
        Duty.PROMOTION,
        lambda w, by: invitations.invite_creator(by, w.cast.shop, w.cast.creator, 500),
    ),
    invitations.make_creator_invitation: (
        Duty.PROMOTION,
        lambda w, by: invitations.make_creator_invitation(
            by, w.cast.shop, place="TikTok Shop", name=w.creator_invitation.name, rate_bp=500
        ),
    ),
    invitations.accept_creator_invitation: (
        "creator",
        lambda w, by: invitations.accept_creator_invitation(by, w.creator_invitation.code),
    ),
    invitations.invite_creators: (
        Duty.PROMOTION,
        lambda w, by: invitations.invite_creators(by, w.cast.shop, "toko@example.com\nceu-edoh", 500),
    ),
    invite_all: (Duty.PROMOTION, lambda w, by: invite_all(by, w.cast.shop)),
    invitations.decline_creator_invitation: (
        "creator",
        lambda w, by: invitations.decline_creator_invitation(by, w.creator_invitation.code, "Not now."),
    ),
    invitations.withdraw_creator_invitation: (
        Duty.PROMOTION,
        lambda w, by: invitations.withdraw_creator_invitation(by, w.creator_invitation.id),
    ),
    accept_invitation: ("creator", lambda w, by: accept_invitation(by, w.creator_invitation.code)),
    keep_old_link: ("creator", lambda w, by: keep_old_link(by, w.old_link.id, "kode-lama")),
    programmes.open_platform_programme: (Desk.MONEY, lambda _w, by: programmes.open_platform_programme(by, 500)),
    terms.set_special_rate: (
        Duty.PROMOTION,
        lambda w, by: terms.set_special_rate(by, w.cast.programme, w.variant.product, 500),
    ),
    terms.withdraw_special_rate: (
        Duty.PROMOTION,
        lambda w, by: terms.withdraw_special_rate(by, w.cast.programme, w.variant.product),
    ),
    terms.set_budget: (Duty.PROMOTION, lambda w, by: terms.set_budget(by, w.cast.programme, 50_000_000)),
    programmes.join_programme: ("creator", lambda w, by: programmes.join_programme(by, w.cast.programme)),
    name_for_tax: ("creator", lambda _w, by: name_for_tax(by, "Edoh Saedah", "3201234567890123")),
    links.create_link: ("creator", lambda w, by: links.create_link(by, shop=w.cast.shop)),
    join_and_link: ("creator", lambda w, by: join_and_link(by, w.variant.product)),
    links.change_link: (
        "creator",
        lambda w, by: links.change_link(by, w.commission.link.code, label="bio", utm={"source": "ig"}),
    ),
    links.archive_link: ("creator", lambda w, by: links.archive_link(by, w.commission.link.code)),
    links.restore_link: ("creator", lambda w, by: links.restore_link(by, w.commission.link.code)),
    showcase.dress_showcase: ("creator", lambda _w, by: showcase.dress_showcase(by, words="Racun", theme="daun")),
    showcase.put_cover: ("creator", lambda _w, by: showcase.put_cover(by, b"no picture")),
    showcase.remove_cover: ("creator", lambda _w, by: showcase.remove_cover(by)),
    showcase.arrange_showcase: (
        "creator",
        lambda w, by: showcase.arrange_showcase(by, [Arranged("Batik", (w.variant.product_id,))]),
    ),
    samples.set_samples_a_month: (Duty.PROMOTION, lambda w, by: samples.set_samples_a_month(by, w.cast.shop, 2)),
    samples.ask_for_sample: (
        "creator",
        lambda w, by: samples.ask_for_sample(
            by, w.variant.id, address_of_creator(w.cast).id, words="For Friday.", place="TikTok"
        ),
    ),
    samples.withdraw_sample: ("creator", lambda w, by: samples.withdraw_sample(by, w.sample.id)),
    samples.approve_sample: (Duty.PROMOTION, lambda w, by: samples.approve_sample(by, w.sample.id)),
    samples.decline_sample: (Duty.PROMOTION, lambda w, by: samples.decline_sample(by, w.sample.id, "Sold out.")),
    samples.call_off_sample: (Duty.PROMOTION, lambda w, by: samples.call_off_sample(by, w.sample.id, "Broken.")),
    samples.send_sample: (Duty.PROMOTION, lambda w, by: samples.send_sample(by, w.sample.id, "JNE", "JX0001234567")),
    samples.receive_sample: ("creator", lambda w, by: samples.receive_sample(by, w.sample.id)),
    samples.miss_sample: ("creator", lambda w, by: samples.miss_sample(by, w.sample.id, "Never came.")),
    samples.name_post: ("creator", lambda w, by: samples.name_post(by, w.sample.id, "https://tiktok.com/@a/video/1")),
    offer_post_fees: (
        Duty.PROMOTION,
        lambda w, by: offer_post_fees(
            by, w.cast.shop, w.variant.product_id, fee_idr=10_000, places=1, last_day=clock.today(), words="Show it."
        ),
    ),
    withdraw_post_offer: (Duty.PROMOTION, lambda w, by: withdraw_post_offer(by, w.post_offer.id)),
    posts.take_place: ("creator", lambda w, by: posts.take_place(by, w.post_offer.id)),
    posts.hand_in_post: ("creator", lambda w, by: posts.hand_in_post(by, w.post.id, "https://tiktok.com/@a/video/7")),
    give_up_place: ("creator", lambda w, by: give_up_place(by, w.post.id)),
    posts.approve_post: (Duty.PROMOTION, lambda w, by: posts.approve_post(by, w.post.id)),
    posts.decline_post: (Duty.PROMOTION, lambda w, by: posts.decline_post(by, w.post.id, "Another shirt.")),
    posts.escalate_post: ("creator", lambda w, by: posts.escalate_post(by, w.post.id, "The very shirt.")),
    posts.uphold_post: (Desk.CREATORS, lambda w, by: posts.uphold_post(by, w.post.id, "It is the shirt.")),
    deny_post: (Desk.CREATORS, lambda w, by: deny_post(by, w.post.id, "It is not.")),
    many_links.create_links: ("creator", lambda w, by: many_links.create_links(by, w.variant.product.path)),
    creators.set_payout_account: ("creator", lambda _w, by: creators.set_payout_account(by, account_of(by))),
    freeze_commission: (Desk.CREATORS, lambda w, by: freeze_commission(by, w.commission.pk, "Looked into.")),
    release_commission: (Desk.CREATORS, lambda w, by: release_commission(by, w.commission.pk)),
    deny_commission: (Desk.CREATORS, lambda w, by: deny_commission(by, w.commission.pk, "Fraud.")),
}
"""As `COMMANDS` there."""
