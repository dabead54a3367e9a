"""The story of a paid post as its timeline tells it: what happened, where it stands, what comes next by when. Pure."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.affiliates.posts.models import Post, PostEvent
from lapak.affiliates.posts.rules import PostState
from lapak.web.shell.stories import Step

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

WAY = (PostState.TAKEN, PostState.HANDED_IN, PostState.APPROVED, PostState.PAYABLE)

_BAD = {PostState.DECLINED, PostState.LAPSED, PostState.DENIED}


def story_of_post(post: Post, events: Iterable[PostEvent]) -> list[Step]:
    """Every step so far, then the steps ahead; the next one by when the clock says."""
    taken = [Step(TITLES[each.state], _phase(post, each), each.happened_at) for each in events]
    if post.state not in WAY:
        return taken
    ahead = WAY[WAY.index(PostState(post.state)) + 1 :]
    return taken + [Step(TITLES[state], "next", None if n else post.act_by) for n, state in enumerate(ahead)]


def _phase(post: Post, event: PostEvent) -> str:
    if event.state in _BAD:
        return "bad"
    return "now" if event.state == post.state and post.act_by else "done"
