"""A creator who comes from a programme elsewhere: their codes come along, and their name and e-mail go."""

from datetime import timedelta

import pytest

from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import CodeTaken, CreatorNotFound
from lapak.affiliates.invitations import decline_creator_invitation, make_creator_invitation
from lapak.affiliates.links import create_link
from lapak.affiliates.models import Link
from lapak.affiliates.rules import INVITATION_DAYS
from lapak.flows.accept_invitation import accept_invitation
from lapak.lib import clock
from lapak.moving.partners.errors import OldLinkNotFound
from lapak.moving.partners.forgetting import forget_partners
from lapak.moving.partners.keeping import keep_old_link
from lapak.moving.partners.models import PartnerLink
from lapak.moving.partners.queries import links_of, proposed_codes
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.partners import invited, partner_of_shop
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def codes_of(user: User) -> list[str]:
    return list(Link.objects.filter(creator__user=user, is_chosen=True).order_by("code").values_list("code", flat=True))


def test_free_codes_are_theirs_with_label_and_utm(cast: Cast) -> None:
    partner = partner_of_shop(cast, "Alex-Tiktok", "alex2025")
    accept_invitation(cast.creator_user, invited(cast, partner).code)
    assert codes_of(cast.creator_user) == ["alex-tiktok", "alex2025"]
    link = Link.objects.get(code="alex2025")
    assert (link.shop, link.product, link.label, link.utm) == (cast.shop, None, "tiktok", "utm_source=tiktok")


def test_accepting_again_changes_nothing(cast: Cast) -> None:
    invitation = invited(cast, partner_of_shop(cast, "alex2025"))
    accept_invitation(cast.creator_user, invitation.code)
    accept_invitation(cast.creator_user, invitation.code)
    assert codes_of(cast.creator_user) == ["alex2025"]


def test_name_and_e_mail_go_when_it_is_accepted(cast: Cast) -> None:
    partner = partner_of_shop(cast)
    accept_invitation(cast.creator_user, invited(cast, partner).code)
    partner.refresh_from_db()
    assert (partner.name, partner.email, partner.is_forgotten, partner.handle) == ("", "", True, "alex")


def test_a_taken_code_is_the_first_one_s_and_another_is_proposed(cast: Cast) -> None:
    create_link(cast.creator_user, shop=cast.shop, code="promo25")
    rival = become_creator(cast.stranger, "lain")
    partner = partner_of_shop(cast, "promo25", "ab", "Operator")
    accept_invitation(cast.stranger, invited(cast, partner).code)
    assert codes_of(cast.stranger) == []
    proposed = proposed_codes(rival, links_of(partner))
    assert [proposed[link.pk] for link in links_of(partner)] == ["promo25-lain", "ab-lain", "lain"]
    old = PartnerLink.objects.get(code="promo25")
    with refused(CodeTaken):
        keep_old_link(cast.stranger, old.pk, "promo25")
    assert keep_old_link(cast.stranger, old.pk, "promo25-lain").code == "promo25-lain"
    assert keep_old_link(cast.stranger, old.pk, "promo25-lagi").code == "promo25-lain"  # kept already


def test_old_links_are_nobody_else_s(cast: Cast) -> None:
    partner = partner_of_shop(cast, "promo25")
    old = PartnerLink.objects.get()
    with refused(OldLinkNotFound):
        keep_old_link(cast.creator_user, old.pk, "promo25")  # not accepted yet
    accept_invitation(cast.creator_user, invited(cast, partner).code)
    become_creator(cast.stranger, "lain")
    with refused(OldLinkNotFound):
        keep_old_link(cast.stranger, old.pk, "punyaku")
    with refused(CreatorNotFound):
        keep_old_link(cast.buyer, old.pk, "punyaku")


def test_whom_nobody_invites_is_forgotten_after_a_season(cast: Cast) -> None:
    partner = partner_of_shop(cast)
    with clock.stopped_at(clock.now() + timedelta(days=INVITATION_DAYS - 1)):
        assert forget_partners() == 0
    with clock.stopped_at(clock.now() + timedelta(days=INVITATION_DAYS, minutes=1)):
        assert forget_partners() == 1
        assert forget_partners() == 0
    partner.refresh_from_db()
    assert (partner.name, partner.email) == ("", "")


def test_whom_an_invitation_asks_stays_until_it_ends(cast: Cast) -> None:
    partner, begun = partner_of_shop(cast), clock.now()
    with clock.stopped_at(begun + timedelta(days=60)):
        make_creator_invitation(cast.seller, cast.shop, place="Dub", name=partner.handle, rate_bp=1_200)
    with clock.stopped_at(begun + timedelta(days=INVITATION_DAYS, minutes=1)):
        assert forget_partners() == 0
    partner.refresh_from_db()
    assert partner.email
    with clock.stopped_at(begun + timedelta(days=61 + INVITATION_DAYS)):
        assert forget_partners() == 1


def test_whoever_declined_is_forgotten_with_the_next_night(cast: Cast) -> None:
    partner = partner_of_shop(cast)
    decline_creator_invitation(cast.creator_user, invited(cast, partner).code)
    assert forget_partners() == 1
    partner.refresh_from_db()
    assert partner.is_forgotten
