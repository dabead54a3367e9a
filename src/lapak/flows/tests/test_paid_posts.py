"""From the money that is set apart to the fee in the creator's balance, and every way out."""

from datetime import timedelta

import pytest

from lapak.affiliates.brought import brought_to
from lapak.affiliates.errors import CreatorClosed, CreatorNotFound
from lapak.affiliates.models import Creator
from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.errors import (
    FeeOutOfBounds,
    FeesNotCovered,
    LastDayOutOfBounds,
    NoAddressOfPost,
    NoPlaceLeft,
    NoSecondPlace,
    OfferWithoutProgramme,
    OwnShopsPost,
    PlacesOutOfBounds,
    PlaceTaken,
    PostHandedInBefore,
    PostMoved,
    PostNotFound,
    PostOfferMoved,
    PostOfferNotFound,
    PostOutOfTime,
    PostWordsRefused,
)
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.affiliates.posts.postings import creator_account, held_account, shop_account
from lapak.affiliates.posts.queries import fee_totals_idr, fees_coming, offers_to_take
from lapak.affiliates.posts.rules import PostState
from lapak.affiliates.withholding.models import TaxMonth
from lapak.flows.clocks import run_due_clocks
from lapak.flows.offer_post_fees import end_post_offer, offer_post_fees, withdraw_post_offer
from lapak.flows.pay_for_posts import deny_post, end_time_of_post, give_up_place
from lapak.flows.pay_out import confirm_payout, return_payout, send_due_payouts
from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.money.ledger.queries import balance_idr
from lapak.money.payouts.models import Payout, PayoutItem
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.posts import (
    FEE_IDR,
    WORDS,
    address,
    approved_post,
    declined_post,
    earned,
    escalated_post,
    handed_in_post,
    offered,
    taken_post,
)
from lapak.testing.refused import refused
from lapak.testing.whose_is_what import differences

pytestmark = pytest.mark.django_db


def held(cast: Cast) -> int:
    return balance_idr(held_account(cast.shop.id))


def of_shop(cast: Cast) -> int:
    return balance_idr(shop_account(cast.shop.id))


def of_creator(cast: Cast) -> int:
    return balance_idr(creator_account(cast.creator.id))


def pass_time(post: Post) -> Post:
    """The clock comes by when its state is over."""
    post.refresh_from_db()
    assert post.act_by
    with clock.stopped_at(post.act_by + timedelta(seconds=1)):
        assert run_due_clocks()["posts_past_time"] == 1
    post.refresh_from_db()
    return post


def another_creator(name: str = "mas-bagas") -> Creator:
    user = User.objects.create_user(f"{name}@example.com", name=name)
    return Creator.objects.create(user=user, handle=name, joined_at=clock.now())


def offer_with(cast: Cast, variant: Variant, *, product: Product | None = None, **other: object) -> PostOffer:
    asked = {"fee_idr": FEE_IDR, "places": 1, "last_day": clock.today(), "words": WORDS, **other}
    return offer_post_fees(cast.seller, cast.shop, (product or variant.product).id, **asked)  # type: ignore[arg-type]


def test_the_whole_way(cast: Cast, variant: Variant) -> None:
    earned(cast, 2 * FEE_IDR)
    before = of_shop(cast)
    offer = offered(cast, variant)
    assert (of_shop(cast), held(cast)) == (before - 2 * FEE_IDR, 2 * FEE_IDR)
    post = posts.take_place(cast.creator_user, offer.id)
    post = posts.hand_in_post(cast.creator_user, post.id, " https://www.TikTok.com/@a/video/7/ ")
    assert post.address == "https://tiktok.com/@a/video/7"
    post = posts.approve_post(cast.seller, post.id)
    assert fee_totals_idr(cast.creator) == {"coming": FEE_IDR, "payable": 0, "paid": 0}
    assert [(count, idr) for _day, count, idr in fees_coming(cast.creator)] == [(1, FEE_IDR)]
    assert of_creator(cast) == 0, "not before it has stood its days"
    assert pass_time(post).state == PostState.PAYABLE
    assert (of_creator(cast), held(cast)) == (FEE_IDR - 500, FEE_IDR)  # 5 % of half of it
    assert (post.tax_idr, post.net_idr) == (500, FEE_IDR - 500)
    month = TaxMonth.objects.get(creator=cast.creator)
    assert (month.gross_idr, month.tax_idr, month.slip_due) == (FEE_IDR, 500, True)
    assert brought_to(cast.shop, [cast.creator.id], 30)[cast.creator.id].fees_idr == FEE_IDR
    assert differences() == []


