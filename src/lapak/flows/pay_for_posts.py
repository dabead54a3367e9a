"""What becomes of a post's fee: it reaches its creator's balance, less tax, or is there for another post, or the shop's again."""

import uuid

from lapak.affiliates.posts.commands import (
    fit_words,
    give_place_back,
    lock_offer,
    lock_post_for_creator,
    lock_post_for_operator,
    lock_post_past_time,
    mark_post_credited,
    step,
)
from lapak.affiliates.posts.errors import PostMoved
from lapak.affiliates.posts.models import Post
from lapak.affiliates.posts.postings import creator_account, fee_credited
from lapak.affiliates.posts.rules import AFTER_ITS_TIME, FREES_PLACE, OfferState, PostState
from lapak.affiliates.queries import tax_status_of
from lapak.affiliates.withholding.commands import withhold
from lapak.flows.debts import repay
from lapak.flows.offer_post_fees import return_fees
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.people.users.models import User


@act
def give_up_place(by: User, post_id: uuid.UUID) -> Post:
    """The creator will not post after all; the place is another's.

    Refuses anyone else (`PostNotFound`), and a place whose post is handed in, or that is over (`PostMoved`). Posts
    `fees_returned` where the offer is over.
    """
    return _free(step(by, lock_post_for_creator(by, post_id), PostState.GIVEN_UP))


@act
def deny_post(by: User, post_id: uuid.UUID, words: str) -> Post:
    """Lapak decides for the shop: no fee is paid, and the creator reads why.

    Refuses anyone but the operator (`PostNotFound`), no words (`PostWordsRefused`), and what is not with Lapak, or should have
    been decided before (`PostMoved`). Posts as `give_up_place`.
    """
    post = lock_post_for_operator(by, post_id)
    if post.state != PostState.ESCALATED or (post.act_by and post.act_by <= clock.now()):
        raise PostMoved
    post.reason = fit_words(words)
    return _free(step(by, post, PostState.DENIED, post.reason))


@act
def end_time_of_post(post_id: uuid.UUID, *, words: str) -> Post:
    """The clock's: its time in its state is over, and what then becomes of it is so. `PostMoved` when there is time. Posts as
    `give_up_place`, or `fee_credited` and `debt_repaid`."""
    post = lock_post_past_time(post_id)
    after = AFTER_ITS_TIME[PostState(post.state)]
    if after == PostState.PAYABLE:
        return _credit(post)
    step(None, post, after, words)
    return _free(post) if after in FREES_PLACE else post


def _credit(post: Post) -> Post:
    """The fee of the (locked) post is its creator's, and the tax on it withheld under the lock of that year's sum. What the
    creator owes is repaid first. Posts `fee_credited`, and `debt_repaid`."""
    now, taxed_as, offer = clock.now(), tax_status_of(post.creator_id), lock_offer(post.offer_id)
    (tax_idr,) = withhold(post.creator_id, taxed_as, [post.fee_idr], now)
    mark_post_credited(post, offer, tax_idr, taxed_as, now)
    post_transfers(fee_credited(post))
    repay({creator_account(post.creator_id): post.id})
    return post


def _free(post: Post) -> Post:
    offer = give_place_back(post)
    if offer.state != OfferState.OPEN:
        return_fees(offer, post.fee_idr, str(post.id))
    return post
