"""Someone whom a shop knows from a programme elsewhere, and the links they had there."""

from datetime import timedelta
from secrets import token_hex

from lapak.affiliates.invitations import make_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.lib import clock
from lapak.moving.partners.models import Partner, PartnerLink
from lapak.moving.partners.rules import forgotten_at
from lapak.testing.cast import Cast


def partner_of_shop(cast: Cast, *codes: str, handle: str = "alex") -> Partner:
    """Of Dub, with a link under each of the codes."""
    partner = Partner.objects.create(
        shop=cast.shop,
        platform="dub",
        source_id=f"pn_{handle}",
        handle=handle,
        name="Alex Tan",
        email="alex@example.com",
        rate_bp=1_200,
        joined_at=clock.now() - timedelta(days=300),
        forget_at=forgotten_at(clock.now()),
    )
    for code in codes:
        PartnerLink.objects.create(
            shop=cast.shop,
            platform="dub",
            code=code,
            partner=partner.source_id,
            label="tiktok",
            utm="utm_source=tiktok",
        )
    return partner


def invited(cast: Cast, partner: Partner) -> CreatorInvitation:
    """The shop's invitation for them."""
    return make_creator_invitation(cast.seller, cast.shop, place="Dub", name=partner.handle, rate_bp=1_200)


def accepted_link(cast: Cast) -> tuple[CreatorInvitation, PartnerLink]:
    """A link that the creator had, as it stands when its code was not free and they accepted; another each time."""
    code = f"Kode_{token_hex(4)}"
    invitation = invited(cast, partner_of_shop(cast, code, handle=f"bagas.{token_hex(4)}"))
    CreatorInvitation.objects.filter(pk=invitation.pk).update(
        creator=cast.creator, state="accepted", ended_at=clock.now(), email=""
    )
    return invitation, PartnerLink.objects.get(code=code)
