"""Where files are kept that are not for everybody: under no web address, shown by a view that asks who it is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.core.files.storage import Storage, storages

Put = TypeVar("Put")


def private_storage() -> Storage:
    """Of lists that name people's bank accounts, of uploads, and of receipts with people's addresses."""
    return storages["private"]


@contextmanager
def files_put(
    put: Callable[[bytes], Put], files: Sequence[bytes], take_back: Callable[[Put], None]
) -> Iterator[list[Put]]:
    """The files are in the storage, as `put` answers of each: first, so that no lock waits. If one of them, or what is done with
    them, is refused, those that are there are taken back."""
    done: list[Put] = []
    try:
        for file in files:
            done.append(put(file))  # noqa: PERF401 - those before one that is refused are known
        yield done
    except Exception:
        for each in done:
            take_back(each)
        raise
