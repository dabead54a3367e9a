"""The page of the links that a creator had elsewhere."""

from django.test import Client

from lapak.affiliates.links import create_link
from lapak.affiliates.models import Link
from lapak.moving.partners.models import PartnerLink
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.partners import invited, partner_of_shop


def _signed_in(user: User) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def test_from_the_invitation_to_all_codes(cast: Cast) -> None:
    create_link(cast.creator_user, shop=cast.shop, code="promo25")
    invitation = invited(cast, partner_of_shop(cast, "alex-tiktok", "<b>", "promo26"))
    creator = _signed_in(cast.creator_user)
    address = f"/create/invitations/{invitation.code}"
    assert "3 links you had there come along" in creator.get(address).text
    assert creator.get(f"{address}/links").status_code == 404
    creator.post(f"{address}/accept")
    page = creator.get(f"{address}/links").text
    assert "/r/alex-tiktok" in page
    assert "&lt;b&gt;" in page
    old = PartnerLink.objects.get(code="<b>")
    again = creator.post(f"{address}/links/keep", {"link": old.pk, "code": "promo25"})
    assert again.status_code == 200
    assert "This code is taken" in again.text
    assert creator.post(f"{address}/links/keep", {"link": old.pk, "code": "kode-baru"}).status_code == 302
    assert Link.objects.filter(code="kode-baru", creator=cast.creator).exists()


def test_what_is_nobody_s_is_not_found(cast: Cast) -> None:
    invitation = invited(cast, partner_of_shop(cast, "promo26"))
    creator = _signed_in(cast.creator_user)
    creator.post(f"/create/invitations/{invitation.code}/accept")
    for link in ("", "x", "9" * 40, "999999"):
        answer = creator.post(f"/create/invitations/{invitation.code}/links/keep", {"link": link, "code": "kode-baru"})
        assert answer.status_code == 404
