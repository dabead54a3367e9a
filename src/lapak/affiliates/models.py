"""Tables of promotion: who may promote what at which rate, with which link, and what came of it."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.link_rules import LONGEST_CODE, LONGEST_UTM_QUERY
from lapak.affiliates.rules import LONGEST_MESSAGE, reviewed_by
from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate
from lapak.lib.whole import WholeCharField, WholeSlugField
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User
from lapak.trade.orders.models import OrderLine


class Creator(models.Model):
    """A user who promotes. `handle` is the address of their showcase page (etalase): /@handle."""

    class TaxStatus(models.TextChoices):
        INDIVIDUAL = "individual", _("individual (PPh 21)")
        COMPANY = "company", _("company (PPh 23)")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, models.PROTECT, related_name="creator")
    handle = WholeSlugField(_("handle"), max_length=30, unique=True)
    tax_status = models.CharField(max_length=10, choices=TaxStatus.choices, default=TaxStatus.INDIVIDUAL)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, null=True, blank=True, related_name="+")
    bank_account_changed_at = models.DateTimeField(
        null=True, editable=False, help_text="When another replaced it; empty while it is the first."
    )
    joined_at = models.DateTimeField()
    closed_from = models.DateTimeField(
        null=True,
        editable=False,
        help_text="From this moment on no purchase earns them anything (affiliates/integrity).",
    )

    class Meta:
        verbose_name = _("creator")
        verbose_name_plural = _("creators")

    def __str__(self) -> str:
        return f"@{self.handle}"


class Programme(models.Model):
    """An offer of commission: a shop's to everyone, a shop's to invited creators, or the platform's."""

    class Kind(models.TextChoices):
        OPEN = "open", _("open to all creators")
        INVITED = "invited", _("by invitation")
        PLATFORM = "platform", _("the platform's")

    class WonBy(models.TextChoices):
        NEWEST = "newest", _("the newest click")
        FIRST = "first", _("the first click")
        SHARED = "shared", _("shared: most for the first and the newest, the rest for those between")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, blank=True, related_name="programmes")
    window_days = models.PositiveSmallIntegerField(_("days a click counts"), default=7)
    won_by = models.CharField(_("who earns"), max_length=8, choices=WonBy.choices, default=WonBy.NEWEST)
    won_by_before = models.CharField(
        max_length=8, choices=WonBy.choices, blank=True, help_text="What holds until then."
    )
    won_by_from = models.DateTimeField(null=True, help_text="From when on it holds; empty: it does.")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="platform", shop=None) | (~Q(kind="platform") & Q(shop__isnull=False)),
                name="programme_owner",
            ),
            models.CheckConstraint(
                condition=Q(window_days__gte=1, window_days__lte=90), name="programme_window_in_bounds"
            ),
            models.UniqueConstraint(fields=["shop"], condition=Q(kind="open"), name="programme_one_open_per_shop"),
            models.CheckConstraint(
                condition=Q(won_by_from=None, won_by_before="")
                | (Q(won_by_from__isnull=False) & ~Q(won_by_before="") & ~Q(won_by_before=F("won_by"))),
                name="programme_won_by_changes",
            ),
        ]
        indexes = [
            # Who earns by which clicks is announced: who promotes is told (flows/tell_people).
            models.Index(fields=["won_by_from"], condition=Q(won_by_from__isnull=False), name="programme_won_by_from"),
        ]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.shop or 'Lapak'}"


