"""What returns refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, Refusal


class ReturnOutOfTime(Refusal):
    """The goods have not arrived yet, or the order's last day to object is over."""

    code = "return_out_of_time"
    message = _("A return can be asked for from the day the goods arrive until the order completes, and not now.")


class ReturnMoved(Moved):
    """The return has left the state in which this was possible."""

    code = "return_moved"
    message = _("The return has moved on in the meantime. Look at where it stands now and decide again.")


class ReturnQuantityRefused(Refusal):
    """Not pieces of this order, or more than there are."""

    code = "return_quantity_refused"
    message = _("Choose at least one piece of this order's goods, and no more than there are.")


class WordsRefused(Refusal):
    """A return's words are missing or too long, or its reason is none there is."""

    code = "words_refused"
    message = _("Choose a reason and say in your own words what happened, in up to 1,000 characters.")


class CourierMissing(Refusal):
    """Goods on their way back need a name to ask for them."""

    code = "courier_missing"
    message = _("Say which courier has the parcel, in up to 60 characters.")
