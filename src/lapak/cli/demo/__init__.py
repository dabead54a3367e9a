"""`lapak demo`: a marketplace with people and goods in it, on this machine."""

import os
from datetime import timedelta
from typing import Annotated

import django
import typer

from lapak.cli.screen import err
from lapak.cli.serve import Port

OPENED = "2023-10-04"
"""Since when the example's operator is a taxable entrepreneur: from the start, as the worked example takes VAT."""


def demo(
    port: Port = 8000,
    check: Annotated[
        bool, typer.Option("--check", help="Run the whole main job through HTTP in a throw-away database, then leave.")
    ] = False,
    empty: Annotated[bool, typer.Option("--empty", help="Leave out what happened before: no orders yet.")] = False,
) -> None:
    """Open a marketplace with six shops moved in from six platforms, creators with links, buyers, an operator and a past.

    The first start takes some seconds more, to move the shops in and to live through its last four weeks; what you do is
    kept for the next.
    """
    os.environ.setdefault("LAPAK_TAXABLE_SINCE", OPENED)
    django.setup()
    if check:
        from lapak.cli.demo.check import check_main_job

        check_main_job()
        return
    _open(port, with_past=not empty)


def _open(port: int, *, with_past: bool) -> None:
    from lapak.cli.demo.cast import PASSWORD, SIGN_INS, give_operator_app, make_links, make_people
    from lapak.cli.demo.goods import move_examples_in
    from lapak.cli.demo.past import LASTED, give_past, list_what_nights_list
    from lapak.cli.demo.sellers import SIGN_INS as OTHER_SELLERS
    from lapak.cli.demo.sellers import make_sellers
    from lapak.cli.migrate import migrate_if_needed
    from lapak.cli.ports import address, held_port
    from lapak.cli.serve import serve
    from lapak.lib.clock import now, stopped_at

    with held_port("127.0.0.1", port):  # one that is taken is told now, not after four weeks have been lived through
        pass
    migrate_if_needed()
    with stopped_at(now() - (LASTED if with_past else timedelta(0))):
        shop = make_people()
        move_examples_in({"tiktok_shop": shop} | make_sellers())
        make_links(shop)
    if with_past:
        give_past(shop)
    else:
        list_what_nights_list()
    give_operator_app()
    err.print(f"\nSign in with password [bold]{PASSWORD}[/] as:")
    for sign_in in (*SIGN_INS, *OTHER_SELLERS):
        err.print(f"  {sign_in.role:9} [bold]{sign_in.email:22}[/] {address('localhost', port)}{sign_in.path}")
    err.print("The operator types a code after it; in another window: [bold]./lapak second-factor[/]")
    serve(port=port)
