"""This gateway's clock: the machine's, unless the merchant has stopped it, to play what happened at other times."""

import time


class Clock:
    """Answers seconds since 1970, UTC."""

    def __init__(self) -> None:
        self._stopped_at: float | None = None

    def __call__(self) -> float:
        return time.time() if self._stopped_at is None else self._stopped_at

    def stop(self, at: float | None) -> None:
        """It stands there until it is told otherwise; None: it runs. Forgotten with the process."""
        self._stopped_at = at
