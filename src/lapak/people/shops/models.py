"""Tables of a seller's business."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.lib.public_names import public_name
from lapak.lib.regions import PROVINCE_CHOICES, PROVINCES
from lapak.lib.whole import WholeSlugField
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.closing_rules import Closing
from lapak.people.shops.holiday import Holiday, holiday_of
from lapak.people.shops.legality_rules import legalise_by
from lapak.people.shops.rules import Role
from lapak.people.shops.size_rules import is_small_seller
from lapak.people.users.models import IS_MOBILE, IS_POSTAL_CODE, BankAccount, User, whole_name


def legalised_by_a_new_shop() -> datetime:
    """From when on a shop that opens now sells nothing, unless it has its NIB by then."""
    return legalise_by(clock.today())


class Shop(models.Model):
    """A seller's business. `nib` is the business number of Permendag 19/2026 Art. 17; empty while in process."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = WholeSlugField(max_length=60, unique=True, validators=[public_name])
    name = models.CharField(_("shop name"), max_length=80, validators=[public_name])
    description = models.TextField(_("about the shop"), max_length=2000, blank=True)
    nib = models.CharField(
        _("business number (NIB)"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("A NIB has 13 digits."))],
    )
    legalise_by = models.DateTimeField(
        _("sells without NIB until"),
        default=legalised_by_a_new_shop,
        editable=False,
        help_text="Of no matter with a NIB.",
    )
    suspended_until = models.DateTimeField(
        _("suspended until"), null=True, editable=False, help_text="Lapak lets it sell nothing before then."
    )
    turnover_idr = models.BigIntegerField(
        _("yearly turnover"), null=True, editable=False, help_text="As the shop states it; empty: it has not."
    )
    turnover_year = models.PositiveSmallIntegerField(null=True, editable=False, help_text="Of which year that is.")
    street = models.CharField(_("street"), max_length=200, blank=True)
    district = models.CharField(_("district (kecamatan)"), max_length=80, blank=True, validators=[whole_name])
    city = models.CharField(_("city or regency"), max_length=80, validators=[whole_name])
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True, validators=[IS_POSTAL_CODE])
    phone = models.CharField(
        _("phone"),
        max_length=20,
        blank=True,
        validators=[IS_MOBILE],
        help_text="For couriers, and for buyers who send something back; on no page of the shop.",
    )
    province_code = models.CharField(_("province"), max_length=2, choices=PROVINCE_CHOICES)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, null=True, blank=True, related_name="+")
    bank_account_changed_at = models.DateTimeField(
        null=True, editable=False, help_text="When another replaced it; empty while it is the first."
    )
    is_open = models.BooleanField(default=True)
    # The holiday announced last, in the shop's own days (people/shops/holiday.py).
    holiday_first = models.DateField(null=True, blank=True)
    holiday_last = models.DateField(null=True, blank=True)
    holiday_message = models.CharField(max_length=LONGEST_NOTE, blank=True)
    holiday_announced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holiday_first=None, holiday_last=None, holiday_announced_at=None, holiday_message="")
                | models.Q(holiday_first__lte=models.F("holiday_last"), holiday_announced_at__isnull=False),
                name="shop_holiday_has_its_days",
            ),
            models.CheckConstraint(
                condition=models.Q(turnover_idr=None, turnover_year=None)
                | models.Q(turnover_idr__gte=0, turnover_year__isnull=False),
                name="shop_turnover_has_its_year",
            ),
        ]
        # Whose time without NIB comes to an end (flows/tell_people/of_legality.py).
        indexes = [models.Index(fields=["legalise_by"], condition=models.Q(nib=""), name="shop_without_nib")]

    def __str__(self) -> str:
        return self.name

    @property
    def time_zone(self) -> str:
        """IANA zone in which the shop's working days are counted."""
        return PROVINCES[self.province_code].time_zone

    @property
    def province_name(self) -> str:
        return PROVINCES[self.province_code].name

    @property
    def holiday(self) -> Holiday | None:
        """The holiday announced last, be it to come, on, or over."""
        return holiday_of(self.holiday_first, self.holiday_last)

    @property
    def today(self) -> date:
        """The day at the shop."""
        return clock.now().astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def is_on_holiday(self) -> bool:
        """Whether its goods are shown today and not sold."""
        return self.holiday is not None and self.today in self.holiday

    @property
    def is_past_legalisation(self) -> bool:
        """Whether it sells nothing until it gives its NIB (Permendag 19/2026 Art. 17)."""
        return not self.nib and self.legalise_by <= clock.now()

    @property
    def is_suspended(self) -> bool:
        """Whether it sells nothing because Lapak decided so (moderation/)."""
        return self.suspended_until is not None and self.suspended_until > clock.now()

    @property
    def is_small(self) -> bool:
        """Whether it is a registered micro or small business by what it stated: it pays the lower fee for domestic goods."""
        return bool(self.nib) and is_small_seller(self.turnover_idr, self.turnover_year, clock.today().year)

    def holiday_known_at(self, moment: datetime) -> Holiday | None:
        """The holiday, if it was announced by then: what was announced later is no excuse to whoever ordered before."""
        announced_at = self.holiday_announced_at
        return self.holiday if announced_at is not None and announced_at <= moment else None


class Member(models.Model):
    """A seller: a user who works for a shop."""

    Role = Role

    # No index of its own: `member_once_per_shop` begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="members", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="member_once_per_shop")]

    def __str__(self) -> str:
        return f"{self.user} @ {self.shop}"


class Invitation(models.Model):
    """A user is asked to work for a shop; gone when they have answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `invitation_once_per_shop` begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="invitations", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=8, choices=Role.choices)
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="invitation_once_per_shop")]

    def __str__(self) -> str:
        return f"{self.user} → {self.shop}"


class AnnouncedClosing(models.Model):
    """That a shop, or the whole marketplace (`shop` empty), takes no more orders from an instant on; what was called off
    before that instant stays on record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `closing_stands_once` begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, null=True, related_name="closings", db_index=False)
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty: on the machine itself."
    )
    orders_stop_at = models.DateTimeField(_("takes orders until"))
    ship_by = models.DateTimeField(_("sends until"))
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When nothing was left to be sent.")
    told_up_to = models.UUIDField(null=True, help_text="The last user who has been told of the marketplace's.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop"],
                condition=models.Q(called_off_at=None),
                nulls_distinct=False,
                name="closing_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(announced_at__lt=models.F("orders_stop_at"), orders_stop_at__lt=models.F("ship_by")),
                name="closing_has_its_order",
            ),
            models.CheckConstraint(
                condition=models.Q(called_off_at=None)
                | models.Q(called_off_at__lt=models.F("orders_stop_at"), ended_at=None),
                name="closing_called_off_before_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("ship_by")),
                name="closing_ends_after_sending",
            ),
        ]
        indexes = [
            # What is announced and not over, which every web process keeps in mind (closings.py), and the sweep.
            models.Index(
                fields=["ship_by"], condition=models.Q(called_off_at=None, ended_at=None), name="closing_ahead"
            ),
        ]
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return f"{self.shop or 'Lapak'} {self.orders_stop_at:%Y-%m-%d}"

    @property
    def closing(self) -> Closing:
        return Closing(self.orders_stop_at, self.ship_by)

    @property
    def has_begun(self) -> bool:
        """Whether orders have stopped."""
        return self.orders_stop_at <= clock.now()
