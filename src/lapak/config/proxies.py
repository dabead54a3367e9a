"""Who a visitor is when proxies stand in front (setting `PROXIES`): what ours vouch for, never what visitors write.

Each proxy adds to `X-Forwarded-For` the address that it was asked from. So the last entries, one a proxy, are what ours saw;
what stands before them anybody can send. With none in front nothing of it is believed.
"""

import ipaddress
from wsgiref.types import WSGIEnvironment


def seen_through_proxies(environ: WSGIEnvironment, proxies: int, base_url: str) -> WSGIEnvironment:
    """The request as the outermost of our proxies was asked it: from which address, and by `https` or `http`.

    Where no address can be read it stays the peer's; where no scheme is told it is that of the site's own address.
    """
    if not proxies:
        return environ
    environ["REMOTE_ADDR"] = address_through_proxies(
        environ.get("HTTP_X_FORWARDED_FOR", ""), environ["REMOTE_ADDR"], proxies
    )
    scheme = _vouched_for(environ.get("HTTP_X_FORWARDED_PROTO", ""), proxies).lower()
    environ["wsgi.url_scheme"] = scheme if scheme in {"http", "https"} else base_url.partition(":")[0]
    return environ


def address_through_proxies(forwarded_for: str, peer: str, proxies: int) -> str:
    """The address that the outermost of our proxies (one at least) was asked from; the peer's where none can be read."""
    return _address(_vouched_for(forwarded_for, proxies), peer)


def _vouched_for(entries: str, proxies: int) -> str:
    """The entry that the outermost of our proxies wrote. Of `X-Forwarded-Proto` proxies pass one on between them."""
    written = [entry.strip() for entry in entries.split(",")]
    return written[-min(proxies, len(written))]


def _address(saw: str, peer: str) -> str:
    try:
        return str(ipaddress.ip_address(_without_port(saw)))
    except ValueError:
        return peer


def _without_port(address: str) -> str:
    """`1.2.3.4:5678` and `[2001:db8::1]:5678`, as some proxies write them."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
