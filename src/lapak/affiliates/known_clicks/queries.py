"""What a user clicked on any device of theirs."""

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.known_clicks.models import KnownClick
from lapak.affiliates.token import ClickToken
from lapak.lib import clock
from lapak.people.users.models import User


def known_clicks(user: User) -> list[ClickToken]:
    """The user's clicks that a programme may still count, newest first."""
    counting = KnownClick.objects.filter(user=user, clicked_at__gt=clock.now() - LONGEST_WINDOW)
    rows = counting.order_by("-clicked_at", "-click_id").values_list("link_id", "click_id", "clicked_at")
    return [ClickToken(*row) for row in rows]
