"""What a partner's report comes to."""

from enum import StrEnum

REFUSED = "refused"
"""So begins the outcome of a report that was not believed: nothing was changed, and a person has to look at it."""


class ReportOutcome(StrEnum):
    """What processing a partner's report came to; each kind of report has its own."""

    @property
    def is_refused(self) -> bool:
        """Whether it was not believed."""
        return self.startswith(REFUSED)
