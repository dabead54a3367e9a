"""`lapak search …`: this host's index of what is for sale."""

import django
import typer

from lapak.cli.screen import err, out, plain

app = typer.Typer(help="Look at this host's search index, or build it anew.", no_args_is_help=True)


@app.command()
def status() -> None:
    """Say how many products can be found, and whether the index keeps up with the catalogue."""
    django.setup()
    from lapak.goods.search.follow import index_status

    index = index_status()
    state = (
        "[green]sound[/]"
        if index.is_sound
        else "[yellow]to be built[/]: `lapak work` does it, or `lapak search rebuild`"
    )
    out.print(f"The index is {state}.")
    out.print(f"Products:  {index.listing_count:,}", highlight=False)
    out.print(f"Waiting:   {index.changes_waiting:,} changes", highlight=False)
    out.print(f"Followed:  {'yes' if index.is_followed else 'no: `lapak work` is not running here'}", highlight=False)
    out.print(f"Files:     {plain(index.folder or '-')}", highlight=False, soft_wrap=True)


@app.command()
def rebuild() -> None:
    """Build the index anew from the catalogue. Searching goes on meanwhile, in the old one.

    Only needed after restoring a backup into the same database, or on a disk that cannot be trusted.
    """
    django.setup()
    from lapak.goods.search.follow import rebuild as rebuild_index

    with err.status("Building the search index …") as progress:
        count = rebuild_index(lambda so_far: progress.update(f"Building the search index: {so_far:,} products …"))
    err.print(f"{count:,} products can be found.", highlight=False)
