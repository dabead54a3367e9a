"""Tables of a seller's business."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id
from lapak.lib.regions import PROVINCE_CHOICES, PROVINCES
from lapak.people.users.models import BankAccount, User


class Shop(models.Model):
    """A seller's business. `nib` is the business number of Permendag 19/2026 Art. 17; empty while in process."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("shop name"), max_length=80)
    description = models.TextField(_("about the shop"), max_length=2000, blank=True)
    nib = models.CharField(
        _("business number (NIB)"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("A NIB has 13 digits."))],
    )
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city or regency"), max_length=80)
    province_code = models.CharField(_("province"), max_length=2, choices=PROVINCE_CHOICES)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, null=True, blank=True, related_name="+")
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    def __str__(self) -> str:
        return self.name

    @property
    def time_zone(self) -> str:
        """IANA zone in which the shop's working days are counted."""
        return PROVINCES[self.province_code].time_zone

    @property
    def province_name(self) -> str:
        return PROVINCES[self.province_code].name


class Member(models.Model):
    """A seller: a user who works for a shop."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        STAFF = "staff", _("staff")

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="member_once_per_shop")]

    def __str__(self) -> str:
        return f"{self.user} @ {self.shop}"
