"""Every change of a finding. The flow that ends one posts what it means in the books (flows/decide_finding.py)."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import override

from lapak.affiliates.integrity.errors import AnotherDecides, FindingMoved, FindingNotFound, FindingWordsRefused
from lapak.affiliates.integrity.looking import facts_of
from lapak.affiliates.integrity.models import AccountEvent, Finding, FindingLine
from lapak.affiliates.integrity.rules import (
    FindingState,
    act_by,
    is_too_late,
    may_decide,
    may_move,
    may_show_again,
    rests_since,
)
from lapak.affiliates.integrity.signs import RULES, RuleName, Sign, signs_in
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.rules import State
from lapak.lib import clock
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User

Kind = AccountEvent.Kind


def freeze_what_is_seen(creator_id: uuid.UUID, waiting: Collection[uuid.UUID], at: datetime) -> set[uuid.UUID]:
    """What a rule sees of the (locked) commissions that have settled and are in no balance is frozen, each by the first rule
    that does; answers which. A finding says why, and until when it is decided. Posts nothing: their money stays in clearing.

    A rule whose finding of this creator was lifted lately is silent.
    """
    creator = Creator.objects.select_related("bank_account").get(id=creator_id)
    signs = signs_in(facts_of(creator, waiting, at))
    silent = _lifted_lately(creator, at) if signs else set()
    frozen: set[uuid.UUID] = set()
    for sign in signs:
        new = sign.commission_ids - frozen
        if new and sign.rule not in silent:
            _freeze(creator, sign, new, at)
            frozen |= new
    return frozen


def _lifted_lately(creator: Creator, at: datetime) -> set[str]:
    lifted = Finding.objects.filter(
        creator=creator, state=FindingState.LIFTED, lifted_at__gt=rests_since(_in_jakarta(at))
    )
    return set(lifted.values_list("rule", flat=True))


def _freeze(creator: Creator, sign: Sign, commission_ids: Collection[uuid.UUID], at: datetime) -> None:
    finding = _open_finding(creator, sign, at)
    FindingLine.objects.bulk_create(
        FindingLine(finding=finding, commission_id=id_, frozen_at=at) for id_ in sorted(commission_ids)
    )
    Commission.objects.filter(pk__in=commission_ids).update(
        state=State.FROZEN, frozen_at=at, reason=_said(sign), credited_at=None
    )


def _open_finding(creator: Creator, sign: Sign, at: datetime) -> Finding:
    """The one that is open: what is seen again while nothing is decided belongs to it, and its clock runs on."""
    of_rule = Finding.objects.select_for_update(no_key=True).filter(creator=creator, rule=sign.rule)
    finding = of_rule.filter(state=FindingState.OPEN).first()
    if finding is None:
        ends_at = act_by(FindingState.OPEN, _in_jakarta(at))
        finding = Finding.objects.create(
            creator=creator, rule=sign.rule, counts=dict(sign.counts), ids=dict(sign.ids), found_at=at, act_by=ends_at
        )
        note(None, Kind.FOUND, creator.id, finding=finding)
        return finding
    finding.counts, finding.ids = dict(sign.counts), dict(sign.ids)
    finding.save(update_fields=["counts", "ids"])
    return finding


def uphold_by_hand(by: User, commission: Commission) -> Finding:
    """What an operator found in a (locked) commission that they froze goes the way of what a rule saw, from where the creator
    may object: upheld, for the commission's reason, and decided anew by another operator if they do."""
    ids = {"orders": [str(commission.order_id)]}
    finding = uphold_at_once(by, commission.creator_id, RuleName.BY_HAND, ids, commission.reason)
    frozen_at = commission.frozen_at or finding.found_at
    FindingLine.objects.create(finding=finding, commission=commission, frozen_at=frozen_at)
    return finding


