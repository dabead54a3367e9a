"""What keeping old codes refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import NotFound


class OldLinkNotFound(NotFound):
    """There is no such link of before, or it is another's."""

    code = "old_link_not_found"
    message = _("There is no such link among those you had.")
