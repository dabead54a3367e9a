"""Signing in by e-mail: allauth does the work; the words and the look of its forms are Lapak's."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows import reauthentication
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lapak.flows.claim_account import claim_account
from lapak.lib.acts import act
from lapak.lib.numbers import filled
from lapak.lib.public_names import public_name
from lapak.people.notices.commands import send_soon, write_mail
from lapak.people.privacy.rules import ASKED, Purpose
from lapak.people.users.email_changes import may_return_to_another
from lapak.people.users.models import User
from lapak.people.users.sessions import end_other_sessions
from lapak.web.shell.acts import signed_in, way_back
from lapak.web.shell.known_device import counted_as
from lapak.web.shell.malformed import is_address
from lapak.web.shell.second_factor import has_second_factor
from lapak.web.shell.security_log import note_held
from lapak.web.shell.session_user import proof_in
from lapak.web.shop.email_way_back import told_of
from lapak.web.shop.plain_forms import Plain

PASSWORD_HELP = filled(
    _("At least {least} characters. A sentence only you would think of is easy to keep and hard to guess."),
    least=settings.SHORTEST_PASSWORD,
)

LONGEST_EMAIL = 254
"""RFC 3696, erratum 1690; so long are all that are kept."""

MAY_RETURN = _(
    "Somebody signed in with this e-mail until a few days ago, and may still return to it. If that was you, open the link in"
    " the mail we sent there."
)

EMAIL_CHANGED = "account/email/email_changed"
"""allauth's mail to the old address."""


class LoginForm(Plain, allauth_forms.LoginForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"login": _("E-mail"), "password": _("Password")}


def in_plain_letters(email: str) -> None:
    """`ValidationError` but for ASCII: in other letters one mailbox has many spellings, and to some nobody can write."""
    if not email.isascii():
        raise ValidationError(_("Write the e-mail in plain letters, as your mailbox shows it."))


class JoinForm(forms.Form):
    """A new user: name, e-mail, password, and what they consent to, which nobody has to."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As couriers and shops should call you."),
        max_length=120,
        validators=[public_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send a code there."),
        max_length=LONGEST_EMAIL,
        validators=[in_plain_letters],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password1 = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    clicks = forms.BooleanField(
        label=Purpose.CLICKS.label,
        help_text=ASKED[Purpose.CLICKS].says,  # type: ignore[arg-type]  # a sentence that is translated when it is read
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """No password that anybody would try first, nor one like the name or e-mail."""
        typed = super().clean() or self.cleaned_data
        if password := typed.get("password1"):
            user = User(email=typed.get("email", ""), name=typed.get("name", ""))
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password1", error)
        return typed

    @property
    def consents(self) -> list[str]:
        """What they said yes to."""
        return [Purpose.CLICKS] if self.cleaned_data["clicks"] else []


class CodeForm(forms.Form):
    """The code that was sent to the e-mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"email": _("E-mail")}
    users: list[User]

    def clean_email(self) -> str:
        """The link goes to the e-mail that its user signs in with, never to one they only typed."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email == email.lower()]
        return email


class NewPasswordForm(Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    help_texts = {"password1": PASSWORD_HELP}

    def save(self) -> None:
        """Whoever has the link reads the mailbox: of an e-mail that nobody had confirmed, what a stranger left is gone."""
        claim_account(self.user)
        super().save()


class SetPasswordForm(Plain, allauth_forms.SetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    help_texts = {"password1": PASSWORD_HELP}


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth carries no types
    labels = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    help_texts = {"password1": PASSWORD_HELP}


class AddEmailForm(Plain, allauth_forms.AddEmailForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"email": _("New e-mail")}
    help_texts = {"email": _("We send a link there. The change counts once you open it.")}


class ReauthenticateForm(Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    labels = {"password": _("Password")}


def asks_password(request: HttpRequest) -> bool:
    """Whether who is signed in is to say the password once more before they change where money goes."""
    return bool(reauthentication.is_reauthentication_required(request, app="account"))


def password_of(request: HttpRequest, password: str) -> str:
    """The password of who is signed in, who is now not asked again for some minutes. `ValidationError`: it is not, or there
    were too many tries."""
    adapter = get_adapter(request)
    if not adapter.reauthenticate(request.user, password):
        raise adapter.validation_error("incorrect_password")
    if not has_second_factor(signed_in(request)):  # of whom who has one is asked everywhere else
        reauthentication.reauthenticate_by_password(request)
    return password


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The messages people meet most, and mails that no request waits for; the rest is allauth's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail or password is not right. Check both, or choose a new password below."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, or choose a new password below."),
        "enter_current_password": _("This is not your password until now."),
        "incorrect_password": _("This is not your password."),
        "account_inactive": _("This account is closed. Write to us if you think that is a mistake."),
    }

    def clean_email(self, email: str) -> str:
        """No longer than an e-mail can be, which is less than allauth's forms let through, and in plain letters."""
        MaxLengthValidator(LONGEST_EMAIL)(email)
        in_plain_letters(email)
        return str(super().clean_email(email))

    @act
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A job sends it at once: a mail server that hangs keeps nobody from signing up."""
        at_home = {name: _at_home(value) if name.endswith("_url") else value for name, value in context.items()}
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **at_home})
        write_mail(to=email, subject=message.subject, text=message.body)
        send_soon()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's limit, as the log tells it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_held(str(credentials.get("email", "")))
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Of the account alone. allauth's own names the host as well, with a port that whoever asks makes up: with each they
        had five more tries."""
        return counted_as(request, str(credentials.get("email", "")))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An e-mail that another user may still take back is nobody else's: a thief would shut the way back with it. Only who
        reads the mailbox learns of it, never who types the e-mail."""
        if may_return_to_another(email_address.email, apart_from=email_address.user):
            messages.error(request, str(MAY_RETURN))
            return False
        return bool(super().confirm_email(request, email_address))

    def is_safe_url(self, url: str | None) -> bool:
        """What is no address leads nowhere."""
        return is_address(url or "") and bool(super().is_safe_url(url))

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session, whichever way it was chosen."""
        super().set_password(user, password)
        proof = proof_in(self.request.session)
        end_other_sessions(user, proof.session_id if proof else None)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Who has a second factor is asked for that one, never for the password instead."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"].startswith("mfa_")] or methods

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Who reads the old e-mail is told how to take its change back."""
        change = user.email_changes.order_by("changed_at").last() if template_prefix == EMAIL_CHANGED else None
        if change:
            context = {**(context or {}), **told_of(change)}
        super().send_notification_mail(template_prefix, user, context, email)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """It leads on to where the e-mail was asked for, if that is one of our pages."""
        way_on = way_back(request, "")
        return _at_home(super().get_email_confirmation_url(request, emailconfirmation)) + (
            f"?{urlencode({'next': way_on})}" if way_on else ""
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_home(super().get_reset_password_from_key_url(key))


def _at_home(address: str) -> str:
    """The address at our own site, by whatever name the request reached it: a mail must not lead to another."""
    return f"{settings.BASE_URL}{urlsplit(address).path}"
