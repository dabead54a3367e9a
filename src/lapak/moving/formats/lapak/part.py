"""What Lapak's own file carries beside the goods: each a list of its own, named in `parts/__init__.py`."""

from dataclasses import dataclass

from lapak.moving.layout import Layout, OtherList
from lapak.moving.outgoing import Beside

PLATFORM = "lapak"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a shop has."""

    leaves: Beside
    """How it is written."""
    comes_in: Layout | OtherList
    """How it is read back, by the reader of what it tells (`past/past_in.py`); or what it is, where it is told of and passed
    over."""
