"""Those who are named in lists of a programme: by its id, else by an e-mail or a code that is known of them."""

from collections.abc import Iterable

from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH
from lapak.moving.ids import visible
from lapak.moving.partners.codes import codes_in, plain_code
from lapak.moving.partners.models import MAX_CODE_LENGTH, Partner
from lapak.moving.row import Row
from lapak.people.shops.models import Shop


class People:
    """Of the shop's platforms: who is here already, and who is read now."""

    def __init__(self, shop: Shop, platforms: Iterable[str]) -> None:
        self._shop = shop
        self.here = {(p.platform, p.source_id): p for p in Partner.objects.filter(shop=shop, platform__in=platforms)}
        self._by_email: dict[tuple[str, str], str] = {}
        self._by_code: dict[tuple[str, str], str] = {}
        self._by_likeness: dict[tuple[str, str], set[str]] = {}
        for partner in self.here.values():
            self.add(partner.platform, partner.source_id, email=partner.email, name=partner.name, code=partner.handle)

    def add(self, platform: str, key: str, *, email: str, name: str, code: str) -> None:
        """They are found by these from now on."""
        if email:
            self._by_email.setdefault((platform, email), key)
        if code:
            self._by_code.setdefault((platform, code.casefold()), key)
        for like in {plain_code(name), plain_code(email.partition("@")[0])} - {""}:
            self._by_likeness.setdefault((platform, like), set()).add(key)

    def is_free(self, platform: str, handle: str) -> bool:
        """Whether nobody goes by it."""
        return (platform, handle.casefold()) not in self._by_code

    def named_in(self, row: Row) -> str:
        """The key of whom the row names; empty where that cannot be told."""
        return row.id("partner_id")[:MAX_SOURCE_ID_LENGTH] or self.known_by(
            row.sheet.platform, email_in(row), code_in(row)
        )

    def known_by(self, platform: str, email: str, code: str) -> str:
        """By their e-mail, else by their code."""
        by_code = self._by_code.get((platform, code.casefold()), "") if code else ""
        return self._by_email.get((platform, email), by_code) if email else by_code

    def like(self, platform: str, code: str) -> str:
        """The one person whose name, or whose e-mail before its @, is written like the code: programmes make codes of them."""
        found = self._by_likeness.get((platform, plain_code(code)), set())
        return next(iter(found)) if len(found) == 1 else ""


def email_in(row: Row) -> str:
    """As mailboxes go: in small letters, without what nobody sees."""
    return visible(row.text("email") or "").strip().casefold()


def code_in(row: Row) -> str:
    """The first of their codes."""
    found = codes_in(visible(row.text("code") or ""))
    return found[0][:MAX_CODE_LENGTH] if found else ""
