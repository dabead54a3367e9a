"""The lists of goods among what was given: those that a format knows, and the seller's own, as their columns were named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.choices import columns_chosen
from lapak.moving.errors import (
    ColumnsToName,
    ColumnsUnfit,
    FileNotProducts,
    FileRefused,
    FileUnknown,
    NoFormatKnows,
    NothingToMove,
)
from lapak.moving.formats import registry
from lapak.moving.formats.generic import layouts as generic
from lapak.moving.own_lists.columns import Columns, columns_of
from lapak.moving.own_lists.found import OwnList, own_lists_of
from lapak.moving.own_lists.guesses import Reading, reading_of
from lapak.moving.own_lists.names import is_of_orders, known_names
from lapak.moving.problems import Aside
from lapak.moving.table import Document
from lapak.people.shops.models import Shop


@dataclass(slots=True)
class Lists:
    """What was found among the documents."""

    sheets: list[SourceSheet] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)
    """What is no list of goods, and why."""
    own: list[Reading] = field(default_factory=list)
    """Own lists that are among the sheets, as their columns were named."""
    unclear: list[Reading] = field(default_factory=list)
    """Own lists whose columns are still to be named."""
    said_now: dict[str, Columns] = field(default_factory=dict)
    """What was typed with the files, by header: to be remembered."""

    @property
    def asides(self) -> list[Aside]:
        """What came beside the sheets."""
        to_name = (ColumnsToName(each.found.table.file, [each]) for each in self.unclear)
        return [Aside(other.file, other.reason) for other in (*self.refused, *to_name)]


def lists_of(shop: Shop, documents: Sequence[Document], typed: str = "") -> Lists:
    """The documents' lists of goods. `typed` says what the columns of own lists mean (`own_lists.columns.columns_of`), in place
    of what the shop's sellers said before.

    Refuses, when there is no list of goods at all, with what is the matter with the first document: one whose columns are to
    be named (`ColumnsToName`) goes before others. Refuses `typed` that fits none (`ColumnsUnfit`).
    """
    lists, own = Lists(), list[OwnList]()
    names = known_names(registry.LAYOUTS)
    for document in documents:
        try:
            lists.sheets += registry.recognise(document)
        except NoFormatKnows as unknown:
            tables = own_lists_of(document, names)
            own += tables
            if not tables:
                lists.refused.append(unknown)
        except (FileUnknown, FileNotProducts) as other:
            lists.refused.append(other)
    _take_own(shop, lists, own, typed)
    if not lists.sheets:
        if lists.unclear:
            raise ColumnsToName(lists.unclear[0].found.table.file, lists.unclear)
        raise next(iter(lists.refused), NothingToMove())
    return lists


def _take_own(shop: Shop, lists: Lists, own: Sequence[OwnList], typed: str) -> None:
    names = known_names(registry.LAYOUTS)
    lists.said_now = _typed_of(own, typed)
    chosen = columns_chosen(shop, [found.header for found in own]) | lists.said_now
    left_out: list[Reading] = []
    for found in own:
        columns, reading = chosen.get(found.header), reading_of(found, names)
        if columns is None and is_of_orders(found.names):
            reason = _("This looks like a list of orders, payments or people, not of goods.")
            lists.refused.append(FileNotProducts(found.table.file, reason))
        elif columns is None and reading is None:
            lists.refused.append(registry.unknown(found.table.file, list(filter(None, found.names))))
        elif columns is None and reading is not None:
            lists.unclear.append(reading)
        elif columns is not None:
            said = replace(reading or Reading(found, {}, columns), columns=columns)
            if columns.leave_out:
                left_out.append(said)
            else:
                lists.own.append(said)
                lists.sheets.append(generic.sheet_of(found, columns))
    _leave_out(lists, left_out)


def _leave_out(lists: Lists, left_out: Sequence[Reading]) -> None:
    """Beside other lists; a list that is given alone is asked about again."""
    for said in left_out:
        if lists.sheets:
            reason = _("You said that this list holds no goods of yours.")
            lists.refused.append(FileUnknown(said.found.table.file, reason))
        else:
            lists.unclear.append(said)


def _typed_of(own: Sequence[OwnList], typed: str) -> dict[str, Columns]:
    """By header, for the lists that have these columns."""
    if not typed:
        return {}
    said: dict[str, Columns] = {}
    why = ColumnsUnfit(_("No list among the files asks what its columns mean."))
    for found in own:
        try:
            said[found.header] = columns_of(found, typed)
        except ColumnsUnfit as unfit:
            why = unfit
    if not said:
        raise why
    return said


def asides_of_own(sheets: Sequence[SourceSheet]) -> Iterator[Aside]:
    """How the goods of own lists are told apart, which no platform's ids do."""
    for sheet in sheets:
        if sheet.platform == generic.PLATFORM:
            yield Aside(sheet.file, generic.told_apart(sheet))
