"""Lapak's settings. Every environment variable read here is described in `docs/reference/settings.md`."""

import base64
import hashlib
import hmac
import os
import secrets
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from lapak.config.logs import log_to_stderr
from lapak.config.passwords import AUTH_PASSWORD_VALIDATORS, PASSWORD_RESET_TIMEOUT, SHORTEST_PASSWORD  # noqa: F401 - settings
from lapak.config.two_factors import MFA_ADAPTER, MFA_FORMS, MFA_SUPPORTED_TYPES, MFA_TOTP_TOLERANCE  # noqa: F401 - settings
from lapak.lib.dated import dated_number
from lapak.web.staff.look import UNFOLD  # noqa: F401 - a setting

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "lapak"


def _home() -> Path:
    """The data folder, made when it is missing; other users of the machine enter neither it nor what is made from now on.

    In it lie bank accounts, buyers' addresses, sellers' files and the key that signs sessions. Every process of Lapak comes
    by here first, and those that it starts inherit the mask.
    """
    os.umask(0o077)
    home = Path(os.environ.get("LAPAK_HOME", ROOT / ".lapak")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    status = home.stat()
    if status.st_mode & 0o077 and os.geteuid() in {0, status.st_uid}:
        home.chmod(0o700)
    return home


HOME = _home()
"""Where this installation keeps its data: the embedded database, media, the search index, its secret key."""


def _secret_key() -> str:
    """The key from `LAPAK_SECRET_KEY`, else one made on the first start and kept in the data folder."""
    if key := os.environ.get("LAPAK_SECRET_KEY"):
        return key
    file = HOME / "secret_key"
    if not file.exists():
        draft = HOME / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            draft.unlink()
    return file.read_text()


_SESSION = {
    # The few prepared statements (lib/prepared.py) are long: planning one costs more than running it, so it is done once
    # a connection. Django's own statements are bound on the client and never prepared.
    "plan_cache_mode": "force_generic_plan",
    # Every disk of today reads at random nearly as fast as in order: without being told, the server checks foreign keys
    # into young tables by reading them whole, and keeps to that plan while they grow.
    "random_page_cost": "1.1",
    # What waits, or keeps others waiting, gives up: a lock that a person waits for, a transaction that its process has
    # forgotten, and one that goes on and on. No act takes seconds; the longest reading, of all the books, takes some minutes.
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "transaction_timeout": "15min",
}
"""What each connection asks of the database."""


_POOL = {"pool": {"min_size": 1, "max_size": 10, "timeout": 10}, "prepare_threshold": 5}


def _database(url: str | None, embedded_user: str, options: dict[str, Any]) -> dict[str, Any]:
    """A server named by an address, else the embedded one, started on the first connection."""
    if not url:
        return {"ENGINE": "lapak.config.embedded", "NAME": "lapak", "USER": embedded_user, "OPTIONS": options}
    given = conninfo_to_dict(url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    database: dict[str, Any] = {setting: given.pop(key) for key, setting in names.items() if key in given}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **database,
        "OPTIONS": {**options, **given},
    }


def _derived_key(purpose: str) -> str:
    """A key of this installation alone, different for each purpose: nobody outside can know it."""
    digest = hmac.digest(SECRET_KEY.encode(), purpose.encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def _static_version() -> str:
    """Another word whenever a static file is another: ours by their content, the operator's by their packages."""
    digest = hashlib.sha256(f"{version('django')} {version('django-unfold')}".encode())
    for file in sorted(PACKAGE.glob("web/*/static/**/*.*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


DEBUG = os.environ.get("LAPAK_DEBUG") == "1"
LOGGING = log_to_stderr("DEBUG" if DEBUG else "INFO")
SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("LAPAK_OLD_SECRET_KEYS", "").split(",") if key]
BASE_URL = os.environ.get("LAPAK_BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("LAPAK_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "lapak.web.shell.kept.token_refused"
PROXIES = int(os.environ.get("LAPAK_PROXIES", "0"))
"""How many proxies stand in front, one asking the next (config/proxies.py)."""

_SESSION_OPTIONS = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
_URL = os.environ.get("DATABASE_URL")
DATABASES = {"default": _database(_URL, "lapak_plain", {**_POOL, "options": _SESSION_OPTIONS})}
# Only migrating connects as the owner (lib/owner.py), and takes the time it needs.
OWNER_DATABASE = _database(os.environ.get("LAPAK_OWNER_DATABASE_URL", _URL), "lapak", {})
# Limits hold for all processes together. The table is made by `lapak migrate`; a full one forgets a third of its entries.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What people typed into forms that outlived their session (web/shell/kept.py): apart, so that it pushes no limit out.
    "kept": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache_kept",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
    # What every page asks and hardly ever changes, kept by each process for some seconds (people/shops/closings.py).
    "mind": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Pictures drawn for whoever shares a page (web/shop/share_cards.py), some 80 kB each: 200 MB at most. Nothing is lost
    # with them.
    "cards": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cards",
        "TIMEOUT": 30 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 2_500},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "users.User"

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # without a site of its own: ours is lapak.web.staff.site
    "lapak.web.staff.apps.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before allauth, whose templates they replace.
    "lapak.web.shell",
    "lapak.web.shop",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "lapak.web.hooks",
    "lapak.web.sell",
    "lapak.web.create",
    "lapak.web.staff.apps.StaffScreensConfig",
    "lapak.flows",
    "lapak.books",
    "lapak.affiliates",
    "lapak.affiliates.clicks",
    "lapak.affiliates.contenders",
    "lapak.affiliates.showcase",
    "lapak.affiliates.known_clicks",
    "lapak.affiliates.withholding",
    "lapak.affiliates.terms",
    "lapak.affiliates.integrity",
    "lapak.affiliates.results",
    "lapak.affiliates.discovery",
    "lapak.affiliates.samples",
    "lapak.affiliates.posts",
    "lapak.affiliates.profiles",
    "lapak.moderation",
    "lapak.moving",
    "lapak.moving.past",
    "lapak.moving.partners",
    "lapak.trade.returns",
    "lapak.trade.reviews",
    "lapak.trade.complaints",
    "lapak.trade.orders",
    "lapak.trade.shipping",
    "lapak.goods.mass",
    "lapak.goods.search",
    "lapak.goods.catalogue",
    "lapak.money.payments",
    "lapak.money.gateways",
    "lapak.money.payouts",
    "lapak.money.remittances",
    "lapak.money.fees",
    "lapak.money.taxes",
    "lapak.money.statements",
    "lapak.money.ledger",
    "lapak.people.shops",
    "lapak.people.privacy",
    "lapak.people.settings",
    "lapak.people.users",
    "lapak.people.notices",
    "lapak.people.audit",
]

MIDDLEWARE = [
    "lapak.web.shell.policy.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lapak.web.shell.malformed.MalformedMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lapak.web.shell.address_ends.AddressEndMiddleware",
    "lapak.web.shell.session_user.SessionUserMiddleware",
    "lapak.web.shell.looking.LookingMiddleware",
    "lapak.web.shell.kept.KeepTypedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lapak.web.shell.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "lapak.config.urls"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # unfold's frame is replaced here: its app stands before ours, whose tables come last.
        "DIRS": [PACKAGE / "web/staff/frame"],
        "OPTIONS": {
            "loaders": [
                (
                    "lapak.web.shell.once.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lapak.web.shell.rule_numbers.rules",
            ],
        },
    },
]

FORM_RENDERER = "lapak.web.shell.forms.ShellRenderer"

# Signed cookies: no query per request, and nothing to clean up. What a user may do is read from the database anyway.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
# Where the site's address is https, a cookie of this name is taken from this very host alone, encrypted: no page of a
# neighbour's, and nobody on the way, can put one of theirs in its place (RFC 6265bis, 4.1.3.2).
IS_ENCRYPTED = BASE_URL.startswith("https://")
COOKIE_PREFIX = "__Host-" if IS_ENCRYPTED else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_ENCRYPTED
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["lapak.config.formats"]

# Static files come straight from the packages: nothing is collected, and nothing has to be run before the server. Their
# address changes with their content, so browsers keep them for good; the door compresses them (compression.py).
STATIC_URL = f"/static/{_static_version()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = "^$" if DEBUG else ""
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # What only the operator may see, such as files with people's bank accounts: under no web address.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "private", "allow_overwrite": True},
    },
}
# Django would open files to everybody; our own server shows what is to be seen.
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"

