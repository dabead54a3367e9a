"""Refusals about people's own data."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, NotFound


class ConsentNotFound(NotFound):
    """Nobody is asked that."""

    code = "consent_not_found"
    message = _("Nobody is asked for this consent.")


class AskedOtherwise(Moved):
    """The words have changed since the page was shown."""

    code = "consent_asked_otherwise"
    message = _("What is asked has changed meanwhile. Read it again, then decide.")
