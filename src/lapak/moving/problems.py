"""What is wrong with a value, in the seller's words, and where it stands in the seller's file."""

from enum import StrEnum

from msgspec import Struct

from lapak.moving.bundle import SourceSheet


class Weight(StrEnum):
    """An error leaves the row (or the whole product) out; a note only tells."""

    ERROR = "error"
    NOTE = "note"


class Problem(Struct, frozen=True, gc=False):
    """One thing a seller should know about a row. `field` is empty when it is about the row as a whole."""

    weight: Weight
    sheet: SourceSheet
    row: int
    field: str
    message: str

    @property
    def address(self) -> str:
        """`Template!I17`."""
        return self.sheet.address(self.row, self.field)

    def __str__(self) -> str:
        label = self.sheet.label(self.field)
        return f"{self.address}{f' ({label})' if label else ''}: {self.message}"


class Aside(Struct, frozen=True):
    """What a seller should know about a file, or several, that came beside the lists: passed over, or of no use."""

    file: str
    """Its name, or its zip's; empty where the message names it."""
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}" if self.file else self.message
