"""A file from an address that an outsider named: never from this machine or its network, and bounded in time and size.

The name is resolved once, every address it has must be a public one, and the connection goes to that very address; so does
each redirect. Whoever names an address learns nothing of what only this machine can reach.
"""

import asyncio
import ipaddress
import socket
from http import HTTPStatus

import httpx

from lapak.lib.remote import CONNECT_WITHIN, Bounds, RemoteRefused, RemoteUnavailable, trusted

MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that a network turns into those of IPv4 they end in (RFC 6052)."""
_TRY_AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class AddressForbidden(Exception):  # noqa: N818 - a state of the address
    """Nothing is fetched from there, whoever asks."""


def get_outside(url: str, bounds: Bounds) -> bytes:
    """What stands at the address. Raises `AddressForbidden`, `RemoteRefused` (it is not there any more, or not for us) and
    `RemoteUnavailable` (asking again may help)."""
    try:
        return asyncio.run(_within(url, bounds))
    except TimeoutError as error:
        raise RemoteUnavailable(f"no whole answer within {bounds.seconds} s") from error
    except httpx.HTTPError as error:
        raise RemoteUnavailable(repr(error)) from error


def is_public(text: str) -> bool:
    """Whether the address is one of the public network: no machine here, no neighbour, no cloud's own."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in _TRANSLATED:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        else:
            address = address.ipv4_mapped or address.sixtofour or address
    return address.is_global and not address.is_multicast and not address.is_reserved


async def _within(url: str, bounds: Bounds) -> bytes:
    async with (
        asyncio.timeout(bounds.seconds),
        httpx.AsyncClient(
            timeout=httpx.Timeout(bounds.seconds, connect=CONNECT_WITHIN), trust_env=False, verify=trusted()
        ) as client,
    ):
        for _hop in range(MOST_REDIRECTS + 1):
            found = await _asked(client, _fit(url), bounds)
            if isinstance(found, bytes):
                return found
            url = found
    raise AddressForbidden("too many redirects")


def _fit(url: str) -> httpx.URL:
    try:
        fit = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressForbidden("no address") from error
    if fit.scheme not in PORTS or not fit.host or fit.userinfo:
        raise AddressForbidden("no address of the web")
    if (fit.port or PORTS[fit.scheme]) not in PORTS.values():
        raise AddressForbidden("a port of something else")
    return fit


async def _asked(client: httpx.AsyncClient, url: httpx.URL, bounds: Bounds) -> bytes | str:
    """The file, or the address to which it has moved."""
    address = await _resolved(url)
    request = client.build_request(
        "GET",
        url.copy_with(host=f"[{address}]" if ":" in address else address),
        headers={"host": url.netloc.decode(), "accept": "image/*", "accept-encoding": "identity"},
        extensions={"sni_hostname": url.host},
    )
    response = await client.send(request, stream=True)
    try:
        if response.has_redirect_location:
            return str(url.join(response.headers["location"]))
        if response.status_code in _TRY_AGAIN or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RemoteUnavailable(f"answered {response.status_code}")
        if response.status_code != HTTPStatus.OK:
            raise RemoteRefused(response.status_code, "")
        return await _body(response, bounds)
    finally:
        await response.aclose()


async def _resolved(url: httpx.URL) -> str:
    """Its address; all that it has are looked at, as the next one asked for could be another."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RemoteUnavailable("its name is not known") from error
    addresses = [str(place[0]) for *_kind, place in found]
    if not all(map(is_public, addresses)):
        raise AddressForbidden("not of the public network")
    return addresses[0]


async def _body(response: httpx.Response, bounds: Bounds) -> bytes:
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > bounds.most_bytes:
            raise RemoteRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "")
    return bytes(body)
