"""Files to take along, as their pages show them: a shop's and a user's."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.models import Takeout
from lapak.moving.takeouts import KEPT_FOR, is_there


def takeouts_shown(takeouts: "QuerySet[Takeout]", most: int, fetched_at: Callable[[Takeout], str]) -> dict[str, Any]:
    """What `shell/takeouts.html` wants: each with its format's title and, once it is there, the address that hands it out."""
    shown = list(takeouts[:most])
    return {
        "takeouts": [(each, _title(each), fetched_at(each) if is_there(each) else "") for each in shown],
        "is_waiting": any(each.state == Takeout.State.MAKING for each in shown),
        "kept_days": KEPT_FOR.days,
    }


def _title(takeout: Takeout) -> str:
    """One's own data has no other format beside it."""
    if takeout.platform == Takeout.OWN:
        return ""
    out = OUTGOING.get(takeout.platform)
    return str(out.title) if out else takeout.platform
