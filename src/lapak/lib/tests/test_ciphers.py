"""What is sealed says nothing to whoever has the disk or the database alone; another secret comes in beside the old one."""

import pytest
from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from pytest_django import Settings

from lapak.lib.ciphers import cipher_for, paper_storage
from lapak.lib.private import private_storage

LETTER = b"%PDF-1.4 Sekar Ayu 3201234567890001"


def test_each_purpose_has_a_key_of_its_own() -> None:
    sealed = cipher_for("papers").encrypt(LETTER)
    assert cipher_for("papers").decrypt(sealed) == LETTER
    with pytest.raises(InvalidToken):
        cipher_for("second factors").decrypt(sealed)


def test_a_paper_lies_there_sealed() -> None:
    name = paper_storage().save("letters/x.pdf", ContentFile(LETTER))
    with private_storage().open(name) as file:
        assert b"Sekar" not in file.read()
    assert paper_storage().open(name).read() == LETTER
    paper_storage().delete(name)
    assert not paper_storage().exists(name)


def test_another_secret_beside_the_old_one(settings: Settings) -> None:
    name = paper_storage().save("letters/y.pdf", ContentFile(LETTER))
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 8, [old]
    assert paper_storage().open(name).read() == LETTER
    paper_storage().renew(name)
    settings.SECRET_KEY_FALLBACKS = []
    assert paper_storage().open(name).read() == LETTER
    settings.SECRET_KEY = old
    with pytest.raises(InvalidToken):
        paper_storage().open(name)
    paper_storage().delete(name)
