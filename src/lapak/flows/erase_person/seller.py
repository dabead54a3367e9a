"""A shop that is closed and was one person's: what it sold stays on record, under a number."""

from django.apps import apps

from lapak.affiliates.models import CreatorInvitation
from lapak.compliance.processing import REGISTER
from lapak.flows.erase_person.hindrances import own_shops
from lapak.moving.models import Takeout
from lapak.moving.takeouts import forget_takeouts
from lapak.moving.uploads import forget_uploads
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

_BROUGHT = next(each.tables for each in REGISTER if each.id == "moving")
_LISTS = ("mass_masschange",)


def erase_seller(user: User) -> None:
    """Of each shop that belongs to the user alone name, address and phone are gone, and so is what it brought along."""
    for shop in own_shops(user):
        forget_uploads(shop)
        forget_takeouts(Takeout.objects.filter(shop=shop))
        _erase_brought(shop)
        CreatorInvitation.objects.filter(shop=shop, state="open").delete()
        CreatorInvitation.objects.filter(shop=shop).update(name="", known_as="", email="", message="", reason="")
        _erase_shop(shop)


def _erase_brought(shop: Shop) -> None:
    """Rows of other marketplaces, and lists of changes: all that hangs on the shop itself takes the rest with it."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's documented API
        if model._meta.db_table in (*_BROUGHT, *_LISTS) and "shop" in names:  # noqa: SLF001 - as above
            model._default_manager.filter(shop=shop).delete()  # noqa: SLF001 - as above


def _erase_shop(shop: Shop) -> None:
    number = shop.id.hex[-12:]
    shop.slug, shop.name = f"toko-{number}", f"Toko {number}"
    shop.description = shop.nib = shop.street = shop.district = shop.city = shop.postal_code = shop.phone = ""
    shop.holiday_first = shop.holiday_last = shop.holiday_announced_at = None
    shop.holiday_message, shop.bank_account = "", None
    shop.save()
