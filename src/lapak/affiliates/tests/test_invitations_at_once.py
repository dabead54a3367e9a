"""A creator accepts at the moment at which the shop announces another rate of theirs, or withdraws: one follows the other."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from lapak.affiliates import invitations
from lapak.affiliates.errors import InvitedEnough
from lapak.affiliates.invitations import accept_creator_invitation, invite_creators, make_creator_invitation
from lapak.affiliates.models import CreatorInvitation, ProgrammeRate
from lapak.affiliates.programmes import announce_rate
from lapak.lib import clock
from lapak.testing.cast import Cast, own_rate
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(act: Callable[[], object], failures: list[Exception]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_rate_that_is_announced_meanwhile(cast: Cast) -> None:
    invite_creators(cast.seller, cast.shop, cast.creator.user.email, 3_000)
    code = CreatorInvitation.objects.get().code
    programme = own_rate(cast, cast.creator, 1_500)
    failures: list[Exception] = []
    with transaction.atomic():
        announce_rate(cast.seller, programme, 2_000)
        accepts = in_a_thread(lambda: accept_creator_invitation(cast.creator.user, code), failures)
        accepts.join(1)
    accepts.join()
    assert not failures
    rates = ProgrammeRate.objects.filter(programme=programme).order_by("announced_at")
    assert [(rate.rate_bp, rate.superseded_at is None) for rate in rates] == [
        (1_500, False), (2_000, False), (3_000, True),
    ]  # fmt: skip


def test_more_in_a_day_than_a_shop_has_creators_for_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_INVITED_A_DAY", 2)
    invite_creators(cast.seller, cast.shop, "a@example.com\nb@example.com", 1_500)
    with refused(InvitedEnough):
        invite_creators(cast.seller, cast.shop, "c@example.com", 1_500)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        invite_creators(cast.seller, cast.shop, "c@example.com", 1_500)


def test_the_button_is_pressed_twice(cast: Cast) -> None:
    def invite() -> None:
        make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="ceu.edoh", rate_bp=1_500)

    failures: list[Exception] = []
    with transaction.atomic():
        invite()
        again = in_a_thread(invite, failures)
        again.join(1)
    again.join()
    assert not failures
    assert CreatorInvitation.objects.count() == 1
