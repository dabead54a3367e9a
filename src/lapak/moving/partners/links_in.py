"""Lists of links of a programme: under which codes its people posted, and where those led."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec import Struct, structs

from lapak.affiliates.link_rules import LONGEST_UTM, UTM_FIELDS, product_in, utm_query
from lapak.affiliates.rules import LONGEST_LABEL
from lapak.moving.addresses import addresses_of
from lapak.moving.bundle import SourceSheet
from lapak.moving.ids import visible
from lapak.moving.partners.codes import codes_in
from lapak.moving.partners.models import MAX_CODE_LENGTH, PartnerLink
from lapak.moving.partners.people import People
from lapak.moving.past.reading import error
from lapak.moving.past.rows import PastRows
from lapak.moving.past.told import AT_ONCE, ToldRows
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.people.shops.models import Shop


class OldLink(Struct, frozen=True):
    """A link as it was there. `partner` is empty where nothing says whose it is; `product_id` is what it leads to of the goods
    here, None for the shop."""

    platform: str
    code: str
    partner: str
    label: str
    utm: str
    product_id: UUID | None

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known."""
        return self.platform, self.code

    def or_as(self, other: "OldLink | PartnerLink") -> "OldLink":
        """What it does not say is as another list said."""
        return structs.replace(
            self,
            partner=self.partner or other.partner,
            label=self.label or other.label,
            utm=self.utm or other.utm,
            product_id=self.product_id or other.product_id,
        )


@dataclass(slots=True)
class LinksTold(ToldRows[PartnerLink, OldLink]):
    """What the lists say, what is not fit, and what would be new or different."""

    listed: set[tuple[str, str]] = field(default_factory=set)
    """Those that a list of links has; others are codes of the lists of people, and not counted as rows."""

    def take(self, link: OldLink) -> None:
        """It is one of them; a code that several lists name is one link."""
        known = self.by_key.get(link.key)
        self.by_key[link.key] = link.or_as(known) if known else link


def read_links(shop: Shop, people: People, sheets: Sequence[SourceSheet], told: LinksTold, report: Report) -> None:
    """All links of the lists."""
    goods = _goods_by_path(shop) if sheets else {}
    for sheet in sheets:
        rows = PastRows(sheet, (), sum(told.rows.values()), report)
        nobodys = sum(not _take(row, people, goods, told) for row in rows)
        told.rows[sheet] = rows.count
        if nobodys:
            told.problems.append(_nobodys(sheet, nobodys))


def _take(row: Row, people: People, goods: dict[str, UUID | None], told: LinksTold) -> bool:
    """Whether it is known whose it is, or it was left out."""
    codes = codes_in(visible(row.text("code") or ""))
    if len(codes) != 1 or len(codes[0]) > MAX_CODE_LENGTH:
        told.problems.append(error(row, "code", _("The row does not say under which code the link was.")))
        told.counts.partner_links.left_out += 1
        return True
    code, address = codes[0], row.text("address") or ""
    partner = (
        people.named_in(row) or people.known_by(row.sheet.platform, "", code) or people.like(row.sheet.platform, code)
    )
    link = OldLink(
        platform=row.sheet.platform,
        code=code,
        partner=partner,
        label=visible(row.text("label") or "").split(",")[0].strip()[:LONGEST_LABEL].strip(),
        utm=_utm(row, address),
        product_id=product_in(address) or goods.get(_path(address)),
    )
    if link.key in told.listed:
        told.counts.partner_links.unchanged += 1
    told.listed.add(link.key)
    told.take(link)
    return bool(partner)


def _utm(row: Row, address: str) -> str:
    """Of its own columns, else of the address it led to; what is too long for here is left out."""
    try:
        said = dict(parse_qsl(urlsplit(address).query))
    except ValueError:
        said = {}
    values = {name: row.text(f"utm_{name}") or said.get(f"utm_{name}", "") for name in UTM_FIELDS}
    return utm_query({name: value for name, value in values.items() if len(value.strip()) <= LONGEST_UTM})


def _goods_by_path(shop: Shop) -> dict[str, UUID | None]:
    """The shop's goods by the path of their old address; None where several had it."""
    found: dict[str, UUID | None] = {}
    for address in addresses_of(shop):
        path, product = _path(address.old), product_in(address.new)
        if path:
            found[path] = product if found.get(path, product) == product else None
    return found


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/").casefold()
    except ValueError:
        return ""


def _nobodys(sheet: SourceSheet, count: int) -> Problem:
    message = ngettext(
        "Of %(count)d link the list does not say whose it is: it is kept, and comes to nobody. Export it with the partner.",
        "Of %(count)d links the list does not say whose they are: they are kept, and come to nobody. Export it with the partner.",
        count,
    )
    return Problem(Weight.NOTE, sheet, sheet.header_row, "code", message % {"count": count})


def plan_links(shop: Shop, told: LinksTold) -> None:
    """What is new or different; what became of a link here stays."""
    links = list(told.by_key.values())
    for begin in range(0, len(links), AT_ONCE):
        some = links[begin : begin + AT_ONCE]
        known = PartnerLink.objects.filter(shop=shop, code__in=[link.code for link in some])
        here = {(each.platform, each.code): each for each in known}
        for link in some:
            known_one = here.get(link.key)
            action = told.compare(known_one, link.or_as(known_one) if known_one else link)
            if link.key in told.listed:
                told.counts.partner_links.count(action)
