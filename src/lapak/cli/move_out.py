"""`lapak move-out`: a shop's goods as another platform takes them in."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import django
import typer

from lapak.cli.move_in import DryRun, Language, shop_and_owner
from lapak.cli.screen import err, plain

if TYPE_CHECKING:
    from lapak.moving.move_out import MovedOut

_SHOWN_LOSSES = 20

Platform = Annotated[str, typer.Option("--format", help="One of `lapak formats` that goes out.", metavar="NAME")]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        help="The platform's own template, to fill in: Shopee's, empty; Lazada's list of your goods.",
        exists=True,
    ),
]
To = Annotated[Path | None, typer.Option("--to", help="Where to write the zip. [default: SLUG-FORMAT.zip]")]
All = Annotated[
    Path | None, typer.Option("--all", help="Every shop, one zip each, into this folder; goes on where it was stopped.")
]


def move_out(
    shop: Annotated[str | None, typer.Option(help="The address of the shop.")] = None,
    platform: Platform = "lapak",
    to: To = None,
    *,
    everything: All = None,
    template: Template = None,
    dry_run: DryRun = False,
    language: Language = "en",
) -> None:
    """Take a shop's goods along: a zip with the table another platform takes in, the pictures, and what the table cannot hold.

    Changes nothing here. What would be lost is said before; the last line is JSON with the counts. See docs/guides/move-out.md.
    """
    django.setup()
    from django.utils import translation

    from lapak.moving import move_out as moving
    from lapak.moving.move_all_out import write_whole

    if everything:
        _move_all_out(platform, everything)
        return
    if not shop:
        raise typer.BadParameter("name a shop, or a folder for --all.", param_hint="--shop")
    leaving, owner = shop_and_owner(shop)
    with translation.override(language):
        if dry_run:
            moved = moving.look_ahead(owner, leaving, platform, template)
        else:
            path = to or Path(f"{shop}-{platform}.zip")
            moved = write_whole(owner, leaving, platform, path, template)
            err.print(f"{plain(path)}", highlight=False, soft_wrap=True)
        _show(moved)
    print(json.dumps({"shop": shop, "format": platform, **moved.as_dict()}))


def _move_all_out(platform: str, into: Path) -> None:
    from lapak.moving.move_all_out import move_all_out

    into.mkdir(parents=True, exist_ok=True)
    made = there = 0
    for shop, is_new in move_all_out(platform, into):
        made, there = made + is_new, there + (not is_new)
        err.print(f"{shop.slug}{'' if is_new else ' ='}", highlight=False, markup=False)
    print(json.dumps({"folder": str(into), "format": platform, "made": made, "there_before": there}))


def _show(moved: "MovedOut") -> None:
    from django.utils.translation import gettext as _

    if moved.losses:
        err.print(_("This will not be there as it is here:"))
    for loss in moved.losses[:_SHOWN_LOSSES]:
        err.print(f"  {plain(loss.product)}: {plain(loss.what)}", highlight=False, soft_wrap=True)
    if (more := len(moved.losses) - _SHOWN_LOSSES) > 0:
        err.print(f"  … {more}", highlight=False)
