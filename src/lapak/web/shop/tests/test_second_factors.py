"""What a stranger sends instead of what a device says of a passkey."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from django import forms

from lapak.web.shop.second_factors import NewPasskeyForm, PasskeyAgainForm, PasskeyForm


def _in_letters(said: bytes) -> str:
    return urlsafe_b64encode(said).decode().rstrip("=")


def _said(**other: Any) -> str:
    answer = {"attestationObject": _in_letters(b"\xa0"), "authenticatorData": _in_letters(b"a" * 37), "signature": "AA"}
    whole = {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "response": {"clientDataJSON": _in_letters(b"{}"), **answer},
    }
    return json.dumps(whole | other)  # fmt: skip


NEVER_SAID = (
    "word", "1", '"word"', "[1]", "{}", '{"a": 1}', "[" * 5_000 + "]" * 5_000, _said(rawId=1), _said(rawId="\xe9"),
    _said(id="A", rawId="A"), _said(response=True), _said(response=[1]), _said(response={}),
    _said(response={"clientDataJSON": _in_letters(b"[" * 9_000), "attestationObject": "AA"}),
    _said(response={"clientDataJSON": _in_letters(b"[1]"), "attestationObject": _in_letters(b"\x81" * 3_000)}),
    _said(response={"clientDataJSON": _in_letters(b"{}"), "attestationObject": _in_letters(b"\x9f")}),
    _said(clientExtensionResults=1.5),
)  # fmt: skip


@pytest.mark.parametrize("form", [NewPasskeyForm, PasskeyForm, PasskeyAgainForm])
@pytest.mark.parametrize("said", NEVER_SAID, ids=range(len(NEVER_SAID)))
def test_what_no_device_says_is_no_passkey(form: type[forms.Form], said: str) -> None:
    field = form.base_fields["credential"]
    with pytest.raises(forms.ValidationError):
        field.clean(said)
    assert field.prepare_value(field.bound_data(said, None)) == ""
