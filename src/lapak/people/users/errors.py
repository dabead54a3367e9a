"""What is refused about users."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit, Unproven


class AddressNotFound(NotFound):
    """There is no such address, or it is another user's."""

    code = "address_not_found"
    message = _("There is no such address among yours.")


class TooManyAddresses(Refusal):
    code = "too_many_addresses"
    message = _("You have as many addresses as an address book holds. Remove one you no longer need.")


class BankAccountNotFound(NotFound):
    """There is no such bank account, or it is another user's."""

    code = "bank_account_not_found"
    message = _("There is no such bank account among yours.")


class TooManyBankAccounts(Refusal):
    code = "too_many_bank_accounts"
    message = _("You have as many bank accounts as one person can have here. Write to us if you need another.")


class EmailUnconfirmed(Unproven):
    """Before anything that binds: whoever typed another's address would act in that person's name."""

    code = "email_unconfirmed"
    message = _("First confirm that your e-mail is yours. We send a link there; it leads back here.")


class JoiningOver(Moved):
    """Too many tries, too old, or finished elsewhere."""

    code = "joining_over"
    message = _("This code is no longer good. Join once more, and we send you another one.")


class CodeSentOften(Refusal):
    code = "code_sent_often"
    message = _(
        "We have sent it several times. The code of the newest message counts; if none has come, join once more."
    )


class TooManyJoinings(Refusal):
    code = "too_many_joinings"
    message = _("We have sent several messages to this e-mail within the hour. Look into it, or try again in an hour.")


class LookNotFound(NotFound):
    """Its time is over, it never began, or it is none of the user's business."""

    code = "look_not_found"
    message = _("You do not look at anybody's pages at the moment.")


class OperatorsNotLookedAt(Unfit):
    """Operators' pages show other people's data and money: each opens their own."""

    code = "operators_not_looked_at"
    field = "reason"
    message = _("The pages of somebody who works here are nobody else's.")


class LookReasonRefused(Unfit):
    """Whom it is about reads why."""

    code = "look_reason_refused"
    field = "reason"
    message = _("Write in a sentence why: the person reads it.")


class SessionNotFound(NotFound):
    """It has ended, or is another user's."""

    code = "session_not_found"
    message = _("You are not signed in there any more.")


class EmailChangeNotFound(NotFound):
    """Too old, taken back already, or never made; or the old e-mail is another user's by now."""

    code = "email_change_not_found"
    message = _("This change can no longer be taken back.")


class NotTheOperator(NotFound):
    code = "not_the_operator"
    message = _("Only the operator may do this.")


class OperatorUnknown(Unfit):
    """Nobody, or nobody who confirmed it: anyone can join with another's address."""

    code = "operator_unknown"
    field = "email"
    message = _("Nobody has joined with this e-mail and confirmed it.")


class OperatorRoleUnknown(Unfit):
    code = "operator_role_unknown"
    field = "roles"
    message = _("There is no such role.")


class LastOwner(Unfit):
    """Nobody could give roles any more."""

    code = "last_owner"
    field = "roles"
    message = _("The marketplace needs an owner: make somebody else one first.")


class TooManyOperators(Refusal):
    code = "too_many_operators"
    message = _("There are as many operators as there can be. Take the roles of somebody who has left.")
