"""What a check is: a sentence that must hold, and the query of the rows that do not keep it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold over every row of a table, worked out without the code that posts.

    `query` answers the rows that differ, in four columns: `subject` (whose difference it is: an id or an account),
    `expected` and `found` (as text or rupiah), and `refs`, the references whose transfers explain it. It may use
    `ledger_standing`: every transfer that no correction has reversed, with the kind and owner of both accounts. `params`
    are the dated rules it needs as data.
    """

    name: str
    says: str
    of: str
    query: str
    params: Mapping[str, Any] = field(default_factory=dict)
