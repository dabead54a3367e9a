"""Every change of a shop."""

from lapak.lib.acts import act
from lapak.people.shops.errors import ShopSlugTaken
from lapak.people.shops.models import Member, Shop
from lapak.people.users.models import BankAccount, User


@act
def open_shop(
    by: User,
    *,
    slug: str,
    name: str,
    city: str,
    province_code: str,
    street: str = "",
    description: str = "",
    nib: str = "",
) -> Shop:
    """The user owns a new, open shop.

    Refuses a taken address (`ShopSlugTaken`) and malformed fields (`ValidationError`, per field). A shop without NIB
    is "Dalam Proses Legalisasi" (Permendag 19/2026 Art. 17).
    """
    if Shop.objects.filter(slug=slug).exists():
        raise ShopSlugTaken
    shop = Shop(
        slug=slug, name=name, city=city, province_code=province_code, street=street, description=description, nib=nib
    )
    shop.full_clean(validate_unique=False)
    shop.save(force_insert=True)
    Member.objects.create(shop=shop, user=by, role=Member.Role.OWNER)
    return shop


@act
def change_profile(shop: Shop, *, name: str, description: str, nib: str, street: str, city: str) -> Shop:
    """The shop's public profile is as given; malformed fields are refused (`ValidationError`)."""
    shop.name, shop.description, shop.nib, shop.street, shop.city = name, description, nib, street, city
    shop.full_clean()
    shop.save(update_fields=["name", "description", "nib", "street", "city"])
    return shop


def set_payout_account(shop: Shop, account: BankAccount) -> Shop:
    """Payouts of the shop go to this bank account from now on; earlier payouts keep theirs."""
    shop.bank_account = account
    shop.save(update_fields=["bank_account"])
    return shop
