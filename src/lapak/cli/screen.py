"""The terminal: results go to `out`, everything about the work itself to `err`."""

from rich.console import Console

out = Console()
err = Console(stderr=True)
