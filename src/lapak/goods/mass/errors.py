"""What a mass change refuses, as a whole or of one good."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit


class MassChangeNotFound(NotFound):
    code = "mass_change_not_found"
    message = _("There is no such change of many goods in your shop.")


class MassChangeMoved(Moved):
    code = "mass_change_moved"
    message = _("This change of many goods is further along by now. Look at it again.")


class NothingChosen(Unfit):
    code = "nothing_chosen"
    field = "product"
    message = _("Tick the goods you want to change first.")


class NotWhole(Refusal):
    """What buyers need to see or to order is not there yet."""

    code = "goods_not_whole"

    def __init__(self, missing: "Iterable[str | Promise]") -> None:
        super().__init__(_("Left out: %(missing)s.") % {"missing": ", ".join(map(str, missing))})


class AskedAlone(Refusal):
    """A price that is asked about when it is typed for one: nobody looks at each of many."""

    code = "price_asked_alone"

    def __init__(self, question: "str | Promise") -> None:
        super().__init__(_("%(question)s Change it on its own page.") % {"question": question})


class ChangedSince(Moved):
    code = "changed_since"
    message = _("It was changed again since, and stays as it is now.")
