"""Every change of a shop."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.numbers import filled
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.errors import HolidayMessageTooLong, HolidayRefused, ShopNotFound, ShopSlugTaken
from lapak.people.shops.holiday import LONGEST_HOLIDAY, Holiday
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


@act
def announce_holiday(by: User, shop: Shop, *, first: date, last: date, message: str = "") -> Shop:
    """From `first` to `last`, whole days of the shop's, its goods are shown and not sold; of orders placed from now on, these
    days are no working days (trade/orders/commands.py). It takes the place of what was announced before.

    Orders that are there keep their deadlines, unless the days lie within those they were placed under. Refuses strangers
    (`ShopNotFound`), days that are over, the wrong way round or more than 60 (`HolidayRefused`), and a message over 200
    characters (`HolidayMessageTooLong`).
    """
    locked, message = _locked(by, shop), message.strip()
    holiday, before = Holiday(first, last), locked.holiday
    if first < locked.today and not (before and first == before.first):
        raise HolidayRefused("first", _("The first day is today or later."))
    if last < max(first, locked.today):
        raise HolidayRefused("last", _("The last day is the first or later, and not over."))
    if holiday.days > LONGEST_HOLIDAY.days:
        raise HolidayRefused(
            "last",
            filled(_("At most {days} days. For longer, take the goods off sale."), days=LONGEST_HOLIDAY.days),
        )
    if len(message) > LONGEST_NOTE:
        raise HolidayMessageTooLong
    if not holiday.lies_in(before):
        locked.holiday_announced_at = clock.now()
    locked.holiday_first, locked.holiday_last, locked.holiday_message = first, last, message
    return _save_holiday(locked)


@act
def end_holiday(by: User, shop: Shop) -> Shop:
    """The shop sells again, or will not be away after all. Refuses strangers (`ShopNotFound`)."""
    locked = _locked(by, shop)
    locked.holiday_first = locked.holiday_last = locked.holiday_announced_at = None
    locked.holiday_message = ""
    return _save_holiday(locked)


def _locked(by: User, shop: Shop) -> Shop:
    found = Shop.objects.select_for_update(no_key=True).filter(id=shop.id, members__user=by).first()
    if found is None:
        raise ShopNotFound
    return found


def _save_holiday(shop: Shop) -> Shop:
    shop.save(update_fields=["holiday_first", "holiday_last", "holiday_message", "holiday_announced_at"])
    return shop


def set_payout_account(shop: Shop, account: BankAccount) -> Shop:
    """Payouts of the shop go to this bank account from now on; earlier payouts keep theirs."""
    shop.bank_account = account
    shop.save(update_fields=["bank_account"])
    return shop
