"""The seal of a file that leaves: a list of all that is in it with its checksums, signed, so that whoever takes it in can tell
whether it is as it was written, and by which marketplace.

`manifest.json` says what is in the zip, `manifest.sig` is its Ed25519 signature (RFC 8032) in base64. The key is made of the
marketplace's secret key: another secret key signs with another one. Anyone can sign with a key of their own, so a foreign key
proves that nothing was changed since, and who wrote it only to one who compares the key (`/.well-known/lapak-key`).
"""

import base64
import hashlib
import hmac
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import IO, TYPE_CHECKING

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _
from msgspec import Struct

from lapak.lib import clock
from lapak.moving.errors import FileAltered
from lapak.moving.pictures import is_litter

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"

_MAX_MANIFEST_BYTES = 32 * 1024 * 1024
"""60,000 pictures, and room."""
_AT_ONCE = 1 << 20
_SHOWN = 16
"""Hexadecimal digits by which people compare keys: 64 bits, which nobody finds a second key for."""


class SealedFile(Struct, frozen=True):
    """One file of the zip."""

    bytes: int
    sha256: str


class Manifest(Struct, frozen=True):
    """All that a sealed zip says of itself."""

    market: str
    """Its address, as it says."""
    key: str
    """With which it is signed: the public half, in base64."""
    made_at: str
    shop: dict[str, str]
    files: dict[str, SealedFile]


class Seal:
    """Files are written into a zip through it, and it knows them; then it closes the zip with what it knows."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._files: dict[str, SealedFile] = {}

    @contextmanager
    def open(self, entry: str | zipfile.ZipInfo) -> Iterator[IO[bytes]]:
        """A new file in the zip, to be written."""
        name = entry if isinstance(entry, str) else entry.filename
        with self._archive.open(entry, "w") as member:
            counted = _Counted(member)
            yield counted  # type: ignore[misc]  # as much of a file as writers need
        self._files[name] = SealedFile(counted.written, counted.digest.hexdigest())

    def close(self, shop: Mapping[str, str]) -> None:
        """Whatever was written so far is signed for. `shop` says whose it is."""
        for name, content in signed({"shop": dict(shop), "files": self._files}).items():
            self._archive.writestr(name, content)


class LookedAt(Struct, frozen=True):
    """A seal that fits."""

    words: str
    """Whose it is."""
    shop: dict[str, str]
    """What it says of the shop."""


def looked_at(file: str, archive: zipfile.ZipFile) -> LookedAt | None:
    """The seal of the zip; None for a zip without one.

    Refuses (`FileAltered`) a seal that does not fit: a file that was changed, added or taken away, or another manifest.
    """
    listed = [member.filename for member in archive.infolist() if not (member.is_dir() or is_litter(member.filename))]
    names = set(listed)
    if not names & {MANIFEST, SIGNATURE}:
        return None
    manifest = _signed_manifest(file, names, archive)
    if odd := names - {MANIFEST, SIGNATURE} ^ manifest.files.keys():
        raise FileAltered(file, min(odd))
    if len(listed) > len(names):  # of two of one name each reader may take another
        raise FileAltered(file, max(names, key=listed.count))
    for name, sealed in manifest.files.items():
        if archive.getinfo(name).file_size != sealed.bytes or _digest(archive, name) != sealed.sha256:
            raise FileAltered(file, name)
    return LookedAt(_whose(manifest), manifest.shop)


def _whose(manifest: Manifest) -> str:
    """In words."""
    if manifest.key == public_key():
        return _("Signed by this marketplace, and unaltered.")
    words = _(
        "Unaltered since it was signed with the key %(key)s. It says that it is from %(market)s, where /.well-known/lapak-key "
        "shows the key."
    )
    return words % {"key": shown(manifest.key), "market": manifest.market[:100]}


def signed(said: Mapping[str, object]) -> dict[str, bytes]:
    """The manifest that says so, by this marketplace and of now, and its signature, by the names of their files."""
    who = {"market": settings.BASE_URL, "key": public_key(), "made_at": clock.now().isoformat()}
    content = msgspec.json.format(msgspec.json.encode({**who, **said}), indent=1)
    return {MANIFEST: content, SIGNATURE: base64.b64encode(_private_key().sign(content))}


def public_key() -> str:
    """Ours, in base64."""
    return base64.b64encode(_private_key().public_key().public_bytes_raw()).decode()


def shown(key: str) -> str:
    """A public key as people compare it: `1a2b 3c4d 5e6f 7a8b`."""
    digits = hashlib.sha256(key.encode()).hexdigest()[:_SHOWN]
    return " ".join(digits[n : n + 4] for n in range(0, _SHOWN, 4))


class _Counted(io.BufferedIOBase):
    """What is written goes on, and is counted and summed."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to, self.written, self.digest = to, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]  # zips and texts write bytes
        self._to.write(piece)
        self.digest.update(piece)
        self.written += len(piece)
        return len(piece)


def _signed_manifest(file: str, names: set[str], archive: zipfile.ZipFile) -> Manifest:
    if not names >= {MANIFEST, SIGNATURE} or archive.getinfo(MANIFEST).file_size > _MAX_MANIFEST_BYTES:
        raise FileAltered(file, MANIFEST)
    content = archive.read(MANIFEST)
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
        _verify(base64.b64decode(manifest.key), base64.b64decode(archive.read(SIGNATURE)), content)
    except ValueError as error:
        raise FileAltered(file, MANIFEST) from error
    return manifest


def _verify(key: bytes, signature: bytes, content: bytes) -> None:
    """Refuses a signature by any other key, and what is no key (`ValueError`)."""
    from cryptography import exceptions  # noqa: PLC0415 - no page signs: what does not need it starts without it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except exceptions.InvalidSignature as error:
        raise ValueError from error


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while piece := member.read(_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def _private_key() -> "Ed25519PrivateKey":
    return _key_of(settings.SECRET_KEY)


@cache
def _key_of(secret: str) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return Ed25519PrivateKey.from_private_bytes(hmac.digest(secret.encode(), b"lapak.moving.seal", hashlib.sha256))
