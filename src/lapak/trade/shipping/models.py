"""Tables of shipping."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.regions import PROVINCE_CHOICES, Zone
from lapak.lib.whole import WholeCharField, WholeSlugField

ZONES = [
    (Zone.JAVA.value, _("Java")),
    (Zone.SUMATRA.value, _("Sumatra")),
    (Zone.BALI_NUSA.value, _("Bali and Nusa Tenggara")),
    (Zone.KALIMANTAN.value, "Kalimantan"),
    (Zone.SULAWESI.value, "Sulawesi"),
    (Zone.MALUKU.value, "Maluku"),
    (Zone.PAPUA.value, "Papua"),
]


class ProvinceZone(models.Model):
    """Which zone a province lies in: `lib/regions.py` as a table, for statements that price parcels in the database."""

    province_code = WholeCharField(primary_key=True, max_length=2, choices=PROVINCE_CHOICES)
    zone = models.CharField(max_length=12, choices=ZONES)

    def __str__(self) -> str:
        return f"{self.province_code}: {self.zone}"


class Service(models.Model):
    """A courier's way of carrying parcels: `jne-reg`."""

    code = WholeSlugField(primary_key=True, max_length=30)
    courier = models.CharField(max_length=30, help_text="Ledger owner of courier_payable: 'jne'.")
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Rate(models.Model):
    """The price of a service between two zones: the first kilogram, then every further one begun."""

    # No index of its own: `rate_once_per_route` begins with it.
    service = models.ForeignKey(Service, models.CASCADE, related_name="rates", db_index=False)
    origin_zone = models.CharField(max_length=12, choices=ZONES)
    destination_zone = models.CharField(max_length=12, choices=ZONES)
    first_kg_idr = models.BigIntegerField(_("first kilogram (Rp)"))
    next_kg_idr = models.BigIntegerField(_("each further kilogram (Rp)"))
    min_days = models.PositiveSmallIntegerField(_("days at least"))
    max_days = models.PositiveSmallIntegerField(_("days at most"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "origin_zone", "destination_zone"], name="rate_once_per_route"),
            models.CheckConstraint(
                condition=Q(first_kg_idr__gte=0, next_kg_idr__gte=0, min_days__lte=models.F("max_days")),
                name="rate_sane",
                violation_error_message=_("It cannot take more days at least than at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.get_origin_zone_display()} → {self.get_destination_zone_display()}"


class Parcel(models.Model):
    """What was handed to a courier. `order_id` names the order without knowing it: shipping lies below orders."""

    order_id = models.UUIDField(primary_key=True)
    shop_id = models.UUIDField(help_text="The order's: every row of a shop names it.")
    # No index of its own: `parcel_tracking_number_once` begins with it.
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", db_index=False)
    tracking_number = models.CharField(_("tracking number"), max_length=40)
    shipped_at = models.DateTimeField()
    min_days = models.PositiveSmallIntegerField(help_text="The least days that its service takes on its route.")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "tracking_number"], name="parcel_tracking_number_once")
        ]

    def __str__(self) -> str:
        return self.tracking_number
