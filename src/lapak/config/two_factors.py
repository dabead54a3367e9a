"""allauth's settings of two factors: every operator's, and whoever else wants them."""

MFA_ADAPTER = "lapak.web.shop.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
"""A passkey comes second, never alone."""

MFA_TOTP_TOLERANCE = 1
"""Phones' clocks are off by some seconds, and people type slowly: the code before and the one after count as well."""

MFA_FORMS = {
    "authenticate": "lapak.web.shop.second_factors.CodeForm",
    "reauthenticate": "lapak.web.shop.second_factors.CodeAgainForm",
    "activate_totp": "lapak.web.shop.second_factors.NewAppForm",
    "add_webauthn": "lapak.web.shop.second_factors.NewPasskeyForm",
    "authenticate_webauthn": "lapak.web.shop.second_factors.PasskeyForm",
    "reauthenticate_webauthn": "lapak.web.shop.second_factors.PasskeyAgainForm",
}
