"""Every change of a shop. Who works for it is in members.py."""

import uuid
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.numbers import filled
from lapak.lib.written import LONGEST_NOTE
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.errors import (
    HolidayMessageTooLong,
    HolidayRefused,
    ShopSlugTaken,
    TooManyShops,
    TurnoverRefused,
    TurnoverYearRefused,
)
from lapak.people.shops.holiday import LONGEST_HOLIDAY, Holiday
from lapak.people.shops.models import Member, Shop
from lapak.people.shops.queries import refuse_operator, require_duty
from lapak.people.shops.rules import MOST_SHOPS_A_DAY, Duty, Role
from lapak.people.shops.size_rules import MAX_TURNOVER_IDR
from lapak.people.users.models import User
from lapak.people.users.queries import bank_account_for_user, require_confirmed_email


@act
def open_shop(
    by: User,
    *,
    slug: str,
    name: str,
    city: str,
    province_code: str,
    street: str = "",
    district: str = "",
    postal_code: str = "",
    phone: str = "",
    description: str = "",
    nib: str = "",
) -> Shop:
    """The user owns a new, open shop.

    Refuses an e-mail that is not confirmed (`EmailUnconfirmed`), whoever runs the marketplace (`OperatorSellsNothing`), a
    taken address (`ShopSlugTaken`), malformed fields (`ValidationError`, per field), and more than five a day
    (`TooManyShops`). A shop without NIB is "Dalam Proses Legalisasi" (Permendag 19/2026 Art. 17).
    """
    require_confirmed_email(by)
    refuse_operator(by)
    _refuse_many_a_day(by)
    if Shop.objects.filter(slug=slug).exists():
        raise ShopSlugTaken
    shop = Shop(
        slug=slug,
        name=name,
        street=street,
        district=district,
        city=city,
        postal_code=postal_code,
        province_code=province_code,
        phone=phone,
        description=description,
        nib=nib,
    )
    shop.full_clean(validate_unique=False)
    shop.save(force_insert=True)
    Member.objects.create(shop=shop, user=by, role=Role.OWNER)
    return shop


def _refuse_many_a_day(by: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once are counted one after the other
    today = clock.now() - timedelta(days=1)
    if Member.objects.filter(user=by, role=Role.OWNER, shop__created_at__gt=today).count() >= MOST_SHOPS_A_DAY:
        raise TooManyShops


@act
def change_profile(
    by: User,
    shop_id: uuid.UUID,
    *,
    name: str,
    description: str,
    nib: str,
    street: str,
    district: str,
    city: str,
    postal_code: str,
    phone: str,
) -> Shop:
    """The shop's public profile is as given.

    Refuses strangers (`ShopNotFound`), whose role does not include it (`NotYourDuty`), and malformed fields
    (`ValidationError`).
    """
    shop = lock_shop(by, shop_id, Duty.PROFILE)
    place = {"street": street, "district": district, "city": city, "postal_code": postal_code}
    new = {"name": name, "description": description, "nib": nib, **place, "phone": phone}
    note_changes(by.id, subject_of(shop), {field: getattr(shop, field) for field in new}, new)
    for field, value in new.items():
        setattr(shop, field, value)
    shop.full_clean()
    shop.save(update_fields=list(new))
    return shop


@act
def state_turnover(by: User, shop_id: uuid.UUID, *, year: int, turnover_idr: int) -> Shop:
    """What all of the shop's sales came to in a year, here and elsewhere, as its owner states it: by it Lapak knows whether the
    shop is a small one. It stays on record.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), a year that is neither this one nor the last
    (`TurnoverYearRefused`), and less than nothing (`TurnoverRefused`).
    """
    shop, today = lock_shop(by, shop_id, Duty.OWNERSHIP), clock.today()
    if not today.year - 1 <= year <= today.year:
        raise TurnoverYearRefused
    if not 0 <= turnover_idr <= MAX_TURNOVER_IDR:
        raise TurnoverRefused
    new = {"turnover_idr": turnover_idr, "turnover_year": year}
    note_changes(by.id, subject_of(shop), {field: getattr(shop, field) for field in new}, new)
    shop.turnover_idr, shop.turnover_year = turnover_idr, year
    shop.save(update_fields=list(new))
    return shop


@act
def announce_holiday(by: User, shop: Shop, *, first: date, last: date, message: str = "") -> Shop:
    """From `first` to `last`, whole days of the shop's, its goods are shown and not sold; of orders placed from now on, these
    days are no working days (trade/orders/steps.py). It takes the place of what was announced before.

    Orders that are there keep their deadlines, unless the days lie within those they were placed under. Refuses strangers
    (`ShopNotFound`), whose role does not include it (`NotYourDuty`), days that are over, the wrong way round or more than 60
    (`HolidayRefused`), and a message over 200 characters (`HolidayMessageTooLong`).
    """
    locked, message = lock_shop(by, shop.id, Duty.PROFILE), message.strip()
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
    """The shop sells again, or will not be away after all. Refuses strangers (`ShopNotFound`), and whose role does not
    include it (`NotYourDuty`)."""
    locked = lock_shop(by, shop.id, Duty.PROFILE)
    locked.holiday_first = locked.holiday_last = locked.holiday_announced_at = None
    locked.holiday_message = ""
    return _save_holiday(locked)


def _save_holiday(shop: Shop) -> Shop:
    shop.save(update_fields=["holiday_first", "holiday_last", "holiday_message", "holiday_announced_at"])
    return shop


@act
def set_payout_account(by: User, shop_id: uuid.UUID, bank_account_id: uuid.UUID) -> Shop:
    """Payouts of the shop go to this bank account of the owner's from now on; earlier payouts keep theirs. One that replaces
    another is paid after a day only (money/payouts/holds.py): its owners are told, and can still say no.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), an e-mail that is not confirmed
    (`EmailUnconfirmed`), and another's bank account (`BankAccountNotFound`).
    """
    shop = lock_shop(by, shop_id, Duty.OWNERSHIP)
    require_confirmed_email(by)
    account = bank_account_for_user(by, bank_account_id)
    if shop.bank_account == account:
        return shop
    replaced = shop.bank_account
    note_changes(by.id, subject_of(shop), {"bank_account": replaced and replaced.kept}, {"bank_account": account.kept})
    if replaced or shop.bank_account_changed_at:  # only the very first is paid into at once
        shop.bank_account_changed_at = clock.now()
    shop.bank_account = account
    shop.save(update_fields=["bank_account", "bank_account_changed_at"])
    return shop


@act
def drop_payout_accounts(by: User) -> None:
    """None of the shops is paid into a bank account of the user's any more; another one is named first."""
    for shop in Shop.objects.select_for_update(of=("self",), no_key=True).filter(bank_account__user=by).order_by("id"):
        kept = shop.bank_account and shop.bank_account.kept
        note_changes(by.id, subject_of(shop), {"bank_account": kept}, {"bank_account": ""})
        shop.bank_account, shop.bank_account_changed_at = None, clock.now()
        shop.save(update_fields=["bank_account", "bank_account_changed_at"])


def lock_shop(by: User, shop_id: uuid.UUID, duty: Duty) -> Shop:
    """The shop, held until the transaction ends, for one who has the duty there; refuses as `require_duty`."""
    shop = Shop.objects.select_for_update(no_key=True).filter(id=shop_id).first()
    require_duty(by, shop_id, duty)
    assert shop is not None  # noqa: S101 - somebody works there
    return shop


def subject_of(shop: Shop) -> Subject:
    """The shop, as its changes are kept."""
    return Subject(Kind.SHOP, shop.id, shop.name, shop.id)