def test_a_payout_names_it_and_pays_it(cast: Cast, variant: Variant) -> None:
    post = pass_time(approved_post(cast, variant))
    send_due_payouts(None, "sandbox")
    payout = Payout.objects.get(account__kind="creator_payable")
    item = PayoutItem.objects.get(payout=payout)
    assert (item.kind, item.item_id, item.amount_idr, payout.amount_idr) == ("post", post.id, 19_500, 19_500)
    confirm_payout(None, payout.id)
    post.refresh_from_db()
    assert post.state == PostState.PAID
    return_payout(None, payout.id, "Account closed.")
    post.refresh_from_db()
    assert post.state == PostState.PAYABLE
    send_due_payouts(None, "sandbox")
    assert PayoutItem.objects.filter(kind="post", item_id=post.id, is_live=True).count() == 1
    assert differences() == []


class TestOffering:
    def test_what_the_balance_does_not_cover_is_refused_with_what_is_missing(
        self, cast: Cast, variant: Variant
    ) -> None:
        earned(cast, 20_000)
        short = of_shop(cast) + 1
        with refused(FeesNotCovered, match="Rp1") as refusal:
            offer_with(cast, variant, fee_idr=short)
        assert refusal.value.missing_idr == 1
        offer_with(cast, variant, fee_idr=short - 1)
        assert of_shop(cast) == 0

    def test_bounds(self, cast: Cast, variant: Variant) -> None:
        earned(cast, FEE_IDR)
        for fee_idr in (9_999, 100_000_001):
            with refused(FeeOutOfBounds):
                offer_with(cast, variant, fee_idr=fee_idr)
        for places in (0, 501):
            with refused(PlacesOutOfBounds):
                offer_with(cast, variant, places=places)
        for days in (-1, 91):
            with refused(LastDayOutOfBounds):
                offer_with(cast, variant, last_day=clock.today() + timedelta(days=days))
        with refused(PostWordsRefused):
            offer_with(cast, variant, words=" ")
        with refused(CreatorNotFound):
            offer_with(cast, variant, handle="nobody")
        with refused(ShopNotFound):
            offer_post_fees(
                cast.stranger,
                cast.shop,
                variant.product_id,
                fee_idr=FEE_IDR,
                places=1,
                last_day=clock.today(),
                words="x",
            )

    def test_goods_of_another_shop_or_off_sale(self, cast: Cast, variant: Variant) -> None:
        other = Shop.objects.create(slug="other", name="Other", city="Solo", province_code="33")
        theirs = stocked_variant(other).product
        with refused(ProductNotFound):
            offer_with(cast, variant, product=theirs)
        Product.objects.filter(id=variant.product_id).update(status="archived")
        with refused(ProductNotFound):
            offer_with(cast, variant)


