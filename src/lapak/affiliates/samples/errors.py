"""What samples refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.affiliates.samples.rules import LONGEST_COURIER, MOST_A_MONTH
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_NOTE, LONGEST_STORY


class SampleNotFound(NotFound):
    """There is no such sample, or it is none of the user's business."""

    code = "sample_not_found"
    message = _("There is no such sample.")


class SampleMoved(Moved):
    """It has left the state in which this was possible."""

    code = "sample_moved"
    message = _("The sample has moved on in the meantime. Look at where it stands now and decide again.")


class SampleOutOfTime(Moved):
    """Its time is over, and the clock is about to say so."""

    code = "sample_out_of_time"
    message = _("The time for this is over.")


class NoSamples(Refusal):
    """The shop gives none."""

    code = "no_samples"
    message = _("This shop gives no samples at the moment.")


class SampleWithoutProgramme(Refusal):
    """Who asks for goods promotes their shop."""

    code = "sample_without_programme"
    message = _("Join the shop's programme first: a sample is for goods that you promote.")


class SamplesOfMonthGiven(Refusal):
    """As many as the shop gives one creator in a month."""

    code = "samples_of_month_given"
    message = _("You have asked this shop for as many samples as it gives in a month. Ask again next month.")


class TooManySamplesOpen(Refusal):
    """Some are under way, or were not shown."""

    code = "too_many_samples_open"
    message = _("Show what you have been given first: name the addresses of your posts, then ask for more.")


class SampleOutOfStock(Refusal):
    """Every piece is promised to buyers."""

    code = "sample_out_of_stock"
    message = _("No piece of it is left that is not promised to a buyer. Put one in stock, or decline and say why.")


class SampleWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "sample_words_refused"
    field = "words"
    message = filled(
        _("Say it in your own words, in up to {most} characters: the other side reads it."), most=LONGEST_STORY
    )


class SamplePlaceRefused(Unfit):
    """Nobody knows where it is to be shown."""

    code = "sample_place_refused"
    field = "place"
    message = filled(_("Say where you will show it, in up to {most} characters."), most=LONGEST_NOTE)


class SamplesAMonthOutOfBounds(Unfit):
    """Fewer than none, or more than samples."""

    code = "samples_a_month_out_of_bounds"
    field = "a_month"
    message = filled(_("A shop gives a creator between none and {most} samples a month."), most=MOST_A_MONTH)


class SampleCourierMissing(Unfit):
    """Nobody carries it."""

    code = "sample_courier_missing"
    field = "courier"
    message = filled(_("Name the courier, in up to {most} characters."), most=LONGEST_COURIER)


class PostAddressRefused(Unfit):
    """It is no address of the web."""

    code = "post_address_refused"
    field = "address"
    message = filled(
        _("Paste the address of your post as the app gives it to you: https://…, in up to {most} characters."),
        most=LONGEST_POST_ADDRESS,
    )