# No third-party origin, ever: docs/concepts/law-and-practice.md "The boundary with social media".
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = (
    "optional"  # who joins has confirmed theirs (web/shop/joining.py); a changed one is as good as none
)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "lapak.web.shop.sign_in.LoginForm",
    "reset_password": "lapak.web.shop.sign_in.ResetPasswordForm",
    "reset_password_from_key": "lapak.web.shop.sign_in.NewPasswordForm",
    "set_password": "lapak.web.shop.sign_in.SetPasswordForm",
    "change_password": "lapak.web.shop.sign_in.ChangePasswordForm",
    "add_email": "lapak.web.shop.sign_in.AddEmailForm",
    "reauthenticate": "lapak.web.shop.sign_in.ReauthenticateForm",
}
# The account counts first: a whole town may be behind one address (carrier-grade NAT). The numbers are ours.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,100/5m/ip",
    "login": "300/m/ip",
    "signup": "60/m/ip",
    "reset_password": "5/h/key,60/m/ip",  # nobody's mailbox is filled; each of the five opens the account
    "invite_member": "60/h/user",  # it tells who has joined
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Whoever holds an unlocked phone or a stolen session changes neither the e-mail nor where money goes (web/shell/acts.py).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "lapak.web.shop.sign_in.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

# Mail goes through this server; without one each is a file in the data folder: what a terminal shows is kept by logs.
EMAIL_HOST = os.environ.get("LAPAK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LAPAK_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("LAPAK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LAPAK_SMTP_PASSWORD", "")
# What a connection begins with: a plain one that is then encrypted, an encrypted one, or (a server on this machine) none.
SMTP_SECURITY = os.environ.get("LAPAK_SMTP_SECURITY", "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_SECURITY == "starttls", SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mails"
CONTACT_EMAIL = os.environ.get("LAPAK_CONTACT_EMAIL", "")
"""Where people write to the operator: what mails are answered to."""
DEFAULT_FROM_EMAIL = os.environ.get("LAPAK_MAIL_FROM") or f"Lapak <{CONTACT_EMAIL or 'lapak@localhost'}>"

TAXABLE_SINCE = date.fromisoformat(day) if (day := os.environ.get("LAPAK_TAXABLE_SINCE")) else None
"""Since when the operator is a taxable entrepreneur (PKP), who takes VAT on the fee. None: they are not."""

PAYMENT_PROVIDER = os.environ.get("LAPAK_PAYMENT_PROVIDER", "sandbox")
PAYOUT_PROVIDER = os.environ.get("LAPAK_PAYOUT_PROVIDER", PAYMENT_PROVIDER)
# Whose cash a payout takes. With a bank file the operator moves it from there to the account that pays the file.
PAYOUT_PAID_FROM = os.environ.get("LAPAK_PAYOUT_PAID_FROM", PAYMENT_PROVIDER)

# Play money into a real bank's file: refused unless this says so, for trying the file out.
PLAY_MONEY_TO_REAL_BANKS = os.environ.get("LAPAK_PLAY_MONEY_TO_REAL_BANKS") == "1"

# Pictures that did not come with a shop's files are fetched from the addresses in them; off where there is no network.
FETCH_PICTURES = os.environ.get("LAPAK_FETCH_PICTURES") == "1"

# The stand-in gateway. `lapak serve` starts it with these two keys; whoever knows them can report payments.
SANDBOX_URL = os.environ.get("LAPAK_SANDBOX_URL", "http://127.0.0.1:8010").rstrip("/")
SANDBOX_API_KEY = os.environ.get("LAPAK_SANDBOX_API_KEY") or _derived_key("sandbox API key")
SANDBOX_WEBHOOK_SECRET = os.environ.get("LAPAK_SANDBOX_WEBHOOK_SECRET") or f"whsec_{_derived_key('sandbox webhook')}"

# How long each side has (docs/concepts/orders-and-clocks.md), each with the days from which it changes, until an operator chooses
# otherwise (people/settings); an order keeps the clocks it was placed under.
CHANGED_ACCOUNT_HELD_HOURS = dated_number(os.environ.get("LAPAK_CHANGED_ACCOUNT_HELD_HOURS", "24"))
QRIS_PAY_WITHIN_MINUTES = dated_number(os.environ.get("LAPAK_QRIS_PAY_WITHIN_MINUTES", "30"))
PACK_WITHIN_WORKING_DAYS = dated_number(os.environ.get("LAPAK_PACK_WITHIN_WORKING_DAYS", "2"))
SHIP_WITHIN_WORKING_DAYS = dated_number(os.environ.get("LAPAK_SHIP_WITHIN_WORKING_DAYS", "3"))
CANCEL_ANSWER_WITHIN_HOURS = dated_number(os.environ.get("LAPAK_CANCEL_ANSWER_WITHIN_HOURS", "48"))
ARRIVE_WITHIN_DAYS = dated_number(os.environ.get("LAPAK_ARRIVE_WITHIN_DAYS", "15"))
DECIDE_WITHIN_DAYS = dated_number(os.environ.get("LAPAK_DECIDE_WITHIN_DAYS", "30"))
COMPLETE_AFTER_DAYS = dated_number(os.environ.get("LAPAK_COMPLETE_AFTER_DAYS", "6"))
COMPLETE_AFTER_DAYS_BY_SHOP = dated_number(os.environ.get("LAPAK_COMPLETE_AFTER_DAYS_BY_SHOP", "10"))
SEARCH_INDEX = HOME / "search"
