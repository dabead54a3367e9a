"""`lapak bench`: the measured claims of `bench/`, each beside its raw limit."""

import importlib
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[3]


class Claim(StrEnum):
    """A script in `bench/`; what it measures stands in `docs/reference/speed.md`."""

    CHECKOUT = "checkout"
    CLICK = "click"
    HOT_SKU = "hot-sku"
    MOVE_IN = "move-in"
    PAGE = "page"
    SETTLE = "settle"
    UNDER_ATTACK = "under-attack"


def bench(
    claim: Annotated[Claim, typer.Argument(help="What to measure.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Last line: the result as one JSON object.")] = False,
    seconds: Annotated[float, typer.Option(help="Length of each run.", min=1)] = 5,
    rounds: Annotated[int, typer.Option(help="Runs of ours and of the limit, in turn.", min=1)] = 5,
    buyers: Annotated[
        int | None, typer.Option(help="checkout, hot-sku, under-attack: buyers at a time.", min=1)
    ] = None,
    rows: Annotated[int | None, typer.Option(help="move-in: SKUs of the file.", min=1)] = None,
) -> None:
    """Measure a claim in a throw-away database: ours and the raw limit in turn, and their ratio."""
    if buyers and claim not in {Claim.CHECKOUT, Claim.HOT_SKU, Claim.UNDER_ATTACK}:
        raise typer.BadParameter("Only checkout, hot-sku and under-attack have buyers.", param_hint="--buyers")
    if rows and claim is not Claim.MOVE_IN:
        raise typer.BadParameter("Only move-in has rows.", param_hint="--rows")
    sys.path.insert(0, str(ROOT))
    measure = importlib.import_module(f"bench.{claim.replace('-', '_')}").main
    own = {name: number for name, number in (("buyers", buyers), ("rows", rows)) if number}
    measure(json=as_json, seconds=seconds, rounds=rounds, **own)
