"""The shop's owner objects: once, in their own words, with pictures; without an answer in time it is lifted."""

import uuid
from collections.abc import Sequence

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moderation.errors import CaseMoved
from lapak.moderation.models import Case
from lapak.moderation.pictures import keep_pictures, pictures_put
from lapak.moderation.queries import case_for_owner
from lapak.moderation.rules import CaseState
from lapak.moderation.steps import fit_words, lock_case, move_case, require_move
from lapak.people.users.models import User


def appeal_case(by: User, case_id: uuid.UUID, words: str, pictures: Sequence[bytes] = ()) -> Case:
    """The owner says why the decision is wrong, or what they changed since: an operator decides by a date.

    Refuses anyone else (`CaseNotFound`), whoever is no owner (`NotYourDuty`), a second time or too late (`CaseMoved`), no words
    or too many (`CaseWordsRefused`), more than `MOST_PICTURES` (`CasePicturesRefused`), and what is no picture (`ImageRefused`).
    """
    case_for_owner(by, case_id)  # a stranger's picture is not stored
    with pictures_put(case_id, pictures) as names:
        return _appeal(by, case_id, words, names)


@act
def _appeal(by: User, case_id: uuid.UUID, words: str, names: Sequence[str]) -> Case:
    case, now = lock_case(case_id), clock.now()
    require_move(case, CaseState.APPEALED)
    if case.act_by is not None and case.act_by <= now:
        raise CaseMoved  # the clock has not come by yet
    case.appeal, case.appealed_at = fit_words(words), now
    case.save(update_fields=["appeal", "appealed_at"])
    keep_pictures(case, names)
    return move_case(by, case, CaseState.APPEALED, case.appeal)
