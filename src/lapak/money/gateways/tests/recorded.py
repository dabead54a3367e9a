"""What the sandbox gateway really answered and sent, as recorded beside its faces."""

import json
from pathlib import Path
from typing import Any

from lapak.money.gateways import sandbox

FOLDER = Path(sandbox.__file__).parent / "recorded"


def recorded(name: str) -> dict[str, Any]:
    """One recorded payload, decoded."""
    content: dict[str, Any] = json.loads(next(FOLDER.rglob(f"{name}.json")).read_text())
    return content
