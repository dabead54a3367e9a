"""Every change of a creator's showcase."""

from collections.abc import Sequence

from lapak.affiliates.models import Creator, Link
from lapak.affiliates.queries import creator_of_user
from lapak.affiliates.showcase.errors import TitleTooLong, TooManyInSection, TooManySections, WordsTooLong
from lapak.affiliates.showcase.models import Placed, Section, Showcase
from lapak.affiliates.showcase.queries import showcase_of
from lapak.affiliates.showcase.rules import LONGEST_TITLE, LONGEST_WORDS, MOST_SECTIONS, Arranged
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import StoredImage
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User


@act
def dress_showcase(by: User, *, words: str, theme: str) -> Showcase:
    """The creator's page says these words of them, in these colours. Refuses who is no creator (`CreatorNotFound`) and more
    than 300 characters (`WordsTooLong`)."""
    showcase, words = _locked(by), words.strip()
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong
    subject = Subject(Kind.CREATOR, showcase.creator_id, str(showcase.creator))
    note_changes(by.id, subject, {"description": showcase.words}, {"description": words})
    showcase.words, showcase.theme = words, Showcase.Theme(theme)
    showcase.save()
    return showcase


def put_cover(by: User, data: bytes) -> Showcase:
    """The picture stands above the creator's page, in place of an earlier one. Refuses who is no creator
    (`CreatorNotFound`) and what is no fit picture (`ImageRefused`)."""
    creator_of_user(by)
    (image,) = put_pictures([data])  # outside the act: no lock waits for the disk
    return _hang_up(by, image)


@act
def remove_cover(by: User) -> Showcase:
    """No picture stands above the creator's page. Refuses who is no creator (`CreatorNotFound`)."""
    showcase = _locked(by)
    showcase.cover = None
    showcase.save()
    return showcase


@act
def arrange_showcase(by: User, wanted: Sequence[Arranged]) -> list[Section]:
    """The creator's page has these sections with these goods, in this order, and no others: goods that are in none come
    below them, the newest first. Goods that the creator has no link to are passed over, and goods wanted twice stand where
    they were wanted first.

    Refuses who is no creator (`CreatorNotFound`), more than twelve sections (`TooManySections`), a title over 60 characters
    (`TitleTooLong`), more than six pinned goods or 24 in a section (`TooManyInSection`).
    """
    creator = _locked(by).creator
    if sum(1 for section in wanted if section.title) > MOST_SECTIONS:
        raise TooManySections
    if any(len(section.title) > LONGEST_TITLE for section in wanted):
        raise TitleTooLong
    if any(len(section.product_ids) > section.most for section in wanted):
        raise TooManyInSection
    asked = {product_id for section in wanted for product_id in section.product_ids}
    free = set(Link.objects.filter(creator=creator, product__in=asked).values_list("product_id", flat=True))
    Section.objects.filter(creator=creator).delete()
    made = Section.objects.bulk_create(
        Section(creator=creator, title=section.title, position=n) for n, section in enumerate(wanted)
    )
    placed = []
    for section, arranged in zip(made, wanted, strict=True):
        fitting = [product_id for product_id in arranged.product_ids if product_id in free]
        free -= set(fitting)
        placed += [Placed(section=section, product_id=each, position=n) for n, each in enumerate(fitting)]
    Placed.objects.bulk_create(placed)
    return made


@act
def _hang_up(by: User, image: StoredImage) -> Showcase:
    showcase = _locked(by)
    save_pictures([image])
    showcase.cover = image
    showcase.save()
    return showcase


def _locked(by: User) -> Showcase:
    """Of two changes at the same moment one follows the other."""
    creator = Creator.objects.select_for_update(no_key=True).get(pk=creator_of_user(by).pk)
    return showcase_of(creator)
