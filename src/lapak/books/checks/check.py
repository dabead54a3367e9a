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


def held_as_due(name: str, says: str, of: str, *, kind: str, due: str, is_debit_normal: bool = False) -> Check:
    """Each account of a kind holds, on its normal side, what the rows say: `due` answers `owner`, `idr` and `refs`."""
    grows, shrinks = ("debit", "credit") if is_debit_normal else ("credit", "debit")
    query = f"""
        WITH held AS (
            SELECT owner, sum(idr) AS idr FROM (
                SELECT {grows}_owner AS owner, amount_idr AS idr FROM ledger_standing WHERE {grows}_kind = '{kind}'
                UNION ALL SELECT {shrinks}_owner, -amount_idr FROM ledger_standing WHERE {shrinks}_kind = '{kind}'
            ) side GROUP BY owner
        ), due AS ({due})
        SELECT '{kind}:' || owner AS subject, coalesce(due.idr, 0)::text AS expected, coalesce(held.idr, 0)::text AS found,
            coalesce(due.refs, ARRAY[]::uuid[]) AS refs
        FROM held FULL JOIN due USING (owner) WHERE coalesce(held.idr, 0) <> coalesce(due.idr, 0)
        """  # noqa: S608 - the checks' own words
    return Check(name, says, of, query)
