"""What is kept so that whoever reads the database or the disk alone uses none of it: sealed by a key of this installation.

Each purpose has its own key, by HMAC from the secret of the installation (`LAPAK_SECRET_KEY`); secrets of before
(`LAPAK_OLD_SECRET_KEYS`) still open what they closed, until `lapak renew-keys` has sealed it anew.
"""

import base64
import hashlib
import hmac
from io import BytesIO
from typing import IO, Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from lapak.lib.private import private_storage


def cipher_for(purpose: str) -> MultiFernet:
    """Seals by today's secret, and opens by each."""
    return MultiFernet(
        [Fernet(_key(secret, purpose)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str, purpose: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256))


@deconstructible
class PaperStorage(Storage):
    """Papers of people in the private storage, each sealed. For files of some MB: each is opened as a whole."""

    PURPOSE = "papers"

    def __eq__(self, other: object) -> bool:
        """There is one."""
        return isinstance(other, PaperStorage)

    def __hash__(self) -> int:
        return hash(PaperStorage)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with private_storage().open(name, mode) as sealed:
            return ContentFile(cipher_for(self.PURPOSE).decrypt(sealed.read()), name)

    def _save(self, name: str, content: IO[Any]) -> str:
        return private_storage().save(name, BytesIO(cipher_for(self.PURPOSE).encrypt(content.read())))

    def renew(self, name: str) -> None:
        """Sealed by today's secret."""
        with private_storage().open(name) as sealed:
            renewed = cipher_for(self.PURPOSE).rotate(sealed.read())
        private_storage().save(name, BytesIO(renewed))  # in its place

    def exists(self, name: str) -> bool:
        return private_storage().exists(name)

    def delete(self, name: str) -> None:
        private_storage().delete(name)

    def size(self, name: str) -> int:
        """As it lies there, sealed."""
        return private_storage().size(name)


def paper_storage() -> PaperStorage:
    """Of letters that name people with their tax numbers."""
    return PaperStorage()
