"""Reading outsiders' files: whatever a reader says to damaged bytes is a refusal in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from lapak.lib.refusal import Refusal

log = structlog.get_logger()


@contextmanager
def broken_is(refused: Callable[[], Refusal]) -> Iterator[None]:
    """What the block raises is `refused`, but for refusals of its own.

    Readers of zips, XML, spreadsheets and pictures raise errors of some twenty kinds on damaged bytes, and now and then a
    new one: they cannot be listed. Each is logged, as it may be a fault of ours.
    """
    try:
        yield
    except (Refusal, MemoryError):
        raise
    except Exception as broken:
        refusal = refused()
        log.info("file_broken", refusal=refusal.code, error=f"{type(broken).__name__}: {broken}")
        raise refusal from broken
