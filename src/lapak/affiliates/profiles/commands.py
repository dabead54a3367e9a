"""Every change of what a creator tells shops of themselves."""

from collections.abc import Collection

from lapak.affiliates.models import Creator
from lapak.affiliates.profiles.errors import AboutTooLong, NoSuchProfileCategory, TooManyCategories
from lapak.affiliates.profiles.models import Profile, ProfileCategory
from lapak.affiliates.profiles.queries import confirmed_channels, wide_categories
from lapak.affiliates.profiles.rules import LONGEST_ABOUT, MOST_CATEGORIES
from lapak.affiliates.queries import creator_of_user
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User


@act
def set_profile(by: User, *, about: str, category_ids: Collection[int], is_listed: bool) -> Profile:
    """Shops read this of the creator, and find them in these categories, if they are to be found at all and a channel of theirs
    is confirmed.

    Refuses who is no creator (`CreatorNotFound`), more than 300 characters (`AboutTooLong`), more than five categories
    (`TooManyCategories`), and one that is not among the widest (`NoSuchProfileCategory`).
    """
    creator, about, wanted = creator_of_user(by), about.strip(), set(category_ids)
    if len(about) > LONGEST_ABOUT:
        raise AboutTooLong
    if len(wanted) > MOST_CATEGORIES:
        raise TooManyCategories
    if wide_categories().filter(id__in=wanted).count() != len(wanted):
        raise NoSuchProfileCategory
    profile = lock_profile(creator)
    subject, before = (
        Subject(Kind.CREATOR, creator.id, str(creator)),
        {"description": profile.about, "is_listed": profile.is_listed},
    )
    note_changes(by.id, subject, before, {"description": about, "is_listed": is_listed})
    profile.about, profile.is_listed = about, is_listed
    profile.save(update_fields=["about", "is_listed"])
    _file(profile, wanted)
    return profile


def lock_profile(creator: Creator) -> Profile:
    """The creator's, made where there is none, held until the transaction ends."""
    locked = Profile.objects.select_for_update(of=("self",), no_key=True)
    return locked.get_or_create(creator=creator, defaults={"is_listed": False})[0]


def count_confirmed(creator: Creator) -> None:
    """The profile says how many channels are confirmed; within the act that changes one."""
    profile = lock_profile(creator)
    profile.confirmed = confirmed_channels(creator).count()
    profile.save(update_fields=["confirmed"])


def _file(profile: Profile, wanted: set[int]) -> None:
    profile.categories.exclude(category__in=wanted).delete()
    ProfileCategory.objects.bulk_create(
        (ProfileCategory(profile=profile, category_id=id_, orders=profile.orders) for id_ in sorted(wanted)),
        ignore_conflicts=True,
    )
