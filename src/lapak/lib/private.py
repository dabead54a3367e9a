"""Where files are kept that are not for everybody: under no web address, shown by a view that asks who it is."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Of lists that name people's bank accounts, of uploads, and of receipts with people's addresses."""
    return storages["private"]
