"""What returns refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, Refusal, Unfit
from lapak.lib.written import LONGEST_STORY
from lapak.trade.returns.rules import LONGEST_COURIER, MOST_PICTURES, MOST_WAY_BACK_IDR


class ReturnOutOfTime(Refusal):
    """The goods have not arrived yet, or the order's last day to object is over."""

    code = "return_out_of_time"
    message = _("A return can be asked for from the day the goods arrive until the order completes, and not now.")


class ReturnMoved(Moved):
    """The return has left the state in which this was possible."""

    code = "return_moved"
    message = _("The return has moved on in the meantime. Look at where it stands now and decide again.")


class ReturnQuantityRefused(Unfit):
    """Not pieces of this order, or more than there are."""

    code = "return_quantity_refused"
    field = "quantities"
    message = _("Choose at least one piece of this order's goods, and no more than there are.")


class ReturnPicturesRefused(Unfit):
    """More pictures than each side of a return may show."""

    code = "return_pictures_refused"
    field = "pictures"
    message = filled(_("Each side shows up to {most} pictures. Choose those that show it best."), most=MOST_PICTURES)


class WordsRefused(Unfit):
    """A return's words are missing or too long, or its reason is none there is."""

    code = "words_refused"
    field = "words"
    message = filled(
        _("Choose a reason and say in your own words what happened, in up to {most} characters."), most=LONGEST_STORY
    )


class ReturnLate(ReturnMoved):
    """The deadline for this has passed: what follows from it is carried out within a minute."""

    code = "return_late"
    message = _("The time for this is over. Look at where the return stands now.")


class GoodsOnTheWay(Refusal):
    """Whoever has sent the goods would lose both goods and money."""

    code = "goods_on_the_way"
    message = _("Your goods have left you already. Wait for the shop, or let Lapak decide.")


class WayBackRefused(Unfit):
    """What sending back cost is missing its receipt, or no such sum."""

    code = "way_back_refused"
    field = "way_back_idr"
    message = filled(
        _("Say what sending it back cost, up to Rp{most}, and add a picture of the receipt; or leave both out."),
        most=MOST_WAY_BACK_IDR,
    )


class CourierMissing(Unfit):
    """Goods on their way back need a name to ask for them."""

    code = "courier_missing"
    field = "courier"
    message = filled(_("Say which courier has the parcel, in up to {most} characters."), most=LONGEST_COURIER)
