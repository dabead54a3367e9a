"""What paid posts refuse."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.posts.rules import (
    HIGHEST_FEE_IDR,
    LONGEST_OFFER_DAYS,
    LOWEST_FEE_IDR,
    MOST_PLACES,
)
from lapak.lib.money import format_idr
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_STORY


class PostOfferNotFound(NotFound):
    """There is no such offer, or it is none of the user's business."""

    code = "post_offer_not_found"
    message = _("There is no such offer.")


class PostNotFound(NotFound):
    """There is no such post, or it is none of the user's business."""

    code = "post_not_found"
    message = _("There is no such post.")


class PostOfferMoved(Moved):
    """It was withdrawn, or its last day is over."""

    code = "post_offer_moved"
    message = _("This offer is no longer open.")


class PostMoved(Moved):
    """It has left the state in which this was possible."""

    code = "post_moved"
    message = _("The post has moved on in the meantime. Look at where it stands now and decide again.")


class PostOutOfTime(Moved):
    """Its time is over, and the clock is about to say so."""

    code = "post_out_of_time"
    message = _("The time for this is over.")


class NoPlaceLeft(Moved):
    """Others were first."""

    code = "no_place_left"
    message = _("Every place of this offer is taken. Should one become free, it stands here again.")


class PlaceTaken(Refusal):
    """One at a time."""

    code = "place_taken"
    message = _("You have a place here. When your post is approved, you may take another.")


class NoSecondPlace(Refusal):
    """They let one lapse, or were denied."""

    code = "no_second_place"
    message = _("You had a place here that was not used, or not paid for. It is another creator's turn.")


class OfferWithoutProgramme(Refusal):
    """Who is paid for a post promotes the shop."""

    code = "offer_without_programme"
    message = _("Join the shop's programme first: its posts are for those who promote it.")


class OwnShopsPost(Refusal):
    """Nobody pays themselves."""

    code = "own_shops_post"
    message = _("Who works for the shop, or shares its bank account, cannot be paid for a post about it.")


class ShopSellsNoMore(Refusal):
    """Nobody could buy what a post would show."""

    code = "shop_sells_no_more"
    message = _("Orders have stopped: nobody could buy what a post would show.")


class FeesNotCovered(Refusal):
    """Money that is not there cannot be set aside."""

    code = "fees_not_covered"
    message = _(
        "{needed} would be set aside, and your balance is {missing} short of it. Offer fewer posts, or a smaller fee."
    )

    def __init__(self, needed_idr: int, missing_idr: int) -> None:
        super().__init__(format_lazy(self.message, needed=format_idr(needed_idr), missing=format_idr(missing_idr)))
        self.missing_idr = missing_idr


class FeeOutOfBounds(Unfit):
    """Too little to be paid out, or a zero too many."""

    code = "fee_out_of_bounds"
    field = "fee_idr"
    message = format_lazy(
        _("A fee is from {least} to {most}."), least=format_idr(LOWEST_FEE_IDR), most=format_idr(HIGHEST_FEE_IDR)
    )


class PlacesOutOfBounds(Unfit):
    """None, or more than anyone looks at."""

    code = "places_out_of_bounds"
    field = "places"
    message = filled(_("An offer is for 1 to {most} posts."), most=MOST_PLACES)


class LastDayOutOfBounds(Unfit):
    """It is over, or too far ahead."""

    code = "last_day_out_of_bounds"
    field = "last_day"
    message = filled(_("The last day is from today on, and at most {most} days ahead."), most=LONGEST_OFFER_DAYS)


class PostWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "post_words_refused"
    field = "words"
    message = filled(
        _("Say it in your own words, in up to {most} characters: the other side reads it."), most=LONGEST_STORY
    )


class NoAddressOfPost(Unfit):
    """It cannot be opened, or not safely."""

    code = "no_address_of_post"
    field = "address"
    message = _("Give the whole address of the post, beginning with https://.")


class PostHandedInBefore(Unfit):
    """One post, one fee."""

    code = "post_handed_in_before"
    field = "address"
    message = _("This post was handed in before. A post is paid for once.")
