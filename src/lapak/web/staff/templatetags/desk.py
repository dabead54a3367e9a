"""What only the operator's desks draw."""

import html
import re
import uuid
from contextlib import suppress

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from lapak.lib.ids import number_of
from lapak.web.shell.templatetags.lapak import numbers_whole
from lapak.web.staff.outcomes import outcome_in_words

register = template.Library()

register.filter("outcome", outcome_in_words)


@register.filter
def begun(title: object) -> str:
    """As a sentence begins, but for a code, a number or an address: those are written as they are."""
    first = str(title).partition(" ")[0]
    return capfirst(str(title)) if re.fullmatch(r"[^\W\d]+[:,.]?", first) else str(title)


@register.filter
def said_number(reference: str) -> SafeString:
    """Of an id of ours the number that people name it by, and no line breaks within it; what is none stands as it came."""
    with suppress(ValueError):
        reference = number_of(uuid.UUID(reference))
    return numbers_whole(reference)


@register.simple_block_tag
def desk_table(content: str) -> SafeString:
    """A table with heads, in its box. Each cell says which head it stands under, so that a row is a card on a phone (staff.css),
    whether scripts run or not; an empty cell says nothing, and is no line of the card."""
    head, body = re.split(r"(?=<tbody\b)", content, maxsplit=1)
    heads = [strip_tags(cell).strip() for cell in re.findall(r"<t[hd]\b[^>]*>.*?</t[hd]>", head, re.DOTALL)]
    table = head.replace('class="lapak-table', 'class="lapak-table is-cards', 1)
    rows = re.sub(r"<tr\b.*?</tr>", lambda row: _with_heads(row[0], heads), body, flags=re.DOTALL)
    return SafeString(table + rows)


def _with_heads(row: str, heads: list[str]) -> str:
    names = iter(heads)

    def told(cell: re.Match[str]) -> str:
        name = next(names, "")
        return cell[0] if not cell[1].strip() else format_html('<td data-head="{}"', html.unescape(name)) + cell[0][3:]

    return re.sub(r"<td\b[^>]*>(.*?)</td>", told, row, flags=re.DOTALL)
