"""Samples in any state, for tests."""

from lapak.affiliates.samples import commands as samples
from lapak.affiliates.samples.models import Sample
from lapak.goods.catalogue.models import Variant
from lapak.people.users.models import Address, User
from lapak.testing.cast import Cast

WORDS, PLACE = "My followers ask for batik every Friday.", "TikTok @ceu.edoh, live on Friday"
POST = "https://www.tiktok.com/@ceu.edoh/video/7301"


def address_of_creator(cast: Cast) -> Address:
    """Where the creator gets parcels."""
    found = cast.creator_user.addresses.first()
    return found or Address.objects.create(
        user=cast.creator_user, recipient="Ceu Edoh", phone="081298765432", street="Jl. Cihampelas 9", district="Coblong",
        city="Bandung", province_code="32", postal_code="40131",
    )  # fmt: skip


def asked_sample(cast: Cast, variant: Variant, *, a_month: int = 3) -> Sample:
    """The creator has asked the cast's shop for it."""
    samples.set_samples_a_month(cast.seller, cast.shop, a_month)
    return samples.ask_for_sample(cast.creator_user, variant.id, address_of_creator(cast).id, words=WORDS, place=PLACE)


def approved_sample(cast: Cast, variant: Variant, *, a_month: int = 3) -> Sample:
    """The shop has agreed."""
    return samples.approve_sample(cast.seller, asked_sample(cast, variant, a_month=a_month).id)


def sent_sample(cast: Cast, variant: Variant, *, a_month: int = 3) -> Sample:
    """A courier has it."""
    return samples.send_sample(cast.seller, approved_sample(cast, variant, a_month=a_month).id, "JNE", "JX0001234567")


def arrived_sample(cast: Cast, variant: Variant, *, a_month: int = 3) -> Sample:
    """The creator has it."""
    return samples.receive_sample(cast.creator_user, sent_sample(cast, variant, a_month=a_month).id)


def seller_of(sample: Sample) -> User:
    """One who may answer it."""
    return sample.shop.members.get(role="owner").user