class ProgrammeRate(models.Model):
    """A rate as announced. A cut reaches those already promoting only 30 days after it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rates")
    rate_bp = models.PositiveIntegerField()
    indirect_bp = models.PositiveIntegerField(
        null=True, help_text="Of other goods than the linked ones; empty: as much."
    )
    cap_idr = models.BigIntegerField(null=True, help_text="The most for a line; empty: no such bound.")
    ends_at = models.DateTimeField(null=True, help_text="Agreed from the beginning: it counts no more from then on.")
    announced_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_bp__lte=8000)
                & (Q(indirect_bp=None) | Q(indirect_bp__lte=8000))
                & (Q(cap_idr=None) | Q(cap_idr__gt=0)),
                name="programme_rate_in_bounds",
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(superseded_at=None), name="programme_one_current_rate"
            ),
        ]
        indexes = [
            # Rates whose agreed end is told of before.
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="programme_rate_ends"),
            # What was announced in some minutes, to be told.
            models.Index(fields=["announced_at"], name="programme_rate_announced"),
        ]

    def __str__(self) -> str:
        return f"{self.rate_bp} bp"


class Membership(models.Model):
    """A creator who promotes under a programme."""

    # No indexes of their own: those below begin with them.
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="memberships", db_index=False)
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="memberships", db_index=False)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creator", "programme"], name="membership_once")]
        indexes = [
            # What a creator has joined, newest first.
            models.Index(fields=["creator", "-joined_at", "-id"], name="membership_of_creator"),
            # Who promotes under a programme, newest first.
            models.Index(fields=["programme", "-joined_at", "-id"], name="membership_of_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.creator_id} in {self.programme_id}"


_OPEN, _ANYBODYS = Q(state="open"), Q(state="open", invited=None)


class CreatorInvitation(models.Model):
    """A rate of their own that a shop offers to a creator; to who may not be here yet it sends the address itself."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("not answered in time")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", db_index=False)  # the constraint begins with it
    place = models.CharField(max_length=40, help_text="Where they promoted it: TikTok Shop.")
    name = models.CharField(max_length=100, help_text="What they are called there.")
    known_as = models.CharField(max_length=150, blank=True, help_text="Both as one writes them: known_as.py.")
    invited = models.ForeignKey(
        Creator, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Who alone may answer it."
    )
    email = models.EmailField(blank=True, help_text="Where the shop reaches them; forgotten with the answer.")
    rate_bp = models.PositiveIntegerField()
    rate_ends_on = models.DateField(null=True, help_text="Its last day; empty: until the shop announces another.")
    message = models.CharField(max_length=LONGEST_MESSAGE, blank=True)
    code = WholeCharField(max_length=24, unique=True)
    made_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="Until when it can be accepted.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, help_text="When it was answered, withdrawn, or had waited long enough.")
    reason = models.CharField(max_length=LONGEST_NOTE, blank=True, help_text="Why it was declined, for the shop.")
    creator = models.ForeignKey(Creator, models.PROTECT, null=True, related_name="+", help_text="Who accepted it.")
    declined_by = models.ForeignKey(Creator, models.PROTECT, null=True, related_name="+", help_text="No shop reads it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "place", "name"], condition=_OPEN, name="creator_invitation_once"),
            models.CheckConstraint(condition=Q(rate_bp__lte=8000), name="creator_invitation_rate_in_bounds"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False, email="")),
                name="creator_invitation_over_or_open",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", creator__isnull=False) | (~Q(state="accepted") & Q(creator=None)),
                name="creator_invitation_accepted_by",
            ),
            models.CheckConstraint(condition=Q(declined_by=None) | Q(state="declined"), name="creator_invitation_no"),
        ]
        indexes = [
            # The shop's list, newest first.
            models.Index(fields=["shop", "-made_at", "-id"], name="creator_invitation_of_shop"),
            # What waits for a creator's answer, newest first.
            models.Index(fields=["invited", "-made_at", "-id"], condition=_OPEN, name="creator_invitation_to_answer"),
            # What is for whoever has such a channel, or such an address.
            models.Index(fields=["known_as"], condition=_ANYBODYS & ~Q(known_as=""), name="creator_invitation_known"),
            models.Index(fields=["email"], condition=_ANYBODYS & ~Q(email=""), name="creator_invitation_to_email"),
            # The clock: what has waited long enough, and whose answer is due.
            models.Index(fields=["answer_by"], condition=Q(state="open"), name="creator_invitation_due"),
            # What is told: made, and ended, since the last time.
            models.Index(fields=["made_at"], name="creator_invitation_made"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="creator_invitation_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.place})"

    @property
    def last_day(self) -> date:
        """On which it can be accepted."""
        return (self.answer_by - timedelta(minutes=1)).astimezone(clock.WIB).date()

    @property
    def is_over(self) -> bool:
        """Whether nobody can answer it any more, or it was."""
        return self.state != self.State.OPEN or self.answer_by <= clock.now()


class Link(models.Model):
    """`/r/<code>`: to a product, a shop, or the creator's own showcase page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = WholeCharField(max_length=LONGEST_CODE, unique=True)
    is_chosen = models.BooleanField(default=False, help_text="Its creator chose the code; else it was drawn.")
    # No index of its own: those below begin with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="links", db_index=False)
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField(
        _("label"), max_length=30, blank=True, help_text=_("Where you will post it: tiktok, ig-bio …")
    )
    utm = models.CharField(
        max_length=LONGEST_UTM_QUERY, blank=True, help_text="What it puts onto the address it leads to."
    )
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(
        null=True, help_text="Since when it is out of the list and off the showcase; it leads on as before."
    )

    class Meta:
        # A product link carries its shop too; a showcase link carries neither.
        constraints = [models.CheckConstraint(condition=Q(product=None) | Q(shop__isnull=False), name="link_target")]
        indexes = [
            # The creator's list, newest first; what they archived; and those of one label.
            models.Index(
                fields=["creator", "-created_at", "-id"], condition=Q(archived_at=None), name="link_of_creator"
            ),
            models.Index(
                fields=["creator", "-created_at", "-id"], condition=Q(archived_at__isnull=False), name="link_archived"
            ),
            models.Index(
                fields=["creator", "label", "-created_at", "-id"],
                condition=Q(archived_at=None),
                name="link_of_creator_labelled",
            ),
            # How many codes a creator has chosen.
            models.Index(fields=["creator"], condition=Q(is_chosen=True), name="link_chosen"),
            # Their newest link to each product: what their page shows.
            models.Index(fields=["creator", "product", "-created_at", "-id"], name="link_of_creator_to_product"),
        ]

    def __str__(self) -> str:
        return self.code


class Commission(models.Model):
    """What a creator's links brought about on an order line: terms frozen at purchase, and where its money is.

    Several creators may share a line: each has a part of its price as the base, and the parts sum to it.

    While pending it is expected; once its order has settled (`settled_at`) the money waits in the shop's clearing
    account; credited to the creator it is payable. A review brings it back to clearing.
    """

    class Attribution(models.TextChoices):
        DIRECT = "direct", _("the linked product")
        INDIRECT = "indirect", _("another product of the shop")

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        PAYABLE = "payable", _("payable")
        PAID = "paid", _("paid")
        REVERSED = "reversed", _("reversed")
        FROZEN = "frozen", _("under review")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `commission_once_per_creator` begins with it.
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="commissions", db_index=False)
    order_id = models.UUIDField(
        help_text="The line's order, kept here so that settling an order finds its commissions at once."
    )
    # Nobody asks for the commissions of a shop; of a creator or a programme, the indexes below begin with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", db_index=False, help_text="The line's.")
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="commissions", db_index=False)
    link = models.ForeignKey(Link, models.PROTECT, related_name="commissions")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    click_id = models.UUIDField()
    clicked_at = models.DateTimeField()
    attribution = models.CharField(max_length=10, choices=Attribution.choices)
    share_bp = models.PositiveIntegerField(default=10_000, help_text="Of the line's price: all of it, unless shared.")
    rate_bp = models.PositiveIntegerField()
    base_idr = models.BigIntegerField(
        help_text="Price paid for the line, less vouchers, without shipping; or the part of it that is theirs."
    )
    cap_idr = models.BigIntegerField(null=True, help_text="The most that the line earns; empty: no such bound.")
    amount_idr = models.BigIntegerField(help_text="Before tax: expected until the order settles, then as booked.")
    reserved_idr = models.BigIntegerField(
        default=0, db_default=0, help_text="How much of its programme's budget is kept for it."
    )
    paid_by_platform = models.BooleanField(
        default=False, db_default=False, help_text="Out of promotions, not out of the shop's part."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="Since when its money is set apart from the shop's.")
    frozen_at = models.DateTimeField(null=True, help_text="Since when it is under review, or last was.")
    credited_at = models.DateTimeField(null=True, help_text="When it reached the creator's balance.")
    credits = models.PositiveSmallIntegerField(default=0, help_text="How often it did: a review may take it back.")
    taxed_as = models.CharField(max_length=10, choices=Creator.TaxStatus.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "creator"], name="commission_once_per_creator"),
            models.CheckConstraint(
                condition=Q(
                    base_idr__gt=0,
                    share_bp__gte=1,
                    share_bp__lte=10_000,
                    rate_bp__lte=8000,
                    amount_idr__gte=0,
                    amount_idr__lte=F("base_idr"),
                )
                & (Q(cap_idr=None) | Q(amount_idr__lte=F("cap_idr")))
                & Q(reserved_idr__gte=0),
                name="commission_terms_sane",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["payable", "paid"], credited_at__isnull=False, settled_at__isnull=False)
                | (~Q(state__in=["payable", "paid"]) & Q(credited_at=None)),
                name="commission_credited_when_payable",
            ),
            models.CheckConstraint(
                condition=~Q(state="frozen") | Q(frozen_at__isnull=False), name="commission_frozen_since"
            ),
        ]
        indexes = [
            # What has settled and waits to be credited to its creator, the oldest first.
            models.Index(
                fields=["creator", "settled_at"],
                condition=Q(state="pending", settled_at__isnull=False),
                name="commission_to_credit",
            ),
            # The operator's list of what is under review, the oldest first.
            models.Index(fields=["frozen_at"], condition=Q(state="frozen"), name="commission_under_review"),
            # Settling or cancelling an order.
            models.Index(fields=["order_id"], name="commission_of_order"),
            # The creator's list, newest first; and of one state, whose sum is answered from the index alone.
            models.Index(fields=["creator", "-created_at", "-id"], name="commission_of_creator"),
            models.Index(
                fields=["creator", "state", "-created_at", "-id"],
                include=["amount_idr"],
                name="commission_of_creator_in_state",
            ),
            # What a creator brought under a programme, for its shop.
            models.Index(fields=["programme", "creator"], name="commission_under_programme"),
        ]
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")

    def __str__(self) -> str:
        return f"{format_idr(self.amount_idr)} ({format_rate(self.rate_bp)}%)"

    @property
    def decide_by(self) -> datetime | None:
        """Until when its review is decided; None when it is under none."""
        if self.frozen_at is None or self.state != self.State.FROZEN:
            return None
        return reviewed_by(self.frozen_at.astimezone(clock.WIB))
