"""What payments refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Refusal


class IntentNotFound(Refusal):
    code = "payment_not_found"
    message = _("There is no such payment.")


class IntentPaid(Refusal):
    code = "payment_already_paid"
    message = _("This was paid already. There is nothing more to pay.")


class IntentExpired(Refusal):
    code = "payment_expired"
    message = _("The time to pay is over. Nothing was charged; order again if you still want the goods.")


class UnknownProvider(Refusal):
    code = "payment_provider_unknown"
    message = _("There is no payment provider of this name.")


class UnknownMethod(Refusal):
    code = "payment_method_unknown"
    message = _("One cannot pay in this way. Choose another one.")


class GatewayUnavailable(Refusal):
    """No usable answer from the provider. Nothing was stored here; asking again is harmless."""

    code = "gateway_unavailable"
    message = _("The payment provider does not answer. Nothing was charged; please try again in a minute.")


class GatewayRefused(Refusal):
    """The provider said no, and would again: a fault to be looked at."""

    code = "gateway_refused"
    message = _("The payment provider did not accept this payment. Nothing was charged; please tell us about it.")


class InvalidQris(Refusal):
    """A QRIS string that must not be shown. `reason` says what is wrong with it, for whoever reads the log."""

    code = "qris_invalid"
    message = _("The payment provider sent a code that cannot be right. Nothing was charged; please try again later.")

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.add_note(reason)


class ForgedNotification(Refusal):
    """The signature is missing or wrong, or the message is too old to be believed."""

    code = "notification_forged"
    message = _("This message was not signed by the payment provider.")


class UnreadableNotification(Refusal):
    """The provider signed something that is not one of its events."""

    code = "notification_unreadable"
    message = _("This message from the payment provider cannot be read.")
