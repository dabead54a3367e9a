"""Buttons that ask before they do anything."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client


def press(client: Client, address: str, typed: Mapping[str, object] | None = None, *, follow: bool = False) -> Any:
    """A button, and yes to the question that comes."""
    page = client.post(address, typed)
    yes = re.search(r'name="sure" value="(\w+)"', page.text)
    assert yes, page.text
    return client.post(address, {**(typed or {}), "sure": yes[1]}, follow=follow)
