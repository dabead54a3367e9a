"""Django's name for this app, and what it has done when somebody signs in or out."""

from allauth.account.signals import authentication_step_completed
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out


class ShellConfig(AppConfig):
    name = "lapak.web.shell"
    label = "shell"

    def ready(self) -> None:
        """Every way in and out passes Django's two signals: the form, a new password, a passkey, closing the browser's."""
        from lapak.web.shell import security_log, session_user  # noqa: PLC0415 - models are loaded by now, and not before

        user_logged_in.connect(session_user.begin, dispatch_uid="session begins")
        authentication_step_completed.connect(session_user.renew, dispatch_uid="session is renewed")
        user_logged_out.connect(session_user.end, dispatch_uid="session ends")
        security_log.begin()
