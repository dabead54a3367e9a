"""The whole marketplace leaves: a file for each of its shops in a folder, and a signed list over all of them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from lapak.moving.move_out import MovedOut, format_named, move_out
from lapak.moving.seal import signed
from lapak.people.shops.models import Member, Shop
from lapak.people.users.models import User


def move_all_out(platform: str, into: Path) -> Iterator[tuple[Shop, bool]]:
    """Each shop, closed ones too, as its file is in the folder, and whether it was made now: one that lies there already
    stays, so that what was stopped goes on. Each is there whole or not at all. In the end `manifest.json` names them all, with
    size and SHA-256, and `manifest.sig` signs it.

    Refuses a format that nobody knows (`FormatUnknown`), or that needs a template of each shop's own (`TemplateNeeded`). For
    who sits at the machine: no page calls it.
    """
    format_named(platform)
    files: dict[str, dict[str, object]] = {}
    for shop, owner in _shops():
        path = into / f"{shop.slug}-{platform}.zip"
        is_new = not path.exists()
        if is_new:
            write_whole(owner, shop, platform, path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        files[path.name] = {"shop": shop.slug, "bytes": path.stat().st_size, "sha256": digest}
        yield shop, is_new
    for name, content in signed({"files": files}).items():
        (into / name).write_bytes(content)


def write_whole(owner: User, shop: Shop, platform: str, path: Path, template: Path | None = None) -> MovedOut:
    """As `move_out`, into a file that is there only once it is whole."""
    with NamedTemporaryFile(dir=path.resolve().parent, prefix=f".{path.name}.", delete=False) as whole:
        try:
            moved = move_out(owner, shop, platform, whole, template)
        except BaseException:
            Path(whole.name).unlink()
            raise
    Path(whole.name).replace(path)
    return moved


def _shops() -> Iterator[tuple[Shop, User]]:
    """Every shop with one of its owners, by address."""
    owners = Member.objects.filter(role=Member.Role.OWNER).select_related("shop", "user")
    for member in owners.order_by("shop__slug", "id").distinct("shop__slug").iterator(500):
        yield member.shop, member.user
