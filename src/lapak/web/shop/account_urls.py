"""Addresses of signing in and of a user's own account. allauth's names are kept: it looks its own pages up by them."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import path, re_path

from lapak.web.shop import (
    account,
    account_breach,
    account_data,
    account_email,
    account_erasure,
    account_privacy,
    account_sessions,
    joining,
)
from lapak.web.shop.email_way_back import way_back
from lapak.web.shop.entrance import SignIn
from lapak.web.shop.second_factors import RemovePasskey

urlpatterns = [
    path("account", account.overview, name="account"),
    path("account/profile", account.edit_profile, name="account_profile"),
    path("account/addresses/new", account.edit_address, name="account_address_new"),
    path("account/addresses/<uuid:address_id>", account.edit_address, name="account_address"),
    path("account/addresses/<uuid:address_id>/remove", account.drop_address, name="account_address_remove"),
    path("account/bank-accounts/new", account.new_bank_account, name="account_bank_account_new"),
    path("account/data", account_data.data, name="account_data"),
    path("account/data/<uuid:takeout_id>", account_data.fetch, name="account_data_fetch"),
    path("account/privacy", account_privacy.overview, name="account_privacy"),
    path("account/privacy/consents/<slug:purpose>", account_privacy.answer_consent, name="account_consent"),
    path("account/breaches/<uuid:breach_id>", account_breach.breach, name="account_breach"),
    path("account/erasure", account_erasure.erasure, name="account_erasure"),
    path("account/erasure/ask", account_erasure.ask, name="account_erasure_ask"),
    path("account/erasure/call-off", account_erasure.call_off, name="account_erasure_call_off"),
    path("account/sessions", account_sessions.sessions, name="account_sessions"),
    path("account/sessions/end-others", account_sessions.end_others, name="account_sessions_end_others"),
    path("account/sessions/end-all", account_sessions.end_all, name="account_sessions_end_all"),
    path("account/sessions/<uuid:session_id>/end", account_sessions.end, name="account_session_end"),
    path("account/sign-in", SignIn.as_view(), name="account_login"),
    path("account/join", joining.join, name="account_signup"),
    path("account/join/code", joining.enter_code, name="account_join_code"),
    path("account/sign-out", allauth_views.logout, name="account_logout"),
    path("account/closed", allauth_views.account_inactive, name="account_inactive"),
    path("account/confirm", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("account/two-factors", mfa_views.index, name="mfa_index"),
    path("account/two-factors/enter", mfa_views.authenticate, name="mfa_authenticate"),
    path("account/two-factors/confirm", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-factors/app", totp_views.activate_totp, name="mfa_activate_totp"),
    path("account/two-factors/app/remove", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-factors/codes", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/two-factors/codes/new", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/two-factors/codes.txt", code_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/two-factors/passkeys/new", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path("account/two-factors/passkeys/<int:pk>/remove", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path(
        "account/two-factors/passkeys/confirm",
        passkey_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/email", allauth_views.email, name="account_email"),
    path("account/email/sent", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    path("account/email/prove", account_email.prove, name="account_email_prove"),
    path("account/email/way-back/<str:token>", way_back, name="account_email_way_back"),
    path("account/email/<str:key>", allauth_views.confirm_email, name="account_confirm_email"),
    path("account/password", allauth_views.password_change, name="account_change_password"),
    path("account/password/set", allauth_views.password_set, name="account_set_password"),
    path("account/password/forgotten", allauth_views.password_reset, name="account_reset_password"),
    path("account/password/forgotten/sent", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/new/done",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w-]+)$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
