"""Every change of a review that is its author's wish."""

import uuid
from collections.abc import Collection, Sequence

from lapak.goods.catalogue.ratings import count_stars, discount_stars
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.shops.queries import is_member
from lapak.people.users.models import User
from lapak.trade.orders.models import OrderLine
from lapak.trade.orders.rules import is_over
from lapak.trade.orders.steps import for_buyer, lock_order
from lapak.trade.reviews.errors import (
    HadTheirSay,
    NotReceived,
    OwnGoods,
    ReviewedAlready,
    ReviewHidden,
    ReviewOutOfTime,
)
from lapak.trade.reviews.models import Review, ReviewEvent
from lapak.trade.reviews.pictures import PutPicture, drop_files_of, pictures_put, show_pictures
from lapak.trade.reviews.queries import line_for_buyer, review_of_author, said_of
from lapak.trade.reviews.rules import may_be_reviewed
from lapak.trade.reviews.steps import fit_stars, fit_words, for_author, lock_review, record

Kind = ReviewEvent.Kind


def write_review(
    by: User, line_id: uuid.UUID, *, stars: int, words: str = "", pictures: Sequence[bytes] = ()
) -> Review:
    """Everybody reads what the buyer says of the goods of this order line; the goods' and the shop's stars count it.

    Refuses anyone but the buyer (`ReviewNotFound`), goods that have not arrived or were all given back (`NotReceived`), who
    works for the shop (`OwnGoods`), a second review (`ReviewedAlready`), another of goods whose first could not be changed any
    more (`HadTheirSay`), other than one to five stars (`StarsRefused`), too
    many words (`ReviewWordsRefused`), and pictures as `pictures_put` does.
    """
    line_for_buyer(by, line_id)  # a stranger's picture is not stored
    with pictures_put(line_id, pictures) as put:
        return _write_review(by, line_id, stars=stars, words=words, pictures=put)


@act
def _write_review(by: User, line_id: uuid.UUID, *, stars: int, words: str, pictures: Sequence[PutPicture]) -> Review:
    order = lock_order(line_for_buyer(by, line_id).order_id, for_buyer(by))
    line = OrderLine.objects.select_related("variant__product").get(id=line_id)
    if not may_be_reviewed(order.state, line.remaining_quantity):
        raise NotReceived
    if is_member(by, order.shop_id):
        raise OwnGoods
    if Review.objects.filter(line=line).exists():
        raise ReviewedAlready
    if said_of([line_id]):
        raise HadTheirSay
    review = Review.objects.create(
        line=line,
        product=line.variant.product,
        shop=order.shop,
        author=by,
        stars=fit_stars(stars),
        words=fit_words(words),
        written_at=clock.now(),
    )
    _show_pictures(review, pictures)
    record(by, line, Kind.WRITTEN, from_stars=None, to_stars=review.stars)
    count_stars(review.product, review.stars)
    return review


def change_review(
    by: User,
    review_id: uuid.UUID,
    *,
    stars: int,
    words: str = "",
    pictures: Sequence[bytes] = (),
    without: Collection[uuid.UUID] = (),
) -> Review:
    """The review says this instead, with these pictures more and those named in `without` no more.

    Refuses anyone but its author (`ReviewNotFound`), who works for the shop by now (`OwnGoods`), after the days of
    `CHANGED_WITHIN_DAYS` (`ReviewOutOfTime`), one that the operator has hidden (`ReviewHidden`), and what `write_review`
    refuses of stars, words and pictures.
    """
    line_id = review_of_author(by, review_id).line_id  # a stranger's picture is not stored
    with pictures_put(line_id, pictures) as put:
        return _change_review(by, review_id, stars=stars, words=words, pictures=put, without=without)


@act
def _change_review(
    by: User,
    review_id: uuid.UUID,
    *,
    stars: int,
    words: str,
    pictures: Sequence[PutPicture],
    without: Collection[uuid.UUID],
) -> Review:
    review, now = lock_review(review_id, for_author(by)), clock.now()
    if review.is_hidden:
        raise ReviewHidden
    if is_member(by, review.shop_id):
        raise OwnGoods
    if is_over(review.changed_until, now):
        raise ReviewOutOfTime
    before = review.stars
    review.stars, review.words, review.changed_at = fit_stars(stars), fit_words(words), now
    review.save(update_fields=["stars", "words", "changed_at"])
    _show_pictures(review, pictures, without)
    record(by, review.line, Kind.CHANGED, from_stars=before, to_stars=review.stars)
    if review.stars != before:
        discount_stars(review.product, before)
        count_stars(review.product, review.stars)
    return review


@act
def delete_review(by: User, review_id: uuid.UUID) -> None:
    """Nothing of the review is left but that there was one; its stars are not counted any more. As long as it might have been
    changed the goods may be reviewed anew.

    Refuses anyone but its author (`ReviewNotFound`), and one that the operator has hidden (`ReviewHidden`): it would come
    back by another name.
    """
    review = lock_review(review_id, for_author(by))
    if review.is_hidden:
        raise ReviewHidden
    drop_files_of(review.pictures.all())
    record(by, review.line, Kind.DELETED, from_stars=review.stars, to_stars=None)
    review.delete()
    discount_stars(review.product, review.stars)


def _show_pictures(review: Review, pictures: Sequence[PutPicture], without: Collection[uuid.UUID] = ()) -> None:
    if pictures or without:
        show_pictures(review, pictures, without)
        review.save(update_fields=["picture_count"])