def uphold_at_once(by: User, creator_id: uuid.UUID, rule: RuleName, ids: Mapping[str, object], words: str) -> Finding:
    """What an operator saw, and no rule: a finding that is upheld from the beginning, open to objection."""
    now = clock.now()
    finding = Finding.objects.create(
        creator_id=creator_id,
        rule=rule,
        ids=dict(ids),
        state=FindingState.UPHELD,
        found_at=now,
        act_by=act_by(FindingState.UPHELD, _in_jakarta(now)),
        upheld_by=by,
    )
    note(by, Kind.UPHELD, creator_id, words, finding=finding)
    return finding


def _said(sign: Sign) -> str:
    """The rule's name as it is written: pages say it in the language of whoever reads it."""
    with override(None):
        return str(RULES[sign.rule].title)


def lock_finding(finding_id: uuid.UUID) -> tuple[Finding, list[Commission]]:
    """The finding and those of its lines that it still freezes, held until the transaction ends; lines first (lib/acts.py).

    `FindingNotFound` if there is none, `FindingMoved` if lines were added to it at this moment.
    """
    lines = list(FindingLine.objects.filter(finding=finding_id).values_list("commission_id", "frozen_at"))
    frozen_at = dict(lines)
    locked = Commission.objects.filter(pk__in=frozen_at).order_by("pk").select_for_update(of=("self",), no_key=True)
    commissions = list(locked.select_related("creator"))
    finding = Finding.objects.select_for_update(of=("self",), no_key=True).filter(id=finding_id).first()
    if finding is None:
        raise FindingNotFound
    if FindingLine.objects.filter(finding=finding_id).count() != len(lines):
        raise FindingMoved
    return finding, [each for each in commissions if _is_frozen_since(each, frozen_at[each.pk])]


def _is_frozen_since(commission: Commission, moment: datetime) -> bool:
    return commission.state == State.FROZEN and commission.frozen_at == moment


def require_may_decide(by: User, finding: Finding) -> None:
    """Refuses what is not to be decided now (`FindingMoved`), and the operator whose decision is objected to
    (`AnotherDecides`)."""
    if may_decide(finding.state, by.id, finding.upheld_by_id):
        return
    raise AnotherDecides if finding.state == FindingState.APPEALED else FindingMoved


def require_may_lift(by: User, finding: Finding) -> None:
    """As `require_may_decide`; what is hidden may also be shown again though nobody objects."""
    if not (finding.is_of_showcase and may_show_again(finding.state)):
        require_may_decide(by, finding)


def move_finding(by: User | None, finding: Finding, to_state: FindingState, words: str) -> Finding:
    """The (locked) finding is in this state from now on, for as long as that lasts; logged with the words.

    Refuses a step that there is not, and a person's after its time, though the clock has not come by yet (`FindingMoved`); and a
    person's without words (`FindingWordsRefused`).
    """
    words, now = words.strip(), clock.now()
    if not may_move(finding.state, to_state) or (by and is_too_late(to_state, finding.act_by, now)):
        raise FindingMoved
    if by is not None:
        words = fit_words(words)
    finding.state, finding.act_by = to_state, act_by(to_state, _in_jakarta(now))
    if to_state == FindingState.UPHELD:
        finding.upheld_by = by
    if to_state == FindingState.APPEALED:
        finding.appeal = words
    if to_state == FindingState.LIFTED:
        finding.lifted_at = now
    finding.save(update_fields=["state", "act_by", "upheld_by", "appeal", "lifted_at"])
    note(by, Kind(to_state), finding.creator_id, words, finding=finding)
    return finding


def fit_words(words: str) -> str:
    """Trimmed; refuses none and too many (`FindingWordsRefused`)."""
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_STORY:
        raise FindingWordsRefused
    return words


def note(by: User | None, kind: Kind, creator_id: uuid.UUID, words: str = "", **about: object) -> None:
    """What happened stands in the log; `about` names the finding or the closing."""
    AccountEvent.objects.create(
        kind=kind, creator_id=creator_id, actor=by, words=words, happened_at=clock.now(), **about
    )


def _in_jakarta(moment: datetime) -> datetime:
    return moment.astimezone(clock.WIB)
