"""What shops refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import NotFound, Unfit


class ShopSlugTaken(Unfit):
    code = "shop_slug_taken"
    field = "slug"
    message = _("A shop already has this address. Choose another one.")


class ShopNotFound(NotFound):
    """The shop does not exist, or it is none of the user's."""

    code = "shop_not_found"
    message = _("There is no such shop among yours.")
