"""Reading shops, and the gate for those who work in one."""

from django.db.models import QuerySet

from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


def shops_of_seller(user: User) -> QuerySet[Shop]:
    """The shops a user works for, by name."""
    return Shop.objects.filter(members__user=user).order_by("name")


def shop_for_seller(user: User, slug: str) -> Shop:
    """The shop, for one who works there; `ShopNotFound` for everyone else."""
    shop = shops_of_seller(user).filter(slug=slug).first()
    if shop is None:
        raise ShopNotFound
    return shop


def open_shops() -> QuerySet[Shop]:
    """Every shop that sells, the newest first."""
    return Shop.objects.filter(is_open=True).order_by("-id")


def shop_by_slug(slug: str) -> Shop | None:
    """An open shop as visitors see it."""
    return Shop.objects.filter(slug=slug, is_open=True).first()
