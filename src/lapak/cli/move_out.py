"""`lapak move-out`: a shop's goods as another platform takes them in."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated

import django
import typer

from lapak.cli.move_in import DryRun, Language, ShopSlug, shop_and_owner
from lapak.cli.screen import err, plain

if TYPE_CHECKING:
    from lapak.moving.move_out import MovedOut

_SHOWN_LOSSES = 20

Platform = Annotated[
    str, typer.Option("--format", help="lapak, shopify, woocommerce, google_merchant or meta_catalog.", metavar="NAME")
]
To = Annotated[Path | None, typer.Option("--to", help="Where to write the zip. [default: SLUG-FORMAT.zip]")]


def move_out(
    shop: ShopSlug,
    platform: Platform = "lapak",
    to: To = None,
    *,
    dry_run: DryRun = False,
    language: Language = "en",
) -> None:
    """Take a shop's goods along: a zip with the table another platform takes in, the pictures, and what the table cannot hold.

    Changes nothing here. What would be lost is said before; the last line is JSON with the counts. See docs/guides/move-out.md.
    """
    django.setup()
    from django.utils import translation

    from lapak.moving import move_out as moving

    leaving, owner = shop_and_owner(shop)
    with translation.override(language):
        if dry_run:
            moved = moving.look_ahead(owner, leaving, platform)
        else:
            path = to or Path(f"{shop}-{platform}.zip")
            with NamedTemporaryFile(dir=path.resolve().parent, prefix=f".{path.name}.", delete=False) as whole:
                try:
                    moved = moving.move_out(owner, leaving, platform, whole)
                except BaseException:
                    Path(whole.name).unlink()
                    raise
            Path(whole.name).replace(path)
            err.print(f"{plain(path)}", highlight=False, soft_wrap=True)
        _show(moved)
    print(json.dumps({"shop": shop, "format": platform, **moved.as_dict()}))


def _show(moved: "MovedOut") -> None:
    from django.utils.translation import gettext as _

    if moved.losses:
        err.print(_("Not in the file:"))
    for loss in moved.losses[:_SHOWN_LOSSES]:
        err.print(f"  {plain(loss.product)}: {plain(loss.what)}", highlight=False, soft_wrap=True)
    if (more := len(moved.losses) - _SHOWN_LOSSES) > 0:
        err.print(f"  … {more}", highlight=False)
