"""Two-step verification: allauth does the work; the words, the drawings and how secrets are kept are Lapak's."""

import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from allauth.mfa.webauthn.internal.auth import parse_authentication_response, parse_registration_response
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django import forms
from django.conf import settings
from django.forms.fields import InvalidJSONInput
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.people.users.models import User
from lapak.people.users.second_factors import cipher_of_second_factors, take_code
from lapak.web.shell.qr import qr_drawing
from lapak.web.shop.plain_forms import Plain

CODE_HELP = _("The code from your app, or one of your recovery codes.")


class Once:
    """A code counts once for as long as it is good. allauth remembers it for one period of the three (`MFA_TOTP_TOLERANCE`)."""

    user: User

    def clean_code(self) -> str:
        """allauth's hook."""
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        if not take_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(Once, Plain, base_forms.AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"code": _("Code")}
    help_texts = {"code": CODE_HELP}


class CodeAgainForm(Once, Plain, base_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"code": _("Code")}
    help_texts = {"code": CODE_HELP}


class NewAppForm(Plain, totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"code": _("Code")}
    help_texts = {"code": _("The code that the app shows now.")}


class SaidByPasskey(forms.JSONField):
    """What a device says of its passkey. Strangers say anything there, and the reader falls over it in as many ways."""

    def __init__(self, read: Callable[[Any], object]) -> None:
        """`read` raises when it is nothing of a passkey's."""
        super().__init__(widget=forms.HiddenInput)
        self._read = read

    def to_python(self, value: Any) -> Any:
        """Django's hook. `ValidationError` for what nobody can read."""
        try:
            said = super().to_python(value)
            if said is not None:
                self._read(said)
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError, struct.error):
            raise get_adapter().validation_error("incorrect_code") from None
        return said

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - Django's hook
        """It is said once: the form that comes again is told nothing of it, and nobody reads it anew."""
        return InvalidJSONInput()


class NewPasskeyForm(Plain, passkey_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    credential = SaidByPasskey(parse_registration_response)
    labels = {"name": _("Name")}
    help_texts = {"name": _("By which you know it again, such as “my phone”.")}

    def clean(self) -> dict[str, Any]:
        """The library takes for granted that a new passkey comes with its key."""
        try:
            return super().clean() or {}
        except AssertionError:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyForm(passkey_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    credential = SaidByPasskey(parse_authentication_response)


class PasskeyAgainForm(passkey_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    credential = SaidByPasskey(parse_authentication_response)


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    success_url = reverse_lazy("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Words, names, and secrets that are not read from the database alone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code of now. Look at the app once more."),
        "unverified_email": _("Confirm your e-mail first: by it you would get back in."),
        "cannot_generate_recovery_codes": _("Recovery codes come with an app or a passkey. Set one up first."),
    }

    def get_totp_issuer(self) -> str:
        return "Lapak"

    def build_totp_svg(self, url: str) -> str:
        """allauth's own needs another library."""
        return qr_drawing(url)

    def encrypt(self, text: str) -> str:
        return cipher_of_second_factors().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher_of_second_factors().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth calls it so
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """By our own address: a passkey is for no other host that leads here."""
        return {"id": str(urlsplit(settings.BASE_URL).hostname), "name": "Lapak"}
