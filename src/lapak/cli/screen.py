"""The terminal: results go to `out`, everything about the work itself to `err`."""

from rich.console import Console
from rich.markup import escape

from lapak.lib.terminal import harmless

out = Console()
err = Console(stderr=True)


def plain(text: object) -> str:
    """Text from outside (of a file, a path, an error) as `print` may be given it: neither markup nor command."""
    return escape(harmless(text))
