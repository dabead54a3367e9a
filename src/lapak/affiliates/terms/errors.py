"""What a programme's special terms refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import NotFound, Unfit


class NotOfProgramme(NotFound):
    """The goods are not the shop's, or nothing special is promised for them."""

    code = "not_of_programme"
    message = _("There are no such goods in this programme.")


class BudgetTooLow(Unfit):
    code = "budget_too_low"
    field = "amount_idr"
    message = _("A budget is above zero. Leave it empty for none.")


class BudgetOfAnotherKind(Unfit):
    """A month's and one in all cannot be compared: which of them is the cut?"""

    code = "budget_of_another_kind"
    field = "is_monthly"
    message = _("This programme has a budget of the other kind. Take that away first.")
