"""How long a shop may sell while its business number (NIB) is being registered: pure. Permendag 19/2026 Art. 17 and 74."""

from datetime import date, datetime, time

from lapak.lib.clock import WIB
from lapak.lib.dated import Dated

IN_PROCESS = "Dalam Proses Legalisasi"
"""The public label that Art. 17 words; no translation, in any language."""

BINDS_FROM = date(2026, 6, 8)
"""The day the rule began."""

LEGALISE_WITHIN_MONTHS = Dated((BINDS_FROM, 6))
"""From the day a shop was opened, whichever rule holds that day (Art. 17)."""

OLDER_SHOPS_UNTIL = date(2027, 12, 8)
"""For shops that were there before the rule (Art. 74)."""


def legalise_by(opened_on: date) -> datetime:
    """From which instant on a shop without NIB, opened that day in Jakarta, sells nothing: where the last month lacks the day,
    the first of the next, so that nobody has a day less."""
    if opened_on < BINDS_FROM:
        return datetime.combine(OLDER_SHOPS_UNTIL, time.min, WIB)
    months = opened_on.year * 12 + opened_on.month - 1 + LEGALISE_WITHIN_MONTHS.on(opened_on)
    try:
        last = date(months // 12, months % 12 + 1, opened_on.day)
    except ValueError:
        last = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return datetime.combine(last, time.min, WIB)
