"""Tables of people who sign in."""

from typing import ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lapak.lib.banks import BANK_CHOICES
from lapak.lib.ids import new_id
from lapak.lib.phones import MOBILE
from lapak.lib.places.doubts import is_known
from lapak.lib.public_names import public_name
from lapak.lib.regions import POSTAL_DIGITS, PROVINCE_CHOICES, PROVINCES
from lapak.lib.whole import WholeEmailField
from lapak.people.audit.rules import KeptAccount
from lapak.people.users.operators import OperatorRole


class UserManager(BaseUserManager["User"]):
    """Makes users; Django's and allauth's expected interface."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user who signs in with `email`, kept in lower case so that one mailbox is one user.

        The e-mail counts as confirmed: who joins has typed the code that was sent there (joining.py), and for others whoever
        runs the machine vouches.
        """
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """An operator who is an owner of the marketplace."""
        owner = {"is_staff": True, "is_superuser": True, "operator_roles": [OperatorRole.OWNER]}
        return self.create_user(email, password, **owner, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they are to Lapak (buyer, seller, creator, operator) follows from what they do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = WholeEmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True, validators=[public_name])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    operator_roles = ArrayField(
        models.CharField(max_length=8, choices=OperatorRole),
        default=list,
        db_default=[],
        blank=True,
        help_text="As what they work for the marketplace; empty for everyone else.",
    )
    language = models.CharField(
        max_length=7, default="id", db_default="id", help_text="In which Lapak writes to them: what they last chose."
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        # Those who are told what waits on the operator's desks.
        indexes = [models.Index(fields=["id"], condition=Q(is_staff=True), name="user_who_operates")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_staff=False, operator_roles=[]) | Q(Q(is_staff=True), ~Q(operator_roles=[])),
                name="user_operates_in_roles",
            )
        ]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What the operator's site writes above the e-mail address; Django's and unfold's expected interface."""
        return self.name or self.email.partition("@")[0]


class Session(models.Model):
    """A browser in which a user is signed in; deleted when they sign out, or its time is over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    device = models.CharField(_("device"), max_length=60, blank=True)
    begun_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()

    class Meta:
        # What is over is forgotten every night.
        indexes = [models.Index(fields=["ends_at"], name="session_by_end")]

    def __str__(self) -> str:
        return self.device


LONGEST_LOOK_REASON = 300
"""Characters. Whom it is about reads it."""


class Look(models.Model):
    """An operator looks at pages as a user sees them (looking.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    of = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=LONGEST_LOOK_REASON)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(by=models.F("of")), name="look_at_somebody_else")]

    def __str__(self) -> str:
        return f"{self.of}: {self.reason}"


class Joining(models.Model):
    """Somebody typed an e-mail to join with. They are nobody until they type the code that was sent there, and the row is gone
    with it, or with the night."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    password = models.CharField(max_length=128, help_text="Hashed, as of users.")
    language = models.CharField(max_length=7)
    consents = ArrayField(models.CharField(max_length=10), default=list, help_text="What they said yes to.")
    code_mark = models.CharField(max_length=64, help_text="Keyed hash of the code; empty where none is right.")
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.PositiveSmallIntegerField(default=0, help_text="How many mails.")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # How many mails an e-mail has had lately.
            models.Index(fields=["email", "asked_at"], name="joining_by_email"),
            # What is over is forgotten every night.
            models.Index(fields=["asked_at"], name="joining_by_age"),
        ]

    def __str__(self) -> str:
        return self.email


class EmailChange(models.Model):
    """A user signs in with another e-mail; kept while it can be taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="email_changes")
    old = models.EmailField()
    new = models.EmailField()
    changed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        # What nobody can take back any more is forgotten every night.
        indexes = [models.Index(fields=["changed_at"], name="email_change_by_age")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


whole_street = RegexValidator(r"(?s)[^\W\d_].*.{4}", _("Write the street and number, or how to find the house."))
_three_letters = RegexValidator(r"([^\W\d_].*){3}", _("Write the whole name: parcels are sorted by it."))


def whole_name(name: str) -> None:
    """Refuses fewer than three letters, unless a district or city is called so: Gu is one."""
    try:
        _three_letters(name)
    except ValidationError:
        if not is_known(name):
            raise


IS_MOBILE = RegexValidator(MOBILE, _("Write a mobile number such as 081234567890."))
IS_POSTAL_CODE = RegexValidator(r"^\d{5}$", _("A postal code has five digits."))


class Address(models.Model):
    """Where a buyer receives goods."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="addresses")
    recipient = models.CharField(_("recipient"), max_length=120)
    phone = models.CharField(
        _("phone"),
        max_length=20,
        validators=[IS_MOBILE],
    )
    street = models.TextField(_("street, number, directions"), max_length=500, validators=[whole_street])
    district = models.CharField(_("district (kecamatan)"), max_length=80, validators=[whole_name])
    city = models.CharField(_("city or regency"), max_length=80, validators=[whole_name])
    province_code = models.CharField(_("province"), max_length=2, choices=PROVINCE_CHOICES)
    postal_code = models.CharField(
        _("postal code"),
        max_length=5,
        validators=[IS_POSTAL_CODE],
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        # The operator looks a person, or their orders, up by phone.
        indexes = [models.Index(fields=["phone"], name="address_by_phone")]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.street}, {self.district}, {self.city}"

    def clean(self) -> None:
        """A postal code from another part of the country sends the parcel there."""
        province = PROVINCES.get(self.province_code)
        if province and self.postal_code[:1].isdigit() and self.postal_code[0] not in POSTAL_DIGITS[province.zone]:
            message = _("No postal code of %(province)s begins with %(digit)s. Is one of the two wrong?")
            filled = message % {"province": province.name, "digit": self.postal_code[0]}
            raise ValidationError({"postal_code": filled})


class BankAccount(models.Model):
    """Where a person or a shop is paid. Never changed: a new number is a new row, so that old payouts stay true."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="bank_accounts")
    bank_code = models.CharField(_("bank"), max_length=8, choices=BANK_CHOICES)
    number = models.CharField(
        _("account number"),
        max_length=20,
        validators=[RegexValidator(r"^\d{6,20}$", _("Write the account number in digits only."))],
    )
    holder = models.CharField(_("account holder"), max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    dropped_at = models.DateTimeField(
        null=True,
        editable=False,
        blank=True,
        help_text="Since when nobody is paid into it: a stranger had named it (flows/claim_account.py).",
    )

    class Meta:
        # Self-purchase check in place_purchase: is a creator paid into the buyer's own account?
        indexes = [models.Index(fields=["bank_code", "number"], name="bankaccount_by_number")]

    def __str__(self) -> str:
        return f"{self.get_bank_code_display()} ··· {self.number[-4:]}, {self.holder}"

    @property
    def kept(self) -> KeptAccount:
        """What a record of changes keeps of it."""
        return KeptAccount(self.bank_code, self.number[-4:], self.holder)
