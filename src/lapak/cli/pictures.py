"""`lapak pictures …`: what is shown of goods."""

import django
import typer

from lapak.cli.screen import err
from lapak.lib.trouble import Trouble

app = typer.Typer(help="Look after the pictures of goods.", no_args_is_help=True)


@app.callback()
def pictures() -> None:
    """A command of its own name, even while there is only one."""


@app.command()
def clean() -> None:
    """Take out of stored pictures what phones wrote into them: where, when, and which phone.

    Pictures given since are clean from the start; this mends older ones. Running it again does what is left.
    """
    django.setup()
    from lapak.goods.catalogue.cleaning import clean_stored_pictures

    with err.status("Cleaning pictures …") as progress:
        cleaned = clean_stored_pictures(
            lambda done, total: progress.update(f"Cleaning pictures: {done:,} of {total:,} …")
        )
    err.print(f"{cleaned.mended:,} pictures cleaned.", highlight=False)
    if cleaned.removed:
        err.print(f"{cleaned.removed:,} files that nobody shows removed.", highlight=False)
    if cleaned.unreadable:
        names = "\n".join(cleaned.unreadable)
        raise Trouble(
            f"{len(cleaned.unreadable):,} pictures are gone or damaged, and stay as they are. Bring these files back from a "
            f"backup and run the command again, or take the pictures off their products:\n{names}"
        )
