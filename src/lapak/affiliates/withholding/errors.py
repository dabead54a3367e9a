"""What the tax on commissions refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import NotFound


class SlipNotFound(NotFound):
    """There is no such slip, or it is another's."""

    code = "slip_not_found"
    message = _("There is no such withholding slip.")
