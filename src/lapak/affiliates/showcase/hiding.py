"""The operator hides a creator's page, or the picture above it, for a ground and with words that its creator reads.

It goes the way of every finding that is upheld: they may object once, another operator decides, and without an answer it is
shown again."""

import uuid

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.integrity.commands import fit_words, uphold_at_once
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.signs import Ground, RuleName
from lapak.affiliates.models import Creator
from lapak.affiliates.showcase.errors import HiddenAlready, NoCover
from lapak.affiliates.showcase.queries import hiding_of, is_hidden, showcase_of
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


@act
def hide_page(by: User, creator_id: uuid.UUID, ground: Ground, words: str) -> Finding:
    """Nobody else sees the creator's page from now on; their links lead on and earn.

    Refuses anyone but the operator (`CreatorNotFound`), no words (`FindingWordsRefused`), and what is hidden (`HiddenAlready`).
    """
    creator, words = _locked(by, creator_id), fit_words(words)
    if is_hidden(creator, RuleName.SHOWCASE_PAGE):
        raise HiddenAlready
    return uphold_at_once(by, creator.id, RuleName.SHOWCASE_PAGE, {"ground": ground}, words)


@act
def hide_cover(by: User, creator_id: uuid.UUID, ground: Ground, words: str) -> Finding:
    """Nobody else sees the picture above the creator's page, whenever they put it up again; another one is shown.

    Refuses as `hide_page`, and where there is no picture (`NoCover`).
    """
    creator, words = _locked(by, creator_id), fit_words(words)
    showcase = showcase_of(creator)
    if showcase.cover_id is None:
        raise NoCover
    if hiding_of(showcase).cover:
        raise HiddenAlready
    ids = {"ground": ground, "cover": showcase.cover_id}
    return uphold_at_once(by, creator.id, RuleName.SHOWCASE_COVER, ids, words)


def _locked(by: User, creator_id: uuid.UUID) -> Creator:
    require_desk(by, Desk.CREATORS, CreatorNotFound)
    creator = Creator.objects.select_for_update(no_key=True).filter(pk=creator_id).first()
    if creator is None:
        raise CreatorNotFound
    return creator