class TestTaking:
    def test_the_last_place_goes_to_one(self, cast: Cast, variant: Variant) -> None:
        offer = offered(cast, variant, places=1)
        other = another_creator()
        cast.programme.memberships.create(creator=other, joined_at=clock.now())
        posts.take_place(cast.creator_user, offer.id)
        with refused(NoPlaceLeft):
            posts.take_place(other.user, offer.id)
        assert not offers_to_take(other).exists()

    def test_one_at_a_time_and_another_once_approved(self, cast: Cast, variant: Variant) -> None:
        post = handed_in_post(cast, variant)
        with refused(PlaceTaken):
            posts.take_place(cast.creator_user, post.offer_id)
        posts.approve_post(cast.seller, post.id)
        assert posts.take_place(cast.creator_user, post.offer_id).id != post.id

    def test_who_does_not_promote_the_shop(self, cast: Cast, variant: Variant) -> None:
        offer, other = offered(cast, variant), another_creator()
        with refused(OfferWithoutProgramme):
            posts.take_place(other.user, offer.id)
        with refused(CreatorNotFound):
            posts.take_place(cast.stranger, offer.id)

    def test_an_offer_to_one_creator(self, cast: Cast, variant: Variant) -> None:
        invited = another_creator()
        offer = offered(cast, variant, handle="@mas-bagas")
        with refused(PostOfferNotFound):
            posts.take_place(cast.creator_user, offer.id)
        assert list(offers_to_take(invited)) == [offer]
        assert not offers_to_take(cast.creator).exists()
        assert posts.take_place(invited.user, offer.id).creator_id == invited.id, "without a programme"

    def test_nobody_pays_themselves(self, cast: Cast, variant: Variant) -> None:
        offer = offered(cast, variant)
        member = cast.shop.members.create(user=cast.creator_user, role="orders")
        with refused(OwnShopsPost):
            posts.take_place(cast.creator_user, offer.id)
        assert not offers_to_take(cast.creator).exists()
        with refused(OwnShopsPost):
            offer_with(cast, variant, handle="ceu-edoh")
        member.delete()
        account = cast.shop.bank_account
        assert account
        BankAccount.objects.create(
            user=cast.creator_user, bank_code=account.bank_code, number=account.number, holder="X"
        )
        with refused(OwnShopsPost):
            posts.take_place(cast.creator_user, offer.id)

    def test_goods_that_are_gone_and_offers_that_are_over(self, cast: Cast, variant: Variant) -> None:
        offer = offered(cast, variant)
        Product.objects.filter(id=variant.product_id).update(status="archived")
        with refused(ProductNotFound):
            posts.take_place(cast.creator_user, offer.id)
        Product.objects.filter(id=variant.product_id).update(status="published")
        with clock.stopped_at(offer.ends_at), refused(PostOfferMoved):
            posts.take_place(cast.creator_user, offer.id)
        withdraw_post_offer(cast.seller, offer.id)
        with refused(PostOfferMoved):
            posts.take_place(cast.creator_user, offer.id)

    def test_a_closed_account(self, cast: Cast, variant: Variant) -> None:
        """What is handed in before stays; nothing new is begun, and nothing handed in."""
        first, second = taken_post(cast, variant), handed_in_post(cast, stocked_variant(cast.shop))
        new = offered(cast, stocked_variant(cast.shop))
        Creator.objects.filter(id=cast.creator.id).update(closed_from=clock.now())
        with refused(CreatorClosed):
            posts.take_place(cast.creator_user, new.id)
        with refused(CreatorClosed):
            posts.hand_in_post(cast.creator_user, first.id, address())
        assert pass_time(second).state == PostState.APPROVED


class TestHandingIn:
    def test_one_post_one_fee(self, cast: Cast, variant: Variant) -> None:
        first, second = handed_in_post(cast, variant), taken_post(cast, stocked_variant(cast.shop))
        with refused(PostHandedInBefore):
            posts.hand_in_post(cast.creator_user, second.id, f"{first.address}/#again")

    def test_what_is_no_address(self, cast: Cast, variant: Variant) -> None:
        post = taken_post(cast, variant)
        with refused(NoAddressOfPost):
            posts.hand_in_post(cast.creator_user, post.id, "http://tiktok.com/x")
        with refused(PostNotFound):
            posts.hand_in_post(cast.stranger, post.id, address())
        posts.hand_in_post(cast.creator_user, post.id, address())
        with refused(PostMoved):
            posts.hand_in_post(cast.creator_user, post.id, address())

    def test_after_its_time(self, cast: Cast, variant: Variant) -> None:
        post = taken_post(cast, variant)
        assert post.act_by
        with clock.stopped_at(post.act_by), refused(PostOutOfTime):
            posts.hand_in_post(cast.creator_user, post.id, address())


class TestChecking:
    def test_silence_approves(self, cast: Cast, variant: Variant) -> None:
        post = pass_time(handed_in_post(cast, variant))
        assert post.state == PostState.APPROVED
        with refused(PostMoved):
            end_time_of_post(post.id, words="")

    def test_a_late_refusal_is_none(self, cast: Cast, variant: Variant) -> None:
        post = handed_in_post(cast, variant)
        assert post.act_by
        with clock.stopped_at(post.act_by), refused(PostOutOfTime):
            posts.decline_post(cast.seller, post.id, "Too late.")

    def test_a_shop_says_why_and_may_think_better_of_it(self, cast: Cast, variant: Variant) -> None:
        post = handed_in_post(cast, variant)
        with refused(PostWordsRefused):
            posts.decline_post(cast.seller, post.id, " ")
        with refused(PostNotFound):
            posts.decline_post(cast.stranger, post.id, "No.")
        assert posts.decline_post(cast.seller, post.id, "Another shirt.").reason == "Another shirt."
        assert posts.approve_post(cast.seller, post.id).state == PostState.APPROVED

    def test_a_post_that_did_not_stand(self, cast: Cast, variant: Variant) -> None:
        post = approved_post(cast, variant)
        assert posts.decline_post(cast.seller, post.id, "It is gone.").state == PostState.DECLINED
        assert pass_time(post).state == PostState.DENIED


