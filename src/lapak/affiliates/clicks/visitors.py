"""Telling people apart without knowing them: domain rules in docs/concepts/law-and-practice.md "The boundary with social media".

A visitor is whoever comes from the same network with the same browser on the same day. Of the address the last part is cut
off at once; what is left and the browser's name become a mark, by a key that is thrown away with the day: nobody can tell
afterwards who it was, nor whether two marks of different days, links or creators are the same person's.
"""

import ipaddress
import secrets
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from lapak.affiliates.clicks.models import DayKey

NETWORK_BITS = {4: 24, 6: 48}
"""What is left of an address: as much as an office, a household's provider or a mobile network's gateway has in common."""

KEY_BYTES = 32
MARK_BYTES = 8
"""Among ten million marks of a day two are the same by chance once in 370,000 days."""


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """The address without its last part: `203.0.113.0`, `2001:db8:1::`; what is no address is no network."""
    try:
        known = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    network = ipaddress.ip_network((known, NETWORK_BITS[known.version]), strict=False)
    return str(network.network_address)


def mark_of(key: bytes, of_id: bytes, network: str, agent: str) -> int:
    """A visitor's mark on a link, or on a creator's links, for the day of the key."""
    told = b"\0".join((of_id, network.encode(), agent.encode("utf-8", "surrogatepass")))
    return int.from_bytes(blake2b(told, digest_size=MARK_BYTES, key=key).digest(), signed=True)


@lru_cache(maxsize=1)  # only ever the newest: yesterday's is forgotten here with the first click of a day
def key_of(day: date) -> bytes:
    """The key of a day of Jakarta, the same in all processes: the first that asks makes it."""
    found, _made = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(KEY_BYTES)})
    return bytes(found.key)
