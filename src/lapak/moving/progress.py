"""How far a move-in has come, told to whoever shows it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` rows or products in this step; the total is unknown while reading."""

    step: str
    done: int
    total: int | None = None


Report = Callable[[Progress], None]


def tell_nobody(progress: Progress) -> None:
    """For a caller who does not watch."""
