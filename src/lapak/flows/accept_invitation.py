"""A creator accepts a shop's invitation, and brings along the codes of the links they had elsewhere."""

from lapak.affiliates.invitations import accept_creator_invitation
from lapak.affiliates.models import Programme
from lapak.affiliates.queries import invitation_of_code
from lapak.lib.acts import act
from lapak.moving.partners.forgetting import forget
from lapak.moving.partners.keeping import keep_codes
from lapak.moving.partners.queries import partner_of
from lapak.people.users.models import User


@act
def accept_invitation(by: User, code: str) -> Programme:
    """The creator promotes the shop at the rate they were invited at, and under the codes of theirs that are free here: first
    come. By which name and e-mail the shop knew them is gone. Accepting again changes nothing but what became free.

    Refuses as `accept_creator_invitation`.
    """
    programme = accept_creator_invitation(by, code)
    if partner := partner_of(invitation_of_code(code)):
        keep_codes(by, partner)
        forget(partner)
    return programme
