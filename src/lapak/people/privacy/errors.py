"""Refusals about people's own data."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, NotFound, Refusal


class ConsentNotFound(NotFound):
    """Nobody is asked that."""

    code = "consent_not_found"
    message = _("Nobody is asked for this consent.")


class AskedOtherwise(Moved):
    """The words have changed since the page was shown."""

    code = "consent_asked_otherwise"
    message = _("What is asked has changed meanwhile. Read it again, then decide.")


class OperatorIsNotErased(Refusal):
    """Whoever runs the marketplace has left records of others' matters."""

    code = "operator_is_not_erased"
    message = _("You run the marketplace. First have another operator take that from your account.")


class ErasureAsked(Moved):
    """Once is enough."""

    code = "erasure_asked"
    message = _("You have asked for it already.")


class ErasureNotFound(NotFound):
    """None that is not over."""

    code = "erasure_not_found"
    message = _("There is no erasure to call off.")


class ErasureNotDue(Moved):
    """It can still be called off, has been, or is done."""

    code = "erasure_not_due"
    message = _("It is not the time for this erasure.")
