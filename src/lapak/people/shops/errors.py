"""What shops refuse."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Forbidden, Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.rules import MOST_SHOPS_A_DAY


class ShopSlugTaken(Unfit):
    code = "shop_slug_taken"
    field = "slug"
    message = _("A shop already has this address. Choose another one.")


class TooManyShops(Refusal):
    code = "too_many_shops"
    message = filled(_("You have opened {most} shops today. Open the next one tomorrow."), most=MOST_SHOPS_A_DAY)


class HolidayRefused(Unfit):
    """`field` says which day: it is in the past, before the first, or too far from it."""

    code = "holiday_refused"
    field = "last"

    def __init__(self, field: str, message: "str | Promise") -> None:
        super().__init__(message)
        self.field = field


class HolidayMessageTooLong(Unfit):
    code = "holiday_message_too_long"
    field = "message"
    message = filled(_("Say it in at most {most} characters."), most=LONGEST_NOTE)


class ShopNotFound(NotFound):
    """The shop does not exist, or it is none of the user's."""

    code = "shop_not_found"
    message = _("There is no such shop among yours.")


class NotYourDuty(Forbidden):
    """Whoever asks works for the shop, in a role that does not include this."""

    code = "not_your_duty"
    message = _("Your role in this shop does not include this. An owner of the shop can change that.")


class OperatorSellsNothing(Refusal):
    """PMSE-PROD: Permendag 31/2023 Art. 21 (2)."""

    code = "operator_sells_nothing"
    message = _(
        "Whoever runs the marketplace may not sell on it (Permendag 31/2023 Art. 21). Sell with another account, which does no "
        "work for the marketplace."
    )


class SellerOperatesNothing(Unfit):
    """As `OperatorSellsNothing`, from the other side."""

    code = "seller_operates_nothing"
    field = "email"
    message = _("This person works for a shop, and may not run the marketplace as well (Permendag 31/2023 Art. 21).")


class InvitationNotFound(NotFound):
    """It was answered or taken back, or it is another's."""

    code = "invitation_not_found"
    message = _("There is no such invitation any more.")


class MemberNotFound(NotFound):
    code = "member_not_found"
    message = _("Nobody of that name works for this shop.")


class UserUnknown(Unfit):
    code = "user_unknown"
    field = "email"
    message = _("Nobody has signed up with this e-mail address. Ask them to sign up first.")


class RoleUnknown(Unfit):
    code = "role_unknown"
    field = "role"
    message = _("Choose one of the roles.")


class AlreadyMember(Unfit):
    code = "already_member"
    field = "email"
    message = _("They work for this shop already, or are invited.")


class TooManyMembers(Refusal):
    code = "too_many_members"
    message = _("A shop has as many members as this. Remove one, or write to us if you need more.")


class OwnerNeeded(Moved):
    """The last owner cannot go, nor become less."""

    code = "owner_needed"
    message = _("A shop needs an owner. Make someone else an owner first.")


class ClosingRefused(Unfit):
    """`field` says which of the two instants."""

    code = "closing_refused"
    field = "orders_stop_at"

    def __init__(self, field: str, message: "str | Promise") -> None:
        super().__init__(message)
        self.field = field


class ClosingNotFound(NotFound):
    """None stands, or it is not for who asks."""

    code = "closing_not_found"
    message = _("No closing is announced.")


class ClosingBegun(Moved):
    code = "closing_begun"
    message = _(
        "Orders have stopped already. A closing can be changed or called off only before that, and a closed shop does not "
        "open again: open another one and move this one's file in."
    )


class ClosingMoved(Moved):
    code = "closing_moved"
    message = _("Somebody else has just announced a closing. Look at it first.")


class TurnoverYearRefused(Unfit):
    """Only what is known can be stated."""

    code = "turnover_year_refused"
    field = "year"
    message = _("State this year or the last one.")


class TurnoverRefused(Unfit):
    """No turnover is that."""

    code = "turnover_refused"
    field = "turnover_idr"
    message = _("Write the turnover of the whole year in rupiah.")