class TestObjecting:
    def test_lapak_decides_for_the_creator_and_the_shop_declines_no_more(self, cast: Cast, variant: Variant) -> None:
        post = escalated_post(cast, variant)
        with refused(PostMoved):
            posts.approve_post(cast.seller, post.id)
        with refused(PostNotFound):
            posts.uphold_post(cast.seller, post.id, "Yes.")
        post = posts.uphold_post(cast.operator, post.id, "It is the very shirt.")
        assert (post.state, post.is_upheld) == (PostState.APPROVED, True)
        with refused(PostMoved):
            posts.decline_post(cast.seller, post.id, "Once more.")
        assert pass_time(post).state == PostState.PAYABLE

    def test_lapak_decides_for_the_shop_and_the_place_is_free(self, cast: Cast, variant: Variant) -> None:
        post = escalated_post(cast, variant)
        with refused(PostNotFound):
            deny_post(cast.creator_user, post.id, "No.")
        post = deny_post(cast.operator, post.id, "Another shirt.")
        assert (post.state, post.reason) == (PostState.DENIED, "Another shirt.")
        assert PostOffer.objects.get().taken == 0
        assert held(cast) == 2 * FEE_IDR, "the offer is open: another may earn it"
        with refused(NoSecondPlace):
            posts.take_place(cast.creator_user, post.offer_id)
        again = taken_post(cast, stocked_variant(cast.shop))
        shown = posts.hand_in_post(cast.creator_user, again.id, post.address)
        assert shown.address == post.address, "what was not paid may be shown again"

    def test_undecided_counts_for_the_creator(self, cast: Cast, variant: Variant) -> None:
        post = escalated_post(cast, variant)
        assert post.act_by
        with clock.stopped_at(post.act_by), refused(PostMoved):
            deny_post(cast.operator, post.id, "Too late.")
        assert pass_time(post).is_upheld

    def test_once_and_in_time(self, cast: Cast, variant: Variant) -> None:
        post = declined_post(cast, variant)
        with refused(PostWordsRefused):
            posts.escalate_post(cast.creator_user, post.id, "")
        with refused(PostNotFound):
            posts.escalate_post(cast.stranger, post.id, "Please.")
        assert post.act_by
        with clock.stopped_at(post.act_by), refused(PostOutOfTime):
            posts.escalate_post(cast.creator_user, post.id, "Please.")
        posts.escalate_post(cast.creator_user, post.id, "Please.")
        with refused(PostMoved):
            posts.escalate_post(cast.creator_user, post.id, "Please.")


class TestMoneyGoesBack:
    def test_a_withdrawn_offer_keeps_what_is_taken(self, cast: Cast, variant: Variant) -> None:
        post = taken_post(cast, variant)
        before = of_shop(cast)
        with refused(PostOfferNotFound):
            withdraw_post_offer(cast.stranger, post.offer_id)
        withdraw_post_offer(cast.seller, post.offer_id)
        assert (of_shop(cast), held(cast)) == (before + FEE_IDR, FEE_IDR)
        with refused(PostOfferMoved):
            withdraw_post_offer(cast.seller, post.offer_id)
        give_up_place(cast.creator_user, post.id)
        assert (of_shop(cast), held(cast)) == (before + 2 * FEE_IDR, 0)
        assert differences() == []

    def test_a_place_that_is_given_up_is_free(self, cast: Cast, variant: Variant) -> None:
        post = taken_post(cast, variant)
        with refused(PostNotFound):
            give_up_place(cast.stranger, post.id)
        give_up_place(cast.creator_user, post.id)
        assert held(cast) == 2 * FEE_IDR
        assert posts.take_place(cast.creator_user, post.offer_id).state == PostState.TAKEN

    def test_the_last_day_is_over(self, cast: Cast, variant: Variant) -> None:
        offer = offered(cast, variant)
        with refused(PostOfferMoved):
            end_post_offer(offer.id)
        before = of_shop(cast)
        with clock.stopped_at(offer.ends_at):
            assert run_due_clocks()["post_offers_ended"] == 1
        assert (of_shop(cast), held(cast)) == (before + 2 * FEE_IDR, 0)
        assert PostOffer.objects.get().state == "ended"

    def test_a_place_that_lapses_after_the_last_day(self, cast: Cast, variant: Variant) -> None:
        post = taken_post(cast, variant)
        with clock.stopped_at(post.offer.ends_at - timedelta(hours=1)):
            withdraw_post_offer(cast.seller, post.offer_id)
        assert pass_time(post).state == PostState.LAPSED
        assert held(cast) == 0
        assert differences() == []
