"""A session lasts for its time, or until its user ends it; nobody else's is theirs to end."""

import dataclasses
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from lapak.people.users import sessions
from lapak.people.users.errors import SessionNotFound
from lapak.people.users.models import Session, User
from lapak.people.users.sessions import (
    Proof,
    begin_session,
    end_other_sessions,
    end_session,
    forget_ended_sessions,
    sessions_of_user,
    user_proven_by,
)
from lapak.testing.cast import Cast
from lapak.testing.refused import refused


def proof_of(user: User) -> Proof:
    session = begin_session(user, device="Chrome, Android")
    return Proof(user.id, session.id, user.get_session_auth_hash())


def is_over(proof: Proof) -> None:
    Session.objects.filter(id=proof.session_id).update(ends_at=Now() - timedelta(seconds=1))


def test_it_proves_who_began_it(cast: Cast) -> None:
    proof = proof_of(cast.buyer)
    assert user_proven_by(proof) == cast.buyer
    assert user_proven_by(dataclasses.replace(proof, user_id=cast.stranger.id)) is None
    assert user_proven_by(dataclasses.replace(proof, password_hash="0" * 64)) is None
    assert user_proven_by(dataclasses.replace(proof_of(cast.stranger), user_id=cast.buyer.id)) is None


def test_nothing_more_after_its_end(cast: Cast) -> None:
    proof, kept = proof_of(cast.buyer), proof_of(cast.buyer)
    end_session(cast.buyer, proof.session_id)
    assert user_proven_by(proof) is None
    assert user_proven_by(kept) == cast.buyer
    with refused(SessionNotFound):
        end_session(cast.buyer, proof.session_id)


def test_nothing_more_of_a_blocked_user(cast: Cast) -> None:
    proof = proof_of(cast.buyer)
    User.objects.filter(id=cast.buyer.id).update(is_active=False)
    assert user_proven_by(proof) is None


def test_another_s_is_not_there(cast: Cast) -> None:
    proof = proof_of(cast.buyer)
    with refused(SessionNotFound):
        end_session(cast.stranger, proof.session_id)


def test_all_but_one_end(cast: Cast) -> None:
    kept, *others = (proof_of(cast.buyer) for _ in range(3))
    strangers = proof_of(cast.stranger)
    end_other_sessions(cast.buyer, kept.session_id)
    assert [user_proven_by(proof) for proof in (kept, *others, strangers)] == [cast.buyer, None, None, cast.stranger]
    end_other_sessions(cast.buyer)
    assert user_proven_by(kept) is None


def test_its_time_is_over(cast: Cast) -> None:
    proof, lasting = proof_of(cast.buyer), proof_of(cast.buyer)
    is_over(proof)
    assert user_proven_by(proof) is None
    assert [session.id for session in sessions_of_user(cast.buyer)] == [lasting.session_id]
    assert forget_ended_sessions() == 1
    assert [session.id for session in Session.objects.all()] == [lasting.session_id]


def test_an_operator_s_lasts_a_working_day(cast: Cast) -> None:
    theirs, buyers = (begin_session(user, device="") for user in (cast.operator, cast.buyer))
    for session in (theirs, buyers):
        session.refresh_from_db()
    assert buyers.ends_at - buyers.begun_at == timedelta(days=14)
    assert theirs.ends_at - theirs.begun_at == timedelta(hours=10)


def test_of_too_many_the_oldest_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_OPEN", 2)
    first, *others = (proof_of(cast.buyer) for _ in range(3))
    assert user_proven_by(first) is None
    assert {user_proven_by(proof) for proof in others} == {cast.buyer}
