"""A market with one of each thing that something can be done to, and people of every kind."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.invitations import make_creator_invitation
from lapak.affiliates.models import Commission, CreatorInvitation
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.affiliates.profiles.models import Channel
from lapak.affiliates.samples.models import Sample
from lapak.flows import pay_out
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue import commands
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.mass import commands as mass
from lapak.goods.mass.models import MassChange
from lapak.lib import clock
from lapak.moderation.models import Case
from lapak.money.fees.models import Consent
from lapak.money.gateways import commands as gateways
from lapak.money.gateways.models import StatementDifference
from lapak.money.ledger.models import Account
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payouts import commands as payouts
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit
from lapak.money.taxes.models import Letter
from lapak.moving.feeds_out import open_feed
from lapak.moving.models import Feed, Takeout, Upload
from lapak.moving.partners.models import PartnerLink
from lapak.moving.past.models import PastReview
from lapak.people.notices.commands import Telling, tell
from lapak.people.notices.models import Notice
from lapak.people.privacy.models import Breach
from lapak.people.settings.models import Step
from lapak.people.shops import closings, members
from lapak.people.shops import commands as shops
from lapak.people.shops.models import Invitation
from lapak.people.shops.rules import Role
from lapak.people.users.models import BankAccount, User
from lapak.people.users.sessions import begin_session
from lapak.testing.breaches import recorded_breach
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.complaints import complaint_about
from lapak.testing.fees import objection
from lapak.testing.findings import closing_proposed, finding_in
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.market import charge_report, dispute_report
from lapak.testing.moderation import goods_taken_down, reported_creator, reported_goods, reported_shop
from lapak.testing.partners import accepted_link
from lapak.testing.past import past_review
from lapak.testing.posts import offered, taken_post
from lapak.testing.profiles import named_channel
from lapak.testing.samples import asked_sample
from lapak.testing.settings import coming_setting
from lapak.testing.taxes import letter_to_look_at
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.writing import write_review


@dataclass(frozen=True, slots=True)
class World:
    """One of each thing that something can be done to."""

    cast: Cast
    rival: User
    unpaid: Order
    paid: Order
    delivered: Order
    return_: Return
    review: Review
    past_review: PastReview
    commission: Commission
    receipt: PaymentIntent
    dispute: Dispute
    payout: Payout
    message_id: uuid.UUID
    difference: StatementDifference
    remittance_id: uuid.UUID
    upload: Upload
    moved_in: Upload
    takeout: Takeout
    feed: Feed
    draft: Product
    mass_change: MassChange
    invitation: Invitation
    creator_invitation: CreatorInvitation
    old_link: PartnerLink
    notice_id: uuid.UUID
    finding: Finding
    closing: Closing
    sample: Sample
    post_offer: PostOffer
    post: Post
    channel: Channel
    session_id: uuid.UUID
    complaint: Complaint
    goods_case: Case
    shop_case: Case
    page_case: Case
    decided_case: Case
    objection: Consent
    breach: Breach
    tax_letter: Letter
    coming_setting: Step

    @property
    def variant(self) -> Variant:
        return self.paid.lines.get().variant

    @property
    def colleague(self) -> User:
        """Of the seller, with the orders in hand."""
        return self.cast.shop.members.get(role=Role.ORDERS).user


def account_of(user: User) -> uuid.UUID:
    return BankAccount.objects.get_or_create(user=user, bank_code="014", number="99887766", holder="Me")[0].id


def balance_of(world: World) -> tuple[Any, uuid.UUID]:
    return payouts.key_of(world.payout), world.payout.bank_account_id


def pay_over(by: User, reference: str) -> uuid.UUID:
    account = Account.objects.get(kind="courier_payable")
    return remit(by, account.id, 1_000, reference=reference, paid_on=clock.today()).id


def one_of_each(cast: Cast) -> World:
    rival = User.objects.create_user("rival@example.com", name="Rival")
    shops.open_shop(rival, slug="toko-rival", name="Toko Rival", city="Solo", province_code="33")
    for role in set(Role) - {Role.OWNER}:
        cast.shop.members.create(user=User.objects.create_user(f"{role}@example.com", name=role), role=role)
    people = (cast.buyer, cast.seller, cast.creator_user, cast.operator, cast.stranger, rival)
    for user in (*people, *(member.user for member in cast.shop.members.select_related("user"))):
        account_of(user)

    def placed(variant: Variant) -> Order:
        return Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), []))

    shirt = stocked_variant(cast.shop, on_hand=50)
    received = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
    confirm_receipt(cast.buyer, received.id)
    remittance_id = pay_over(cast.operator, "B1")
    batch = pay_out.send_due_payouts(None, "bank_file")
    assert batch is not None
    confirm_receipt(cast.buyer, delivered_order(cast, (shirt, 1)).id)  # what is due to be sent
    asked_back = delivered_order(cast, (shirt, 2), click=click_on(link_to(cast, shirt.product)))
    disputed = delivered_order(cast, (shirt, 1))
    odd = PaymentIntent.objects.get(pays_for=placed(shirt).purchase_id)
    receive_payment(charge_report(odd, amount_idr=odd.amount_idr - 1), odd.provider)
    intent = PaymentIntent.objects.get(pays_for=disputed.purchase_id)
    receive_dispute(dispute_report(intent), intent.provider)
    about = {"number": disputed.number, "order_id": str(disputed.id)}
    said = {**about, "shop": cast.shop.name, "amount_idr": disputed.total_idr}
    tell(
        [Telling(fact="order_paid", reader_id=cast.buyer.id, about_id=disputed.id, happened_at=clock.now(), said=said)]
    )
    closings.announce_closing(
        cast.seller,
        cast.shop.id,
        orders_stop_at=clock.now() + timedelta(days=2),
        ship_by=clock.now() + timedelta(days=30),
    )
    return World(
        cast=cast,
        rival=rival,
        unpaid=placed(shirt),
        paid=paid_order(cast, (shirt, 2)),
        delivered=delivered_order(cast, (shirt, 1)),
        return_=asked_return(cast, asked_back),
        past_review=past_review(shirt.product),
        review=write_review(cast.buyer, received.lines.get().id, stars=5, words="Good."),
        commission=Commission.objects.get(order_id=asked_back.id),
        receipt=odd,
        dispute=Dispute.objects.get(),
        payout=batch.payouts.get(account__kind="seller_payable", account__owner=str(cast.shop.id)),
        message_id=gateways.record_message("sandbox", "evt_1", "charge.paid", {})[0].id,
        difference=StatementDifference.objects.create(
            provider="sandbox", kind="payment", reference="1", theirs_idr=1, ours_idr=2, found_at=clock.now()
        ),
        remittance_id=remittance_id,
        upload=_upload(cast, Upload.State.PLANNED),
        moved_in=_upload(cast, Upload.State.DONE),
        takeout=_takeout(cast),
        feed=open_feed(cast.seller, cast.shop, "google_rss", "id"),
        draft=_draft(cast),
        mass_change=_mass_change(cast, shirt.product_id),
        invitation=members.invite_member(
            cast.seller,
            cast.shop.id,
            email=User.objects.create_user("invited@example.com", name="Invited").email,
            role=Role.ORDERS,
        ),
        creator_invitation=make_creator_invitation(
            cast.seller, cast.shop, place="TikTok Shop", name="mas.bagas", rate_bp=1_500
        ),
        old_link=accepted_link(cast)[1],
        notice_id=Notice.objects.get(reader_id=cast.buyer.id, fact="order_paid").id,
        finding=Finding.objects.filter(creator=cast.creator, state="open").first() or finding_in(cast.creator),
        closing=Closing.objects.filter(state="proposed").first() or closing_proposed(cast.creator),
        sample=asked_sample(cast, shirt),
        post_offer=offered(cast, shirt),
        post=taken_post(cast, shirt),
        channel=named_channel(cast),
        session_id=begin_session(cast.buyer, device="Chrome, Android").id,
        complaint=complaint_about(cast, received),
        goods_case=reported_goods(cast),
        shop_case=reported_shop(cast),
        page_case=reported_creator(cast),
        decided_case=goods_taken_down(cast),
        objection=objection(cast),
        breach=recorded_breach(cast.operator),
        tax_letter=letter_to_look_at(cast),
        coming_setting=coming_setting(cast.operator),
    )


def _upload(cast: Cast, state: Upload.State) -> Upload:
    now = clock.now()
    return Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="id", file_names=[], given_at=now, touched_at=now, state=state
    )


def _draft(cast: Cast) -> Product:
    product = stocked_variant(cast.shop).product
    return commands.return_to_draft(cast.seller, product.id)


def _mass_change(cast: Cast, product_id: uuid.UUID) -> MassChange:
    """Looked at, and not begun."""
    chosen = mass.choose_goods(cast.seller, cast.shop, [product_id], "id")
    return mass.plan_mass_change(cast.seller, chosen.id, "price", {"by_bp": 1_000})


def _takeout(cast: Cast) -> Takeout:
    now = clock.now()
    return Takeout.objects.create(
        shop=cast.shop,
        by=cast.seller,
        platform="lapak",
        language="id",
        state=Takeout.State.READY,
        asked_at=now,
        ready_at=now,
        until=now + timedelta(days=7),
    )
