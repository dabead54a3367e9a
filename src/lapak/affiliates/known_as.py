"""By what somebody is known outside: the same whether a report names them or they name their channel themselves. Pure."""

import re
from urllib.parse import urlsplit


def known_as(place: str, name: str) -> str:
    """`tiktok:ceu.edoh` of “TikTok Shop” and `@Ceu.Edoh`, and of “Tik Tok” and `https://www.tiktok.com/@ceu.edoh?lang=id`; empty
    where place or name says nothing. Nobody who is called the same elsewhere is taken for them: the place is a part of it."""
    platform = re.sub(r"[\W_]", "", place.casefold()).removesuffix("shop")
    handle = _handle_in(name.strip().casefold())
    return f"{platform}:{handle}" if platform and handle else ""


def _handle_in(name: str) -> str:
    """What stands behind an @ in an address, else its last part."""
    try:
        path = urlsplit(name if "//" in name else f"//{name}").path if "/" in name else name
    except ValueError:  # an address of no form
        return ""
    parts = [part for part in path.split("/") if part]
    named = next((part for part in parts if part.startswith("@")), parts[-1] if parts else "")
    return named.removeprefix("@")
