"""What stands in the way from outside: a full disk, a taken port, a database that does not answer."""


class Trouble(Exception):  # noqa: N818 - the word its reader would use
    """Something around Lapak keeps it from going on; the message says what happened and what to do about it."""
