"""What goes wrong with a partner."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Refusal


class UnknownGateway(Refusal):
    """No partner of this name, or one without the face that was asked for."""

    code = "gateway_unknown"
    message = _("There is no payment provider of this name for this.")


class GatewayTrouble(Refusal):
    """A partner did not do what it was asked. `reason` is for the log and the operator, not for buyers."""

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason
        if reason:
            self.add_note(reason)


class GatewayUnavailable(GatewayTrouble):
    """No usable answer from the partner. What it did is unknown; asking again is harmless."""

    code = "gateway_unavailable"
    message = _("The payment provider does not answer. Nothing was charged; please try again in a minute.")


class GatewayRefused(GatewayTrouble):
    """The partner looked at what was asked, said no, and would again. `word` is its code for why: faces tell by it."""

    code = "gateway_refused"
    message = _("The payment provider did not accept this. Nothing was charged; please tell us about it.")

    def __init__(self, reason: str = "", word: str = "") -> None:
        super().__init__(reason or word)
        self.word = word


class ForgedMessage(Refusal):
    """The signature is missing or wrong, or the message is too old to be believed."""

    code = "message_forged"
    message = _("This message was not signed by the payment provider.")


class UnreadableMessage(Refusal):
    """The partner signed something that is not one of its messages."""

    code = "message_unreadable"
    message = _("This message from the payment provider cannot be read.")
