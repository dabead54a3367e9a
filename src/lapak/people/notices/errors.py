"""What notices refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import NotFound, Refusal


class NoticeNotFound(NotFound):
    """There is none, or it is another's."""

    code = "notice_not_found"
    message = _("There is no such notice among yours.")


class UnsubscribeLinkBroken(Refusal):
    code = "unsubscribe_link_broken"
    message = _("This link was cut or changed on its way. Choose what you get by mail in your account.")
