"""A creator promotes no more, and nobody reads who they were."""

from functools import partial

from django.db import transaction

from lapak.affiliates.clicks.models import ClickTotal
from lapak.affiliates.models import Creator, CreatorInvitation, Link
from lapak.affiliates.profiles.models import Channel, Profile, ProfileCategory
from lapak.affiliates.samples.models import Sample
from lapak.affiliates.showcase.models import Placed, Section, Showcase
from lapak.affiliates.withholding.models import TaxIdentity
from lapak.lib import clock
from lapak.lib.private import private_storage
from lapak.people.users.models import User


def erase_creator(user: User) -> None:
    """Handle, page, profile, labels and tax identity are gone; links earn nobody anything. Slips of taxes stay by law."""
    creator = Creator.objects.select_for_update(no_key=True).filter(user=user).first()
    if creator is None:
        return
    creator.handle, creator.bank_account = f"hapus-{creator.id.hex[-12:]}", None
    creator.closed_from = creator.closed_from or clock.now()
    creator.save(update_fields=["handle", "bank_account", "closed_from"])
    _erase_links(creator)
    _erase_page(creator)
    _erase_profile(creator)
    TaxIdentity.objects.filter(creator=creator).delete()
    Sample.objects.filter(creator=creator).update(address={})
    CreatorInvitation.objects.filter(creator=creator).update(name="", known_as="", email="", message="", reason="")


def _erase_links(creator: Creator) -> None:
    """Codes that they chose are theirs to be known by: such links lead nowhere any more."""
    links = Link.objects.filter(creator=creator)
    links.update(label="", utm="", archived_at=clock.now())
    for link in links.filter(is_chosen=True):
        link.code, link.is_chosen = link.id.hex[-10:], False
        link.save(update_fields=["code", "is_chosen"])
    ClickTotal.objects.filter(creator_id=creator.id, is_label=True).delete()


def _erase_page(creator: Creator) -> None:
    Placed.objects.filter(section__creator=creator).delete()
    Section.objects.filter(creator=creator).delete()
    Showcase.objects.filter(creator=creator).update(words="", cover=None)


def _erase_profile(creator: Creator) -> None:
    ProfileCategory.objects.filter(profile__creator=creator).delete()
    Profile.objects.filter(creator=creator).update(about="", is_listed=False)
    shown = Channel.objects.filter(creator=creator).exclude(proof="")
    for name in shown.values_list("proof", flat=True):
        transaction.on_commit(partial(private_storage().delete, name))
    shown.update(proof="")
