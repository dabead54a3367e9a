"""The story of a paid post as its timeline tells it: what happened, where it stands, what comes next by when. Pure."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.affiliates.posts.models import Post, PostEvent
from lapak.affiliates.posts.rules import PostState
from lapak.web.shell.stories import Step, Way

TITLES: dict[str, Promise] = {
    PostState.TAKEN: _("Place taken"),
    PostState.HANDED_IN: pgettext_lazy("post", "Posted"),
    PostState.DECLINED: _("Declined by the shop"),
    PostState.ESCALATED: _("Taken to Lapak"),
    PostState.APPROVED: pgettext_lazy("post", "Approved"),
    PostState.PAYABLE: _("Fee in the balance"),
    PostState.GIVEN_UP: _("Given up by the creator"),
    PostState.LAPSED: _("Not posted in time"),
    PostState.DENIED: pgettext_lazy("post", "Not paid"),
}

WAY = Way(
    TITLES,
    states=(PostState.TAKEN, PostState.HANDED_IN, PostState.APPROVED, PostState.PAYABLE),
    bad={PostState.DECLINED, PostState.LAPSED, PostState.DENIED},
)


def story_of_post(post: Post, events: Iterable[PostEvent]) -> list[Step]:
    """Every step so far, then the steps ahead; the next one by when the clock says."""
    return WAY.story_of(post, events)
