"""What every change of a case shares: locked, moved, carried out on what it is about, recorded."""

import uuid

from lapak.goods.catalogue.taking_down import put_up_again, take_down
from lapak.lib import clock
from lapak.lib.written import LONGEST_STORY
from lapak.moderation.errors import CaseMoved, CaseNotFound, CaseWordsRefused
from lapak.moderation.models import Case, CaseEvent
from lapak.moderation.rules import CaseState, act_by, may_move
from lapak.people.shops.suspending import suspend_until
from lapak.people.users.models import User

_MOVED = ["state", "act_by", "lifted_at", "was_on_sale"]


def lock_case(case_id: uuid.UUID) -> Case:
    """Held until the transaction ends; `CaseNotFound` if there is none."""
    case = Case.objects.select_for_update(of=("self",), no_key=True).filter(id=case_id).first()
    if case is None:
        raise CaseNotFound
    return case


def require_move(case: Case, to_state: CaseState) -> None:
    """`CaseMoved`, if the case cannot go there from where it is."""
    if not may_move(case.state, to_state):
        raise CaseMoved


def move_case(by: User | None, case: Case, to_state: CaseState, words: str = "") -> Case:
    """The locked case is in this state from now on, for as long as that lasts, and what it is about with it; on record with the
    words."""
    require_move(case, to_state)
    now = clock.now()
    case.state, case.act_by = to_state, act_by(to_state, now.astimezone(clock.WIB), case.until)
    if to_state == CaseState.UPHELD:
        _stop(by, case)
    if to_state == CaseState.LIFTED:
        case.lifted_at = now
        _give_back(by, case)
    case.save(update_fields=_MOVED)
    CaseEvent.objects.create(case=case, state=to_state, actor=by, words=words, happened_at=now)
    return case


def _stop(by: User | None, case: Case) -> None:
    if case.product_id:
        case.was_on_sale = take_down(case.product_id)
    elif case.shop_id:
        suspend_until(by.id if by else None, case.shop_id, case.until)


def _give_back(by: User | None, case: Case) -> None:
    if case.product_id:
        put_up_again(case.product_id, on_sale=case.was_on_sale)
    elif case.shop_id:
        suspend_until(by.id if by else None, case.shop_id, None)


def fit_words(words: str, *, needed: bool = True) -> str:
    """Trimmed; refuses too many, and none where they are `needed` (`CaseWordsRefused`)."""
    words = words.strip()
    if len(words) > LONGEST_STORY or (needed and not words):
        raise CaseWordsRefused
    return words
