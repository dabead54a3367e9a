"""The register of what Lapak keeps about people: what, why, on which ground, for how long (UU 27/2022 Art. 5, 21, 31).

One place: the page that everybody reads, a user's own page, the reference and erasure are made from it, and a test finds every
table that is missing here. `kept` names the words that stay after an erasure because the law keeps them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.compliance.retention import Keep


class Ground(TextChoices):
    """Why it may be done (UU 27/2022 Art. 20 (2))."""

    CONTRACT = "contract", _("What you asked of us needs it (a contract)")
    LAW = "law", _("The law asks for it")
    CONSENT = "consent", _("You said yes, and may take it back")
    INTEREST = "interest", _("To keep you and others safe, weighed against your privacy (legitimate interest)")


@dataclass(frozen=True, slots=True)
class Processing:
    """One thing that is done with data of people."""

    id: str
    title: Promise
    what: Promise
    why: Promise
    seen_by: Promise
    ground: Ground
    keep: Keep
    tables: tuple[str, ...]
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_NOBODY_ELSE = _("You, and the operator where something has to be found out")
_PARTIES = _("You, the other side of the order, the courier, and the operator in a dispute")

REGISTER = (
    Processing(
        "account",
        _("Your account"),
        _("Name, e-mail, language, second factors, and your password as a value that nobody can read it from."),
        _("So that you can sign in, and that we can write to you."),
        _("You; shops see the name on your orders, readers the beginning of it on your reviews"),
        Ground.CONTRACT,
        Keep.ACCOUNT,
        (
            "users_user", "users_user_groups", "users_user_user_permissions", "account_emailaddress",
            "account_emailconfirmation", "mfa_authenticator", "users_joining",
        ),
    ),
    Processing(
        "signing_in",
        _("Where you are signed in"),
        _("Each device by its kind, and the e-mail you had before, while you can take a change back."),
        _("So that you see who is in your account, and get it back from a thief."),
        _NOBODY_ELSE,
        Ground.INTEREST,
        Keep.SESSIONS,
        ("users_session", "users_emailchange"),
    ),
    Processing(
        "addresses",
        _("Addresses"),
        _("Recipient, phone, street, district, city and postal code."),
        _("So that you need not type them at each order."),
        _PARTIES,
        Ground.CONTRACT,
        Keep.ACCOUNT,
        ("users_address",),
    ),
    Processing(
        "bank_accounts",
        _("Bank accounts"),
        _("Bank, number and holder."),
        _("So that refunds and what you earn can be paid."),
        _("You, the operator who sends payouts, and the payment partner"),
        Ground.CONTRACT,
        Keep.FINANCE,
        ("users_bankaccount",),
        {"users_bankaccount": ("number", "holder")},
    ),
    Processing(
        "cart",
        _("Cart"),
        _("Goods that you mean to buy."),
        _("So that they are there when you come back."),
        _NOBODY_ELSE,
        Ground.CONTRACT,
        Keep.ACCOUNT,
        ("orders_cart", "orders_cartline"),
    ),
    Processing(
        "orders",
        _("Orders and their contracts"),
        _("What you bought from whom, at what price, where it went, and each step of the order."),
        _("To carry the order out, and to prove it later."),
        _PARTIES,
        Ground.LAW,
        Keep.FINANCE,
        (
            "orders_purchase", "orders_order", "orders_ordercontract", "orders_orderline", "orders_orderevent",
            "orders_paymentallocation", "shipping_parcel", "catalogue_stockchange",
        ),
        {
            "orders_ordercontract": ("body",),
            "orders_orderline": ("title", "option_label"),
            "orders_orderevent": ("reason",),
            "orders_order": ("shipping_service", "courier"),
            "shipping_parcel": ("tracking_number",),
        },
    ),
    Processing(
        "money",
        _("Payments, refunds and payouts"),
        _("Amounts, moments, references, what the payment partner told us. No card and no balance of yours."),
        _("Every rupiah can be followed, by you and by whoever checks the books."),
        _("You, the operator, the payment partner"),
        Ground.LAW,
        Keep.FINANCE,
        (
            "payments_paymentintent", "payments_refund", "payments_refundevent", "payments_dispute", "payments_disputeshare",
            "payments_disputeamendment", "payments_latewin", "payments_unexplainedreceipt", "gateways_gatewaymessage",
            "gateways_statementdifference", "payouts_payout", "payouts_payoutbatch", "payouts_payoutevent",
            "payouts_payoutitem", "payouts_payoutrun", "payouts_holdrelease", "remittances_remittance", "ledger_account",
            "ledger_transfer", "ledger_reversal", "statements_monthend", "affiliates_commission",
        ),
        {
            "payments_paymentintent": ("provider", "instructions", "provider_reference", "doubted_paid_at"),
            "payments_refund": ("reason", "failure"),
            "payments_dispute": ("provider", "provider_reference", "reason", "evidence", "concession", "resolution"),
            "payments_disputeamendment": ("reason",),
            "payments_latewin": ("words",),
            "gateways_gatewaymessage": ("provider", "event_id", "kind", "body", "outcome", "resolution"),
            "gateways_statementdifference": ("provider", "kind", "reference", "resolution"),
            "payouts_payout": ("failure",),
            "payouts_holdrelease": ("words",),
            "payouts_payoutbatch": ("provider", "paid_from", "file"),
            "remittances_remittance": ("paid_from", "reference", "ntpn", "undone_because"),
            "ledger_account": ("owner",),
            "ledger_transfer": ("code",),
            "ledger_reversal": ("reason",),
            "affiliates_commission": ("reason",),
        },
    ),
    Processing(
        "taxes",
        _("Taxes of creators and shops"),
        _("Name and NIK or NPWP, what was earned and withheld, and letters that exempt a shop."),
        _("The tax office is told what was withheld for whom."),
        _("You, the operator, the tax office"),
        Ground.LAW,
        Keep.FINANCE,
        (
            "withholding_taxidentity", "withholding_taxmonth", "withholding_slip",
            "taxes_taxpayer", "taxes_letter", "taxes_withholding",
        ),
        {
            "withholding_slip": ("name", "tax_number"), "taxes_taxpayer": ("kind", "name", "number"),
            "taxes_letter": ("file", "number", "reason"), "taxes_withholding": ("tax_name", "tax_number"),
        },
    ),
    Processing(
        "returns",
        _("Returns"),
        _("Reasons, words, pictures, tracking numbers, receipts."),
        _("To decide who bears what, and to prove it later."),
        _PARTIES,
        Ground.CONTRACT,
        Keep.TRADE,
        ("returns_return", "returns_returnline", "returns_returnpicture", "returns_returnevent"),
        {
            "returns_return": (
                "words", "courier", "tracking_number", "again_courier", "again_tracking_number", "way_back_receipt",
            ),
            "returns_returnpicture": ("file",),
            "returns_returnevent": ("words",),
        },
    ),
    Processing(
        "complaints",
        _("Complaints"),
        _("What you and others said at each step."),
        _("Each complaint is answered by a date, and others can look at how."),
        _PARTIES,
        Ground.LAW,
        Keep.TRADE,
        ("complaints_complaint", "complaints_complaintevent"),
        {"complaints_complaint": ("contact", "words"), "complaints_complaintevent": ("words",)},
    ),
    Processing(
        "moderation",
        _("Reports of what should not stand here"),
        _("What you reported and why, what was decided, what a shop said to it. A visitor's e-mail until they are told."),
        _("So that what the law forbids is taken down, and whoever it concerns is heard."),
        _("Lapak; a shop reads the decision, and never who reported it"),
        Ground.LAW,
        Keep.TRADE,
        ("moderation_case", "moderation_casereport", "moderation_casepicture", "moderation_caseevent"),
        {
            "moderation_case": ("shown", "rule", "words", "appeal"),
            "moderation_casereport": ("email", "words", "found_word"),
            "moderation_casepicture": ("file",),
            "moderation_caseevent": ("words",),
        },
    ),
    Processing(
        "fee_consents",
        _("What your shop says to fees"),
        _("Whether it agrees to fees that Lapak announced, and what it objects."),
        _("Nobody pays more without having agreed, and that can be shown."),
        _("You, who works with you, and the operator"),
        Ground.LAW,
        Keep.FINANCE,
        ("fees_consent", "fees_consentevent"),
        {"fees_consent": ("objection", "answer"), "fees_consentevent": ("words",)},
    ),
    Processing(
        "reviews",
        _("Reviews"),
        _("Stars, words, pictures, the shop's answer, and what others reported of it."),
        _("So that others buy with open eyes."),
        _("Everybody; of your name its beginning alone"),
        Ground.CONTRACT,
        Keep.ACCOUNT,
        ("reviews_review", "reviews_reviewpicture", "reviews_reviewevent", "reviews_reviewreport"),
        {
            "reviews_review": ("answer", "hidden_because", "answer_hidden_because"),
            "reviews_reviewevent": ("words",),
            "reviews_reviewreport": ("words",),
        },
    ),
    Processing(
        "selling",
        _("Your shop and its goods"),
        _("Name, address, phone, NIB, who works there, and what was on sale."),
        _("So that buyers know from whom they buy."),
        _("Everybody; street and phone only couriers and whoever sends something back"),
        Ground.LAW,
        Keep.TRADE,
        (
            "shops_shop", "shops_member", "shops_invitation", "shops_announcedclosing", "catalogue_product",
            "catalogue_variant", "catalogue_productimage", "catalogue_storedimage", "mass_masschange",
            "mass_masschangerow",
        ),
        {
            "catalogue_product": (
                "title", "slug", "description", "brand", "option_names", "attributes", "source_category", "sold_before",
                "reviewed_before",
            ),
            "catalogue_variant": ("option_values", "seller_sku", "barcode"),
            "catalogue_productimage": ("source_path",),
            "catalogue_storedimage": ("sha256", "file"),
        },
    ),
    Processing(
        "moving",
        _("Files you brought or took along"),
        _("Lists of another marketplace, and the files that we made for you."),
        _("So that a shop can move in and out."),
        _NOBODY_ELSE,
        Ground.CONTRACT,
        Keep.FILES,
        (
            "moving_upload", "moving_takeout", "moving_sourcerecord", "moving_keptpicture", "moving_soughtpicture",
            "moving_chosencategory", "moving_chosenoptionname", "moving_chosencolumns", "moving_samegoods", "moving_feed",
            "past_pastorder", "past_pastline", "past_pastmonth", "past_pastgoods", "past_pastpromotion", "past_pastterms",
            "past_pastcreator", "past_pastincome", "past_pastincomemonth", "past_pastreview", "past_pastreviewreport",
            "partners_partner",
            "partners_partnerlink", "partners_partnerpay",
        ),
    ),
    Processing(
        "promoting",
        _("What creators promote"),
        _("Handle, showcase, profile, channels, links, samples, paid posts, invitations, and reviews of the account."),
        _("So that shops find you, and that you earn what you brought."),
        _("Everybody sees your showcase; a shop what you do for it"),
        Ground.CONTRACT,
        Keep.TRADE,
        (
            "affiliates_creator", "affiliates_membership", "affiliates_creatorinvitation", "affiliates_link",
            "showcase_showcase", "showcase_section", "showcase_placed", "profiles_profile", "profiles_profilecategory",
            "profiles_channel", "profiles_channelevent", "samples_sample", "samples_sampleevent", "posts_postoffer",
            "posts_post", "posts_postevent", "integrity_finding", "integrity_findingline", "integrity_appealpicture",
            "integrity_closing", "integrity_accountevent", "contenders_contender", "clicks_clicktotal",
        ),
        {
            "profiles_channel": ("platform", "address", "code", "reason"),
            "profiles_channelevent": ("words",),
            "samples_sample": ("words", "place", "reason", "courier", "tracking_number", "post"),
            "samples_sampleevent": ("words",),
            "posts_postoffer": ("words",),
            "posts_post": ("address", "reason", "objection"),
            "posts_postevent": ("words",),
            "integrity_finding": ("counts", "ids", "appeal"),
            "integrity_appealpicture": ("file",),
            "integrity_closing": ("words",),
            "integrity_accountevent": ("words",),
            "affiliates_creatorinvitation": ("place", "code"),
        },
    ),
    Processing(
        "known_clicks",
        _("Whose links you came by"),
        _("Your newest clicks on creators' links. Clicks of others are counted without knowing whose they are."),
        _("So that whoever brought you is paid also when you buy on another device."),
        _("You alone"),
        Ground.CONSENT,
        Keep.CLICKS,
        ("known_clicks_knownclick",),
    ),
    Processing(
        "notices",
        _("Notices"),
        _("What we told you in Lapak, and which mails you do without."),
        _("So that nothing happens to you that you do not hear of."),
        _("You alone"),
        Ground.CONTRACT,
        Keep.NOTICES,
        ("notices_notice", "notices_mutedtopic"),
    ),
    Processing(
        "mails",
        _("Mails"),
        _("To whom and what about; once it is sent what it said is gone."),
        _("So that a mail that did not go out is sent again."),
        _NOBODY_ELSE,
        Ground.CONTRACT,
        Keep.MAILS,
        ("notices_mail",),
        {"notices_mail": ("to", "subject", "text")},
    ),
    Processing(
        "changes",
        _("Who changed what"),
        _("Changes of shops, prices, bank accounts and rates, with the value before and after."),
        _("So that nobody can change where money goes in secret."),
        _("The shop's owner, and the operator"),
        Ground.INTEREST,
        Keep.TRADE,
        ("audit_change", "django_admin_log", "books_bookscheck", "users_look"),
        {
            "audit_change": ("subject_id", "name", "old", "new"),
            "django_admin_log": ("object_id", "object_repr", "change_message"),
            "books_bookscheck": ("found",),
            "users_look": ("reason",),
        },
    ),
    Processing(
        "privacy",
        _("What you decided about your data"),
        _("Consents with the words' version and the moment, and erasures."),
        _("So that it can be proved what you said, and that we did it."),
        _NOBODY_ELSE,
        Ground.LAW,
        Keep.TRADE,
        ("privacy_consentevent", "privacy_erasure"),
    ),
    Processing(
        "breaches",
        _("Breaches of people's data"),
        _("That data of yours were in the hands of others, and when we wrote to you about it; what was found and done."),
        _("So that everybody concerned hears of it, and that this can be proved."),
        _NOBODY_ELSE,
        Ground.LAW,
        Keep.TRADE,
        ("privacy_breach", "privacy_breachedperson", "privacy_breachevent"),
        {
            "privacy_breach": ("kinds", "how", "how_en", "measures", "measures_en", "trace"),
            "privacy_breachevent": ("words",),
        },
    ),
)  # fmt: skip

OF_NOBODY = frozenset(
    {
        # Of the framework and of jobs, which are given ids alone.
        "auth_permission", "auth_group", "auth_group_permissions", "django_content_type", "django_session",
        "procrastinate_workers", "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers",
        # How far work has come.
        "flows_stuckact", "flows_toldupto", "flows_watchedupto", "moving_fedupto", "audit_chainedupto", "audit_chainlink",
        "moderation_lookedupto",
        # Of goods, places, programmes and prices.
        "affiliates_programme", "affiliates_programmerate", "terms_specialrate", "terms_budgetterm", "terms_budgetuse",
        "samples_sampleterms", "discovery_promotable", "shipping_provincezone", "shipping_service", "shipping_rate",
        "catalogue_missingnumber", "catalogue_category", "catalogue_stock", "catalogue_productrating", "catalogue_shoprating",
        "catalogue_productchange", "fees_schedule", "fees_schedulerate", "taxes_pph22step", "taxes_pph22refund", "settings_step",
        # Counts and sums without a person, and marks that lose their key every night.
        "clicks_click", "clicks_clickhour", "clicks_clickday", "clicks_visitormark", "clicks_daykey",
        "results_dayresult", "results_daytotal", "ledger_balancesnapshot", "ledger_kindsnapshot",
    }
)  # fmt: skip
"""Tables that hold nothing of people, or nothing by which anybody is known."""
