"""Becoming a creator, and where they are paid."""

import pytest

from lapak.affiliates.creators import become_creator, set_payout_account
from lapak.affiliates.errors import AlreadyCreator, CreatorNotFound, HandleInvalid, HandleTaken
from lapak.affiliates.models import Creator
from lapak.affiliates.queries import creator_by_handle, creator_of_user
from lapak.people.users.errors import BankAccountNotFound
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def test_a_handle_is_kept_in_small_letters_without_its_at(cast: Cast) -> None:
    creator = become_creator(cast.buyer, " @Mbak_Sari-01 ")
    assert creator.handle == "mbak_sari-01"
    assert creator_by_handle("Mbak_Sari-01") == creator_of_user(cast.buyer) == creator


@pytest.mark.parametrize("handle", ["", "ab", "a" * 31, "-abc", "abc_", "a b c", "ábc", "a/b", "a\nb", "a.b"])
@pytest.mark.usefixtures("cast", "nothing_written")
def test_a_malformed_handle_is_refused(cast: Cast, handle: str) -> None:
    with refused(HandleInvalid):
        become_creator(cast.buyer, handle)


@pytest.mark.parametrize("handle", ["ceu-edoh", "CEU-EDOH", "lapak", "Official"])
@pytest.mark.usefixtures("cast", "nothing_written")
def test_a_taken_handle_and_one_that_passes_for_lapak_are_refused(cast: Cast, handle: str) -> None:
    with refused(HandleTaken):
        become_creator(cast.buyer, handle)


@pytest.mark.usefixtures("cast", "nothing_written")
def test_nobody_is_two_creators(cast: Cast) -> None:
    with refused(AlreadyCreator):
        become_creator(cast.creator_user, "another-handle")


def test_who_does_not_promote_is_no_creator(cast: Cast) -> None:
    with refused(CreatorNotFound):
        creator_of_user(cast.stranger)
    with refused(CreatorNotFound):
        creator_by_handle("nobody")


def test_payouts_go_to_an_account_of_their_own_only(cast: Cast) -> None:
    own = BankAccount.objects.create(user=cast.creator_user, bank_code="002", number="111222333", holder="Edoh")
    assert set_payout_account(cast.creator_user, own.id).bank_account == own
    strangers = BankAccount.objects.create(user=cast.stranger, bank_code="002", number="444555666", holder="X")
    with refused(BankAccountNotFound):
        set_payout_account(cast.creator_user, strangers.id)
    assert Creator.objects.get(pk=cast.creator.pk).bank_account == own
