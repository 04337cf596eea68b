"""One file, from the environment. With nothing set it runs on a laptop; with PORTAL_PRODUCTION=1 it wants the whole
configuration and portal/checks.py says what is missing."""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR", BASE / "var"))


def env_bool(name: str, default: bool = False) -> bool:
    said = os.environ.get(name, "").strip().lower()
    if said in ("", "0", "false", "no"):
        return default if said == "" else False
    if said in ("1", "true", "yes"):
        return True
    raise ImproperlyConfigured(f"{name}={said!r}: write 1 or 0.")


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def env_secret(name: str) -> str:
    """A secret stands in NAME itself or in the file that NAME_FILE names, as container secrets do."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, "")


# Every trigger asks this setting. Where nobody has set it the question fails, and the database takes back a piece of work
# for each row: the more rows one transaction writes, the longer each takes.
NO_TRIGGER_IGNORED = "-c pgtrigger.ignore={}"


def database(url: str) -> dict:
    """postgres://user:password@host:port/name, or postgres:///name?host=/folder/of/the/socket."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql", ""):
        raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme}: the portal runs on PostgreSQL only.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or env_secret("DATABASE_PASSWORD")),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,  # a connection keeps the plans of long questions (portal/duties/planned.py)
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query | {"options": f"{query.get('options', '')} {NO_TRIGGER_IGNORED}".strip()},
    }


def broker(url: str) -> str:
    """Celery writes a socket's address, and the number behind it, its own way."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


# ------------------------------------------------------------------ where it runs
PRODUCTION = env_bool("PORTAL_PRODUCTION")
DEBUG = env_bool("PORTAL_DEBUG")
DEMO = env_bool("PORTAL_DEMO")
SECRET_KEY = env_secret("SECRET_KEY") or ("" if PRODUCTION else "only-for-a-laptop-" + "0" * 40)
SECRET_KEY_FALLBACKS = env_list(
    "SECRET_KEY_FALLBACKS"
)  # former keys: what was signed or encrypted with them is still read
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
DATABASES = {
    "default": database(DATABASE_URL),
    # the same database on a connection of its own: traces of access stand whatever becomes of the request
    "traces": database(DATABASE_URL) | {"TEST": {"MIRROR": "default"}},
    # and once more: a running job is claimed and says how far it is while its own transaction is open
    "jobs": database(DATABASE_URL) | {"TEST": {"MIRROR": "default"}},
}
TRACES_DATABASE = "traces"
JOBS_DATABASE = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "portal"}
}

# ------------------------------------------------------------------ what it is made of
INSTALLED_APPS = [
    "portal",
    "portal.accounts",
    "portal.files",
    "portal.help",
    "portal.history",
    "portal.duties",
    "portal.jobs",
    "portal.notifications",
    "portal.ui",
    "portal.watch",
    "portal.words",
    "branches",
    "members",
    "directives",
    "meetings",
    "portal.dashboards",
    "portal.reports",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "pghistory",
    "pgtrigger",
    "django_htmx",
    "template_partials",
]
PAGES_AT_ONCE = int(os.environ.get("PAGES_AT_ONCE", "0"))  # in a web process; 0: each thread makes its own
MIDDLEWARE = [
    "portal.watch.requests.NumberedRequest",
    "django.middleware.security.SecurityMiddleware",
    "portal.dashboards.live.LetInBefore",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.watch.lanes.Lanes",
    "portal.ui.compression.Brotli",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.ui.errors.WrongMethod",
    "portal.words.middleware.CleanInput",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.access.middleware.RequestActor",
    "portal.accounts.middleware.SlidingSession",
    "portal.accounts.middleware.FirstThingsFirst",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.access.reading.ReadingOnly",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "portal.ui.templatetags.ui",
                "portal.ui.templatetags.charts",
                "portal.ui.templatetags.plots",
                "portal.ui.templatetags.fields",
                "portal.ui.templatetags.lists",
                "portal.ui.templatetags.words",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.shell",
                "portal.accounts.context.reader",
            ],
        },
    }
]
FORM_RENDERER = "portal.ui.forms.PortalRenderer"

# ------------------------------------------------------------------ language: one, written directly
LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["portal.words.formats"]

# ------------------------------------------------------------------ accounts
AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.NameOrPhone"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "phone", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ONE_TIME_PASSWORD_DAYS = int(os.environ.get("ONE_TIME_PASSWORD_DAYS", "14"))  # how long a slip may be used
PASSWORD_RESET_TIMEOUT = 24 * 3600  # of the link in the mail
# A second factor is compulsory for who holds one of these roles (portal.access.roles), from so many days after the first
# time that it was asked for. Where the demo is loaded nobody is obliged.
SECOND_FACTOR_ROLES = env_list("SECOND_FACTOR_ROLES", "commune office,province office,inspector,administrator")
SECOND_FACTOR_GRACE_DAYS = int(os.environ.get("SECOND_FACTOR_GRACE_DAYS", "14"))
# allauth leads through the steps of signing in and keeps second factors and the list of sessions; every page is ours.
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # its checks want some; nobody signs up
ACCOUNT_RATE_LIMITS = False  # portal/accounts/limits.py
MFA_ADAPTER = "portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Cổng sinh hoạt chi bộ"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
# The door closes after repeated failures: by user and address together, since a whole commune may share one address.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who was told 15 minutes waits 15 minutes
AXES_DISABLE_ACCESS_LOG = True
# what it must not write down of a form, beside the field "password"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "current", "again", "code", "csrfmiddlewaretoken"]
AXES_LOCKOUT_CALLABLE = "portal.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "portal.accounts.addresses.client_address"

# ------------------------------------------------------------------ mail: into files on a laptop
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS")
EMAIL_USE_SSL = env_bool("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy' if PRODUCTION else 'filebased'}.EmailBackend"
)
# Where a mail leads to: nobody's request tells it where the portal stands.
SITE_ADDRESS = os.environ.get("SITE_ADDRESS") or (
    f"https://{next(iter(ALLOWED_HOSTS), 'localhost').removeprefix('.')}" if PRODUCTION else "http://127.0.0.1:8000"
)
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "Cổng sinh hoạt chi bộ <khong-tra-loi@localhost>"

# ------------------------------------------------------------------ history: written by the database, never changed
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField(null=True)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="events", db_constraint=False)

# ------------------------------------------------------------------ static files
ASSETS = VAR / "assets"  # made at set-up by `manage.py prepare`: fonts, the style sheet in one piece, the icon sprite
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE / "static", ASSETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60

# ------------------------------------------------------------------ files and images: private, served by the view "file"
FILES_MOST_BYTES_OF_A_DOCUMENT = 20 * 1024 * 1024
FILES_MOST_BYTES_OF_A_PHOTO = 25 * 1024 * 1024
FILES_MOST_PIXELS = 50_000_000  # an A4 page at 600 dpi has 35 million, a telephone's largest photo mostly 50
FILES_LONGEST_SIDE = 2400  # photos are kept no larger: enough for a sheet of A4


def files_storage() -> dict:
    """A folder; or a bucket of an S3-compatible service where FILES_S3_BUCKET names one (dependency group "s3").

    The bucket was tried against an imitation of S3 on one machine, never against a real service.
    """
    bucket = os.environ.get("FILES_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "portal.files.folder.PrivateFolder", "OPTIONS": {"location": VAR / "files"}}
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured('FILES_S3_BUCKET is set: install the dependency group "s3" of pyproject.toml.')
    key, secret = env_secret("FILES_S3_KEY"), env_secret("FILES_S3_SECRET")
    if bool(key) != bool(secret):
        raise ImproperlyConfigured("FILES_S3_KEY and FILES_S3_SECRET belong together: set both, or neither.")
    options = {
        "bucket_name": bucket,
        "endpoint_url": os.environ.get("FILES_S3_ENDPOINT") or None,
        "region_name": os.environ.get("FILES_S3_REGION") or None,
        "access_key": key or None,
        "secret_key": secret or None,
        "default_acl": None,  # private, as the bucket is; the portal alone hands files out
        "file_overwrite": False,
        "signature_version": "s3v4",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES["files"] = files_storage()
# Where the proxy sends files itself: the address under which it sees the folder of files, and the header it waits for.
# Not with a bucket: its files pass through the portal.
FILES_ACCEL = "" if os.environ.get("FILES_S3_BUCKET") else os.environ.get("FILES_ACCEL", "")
FILES_ACCEL_HEADER = os.environ.get("FILES_ACCEL_HEADER", "X-Accel-Redirect")

# The key that issued papers are signed with: a PKCS#12 file and its password; or a token, by the library that reads it, its
# PIN, and what the token and the key in it are called. Without one they go out unsigned.
SIGNING_FILE = os.environ.get("SIGNING_FILE", "")
SIGNING_PASSWORD = env_secret("SIGNING_PASSWORD")
SIGNING_TOKEN = os.environ.get("SIGNING_TOKEN", "")
SIGNING_TOKEN_LABEL = os.environ.get("SIGNING_TOKEN_LABEL", "")
SIGNING_KEY_LABEL = os.environ.get("SIGNING_KEY_LABEL", "")

# ------------------------------------------------------------------ security
SECURE = PRODUCTION  # TLS stands before the portal; on a laptop there is none
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # the container asks itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-phien" if SECURE else "phien"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a working day, from the last visit
SESSION_AGE_OF_OWN_DEVICE = 30 * 24 * 3600
CSRF_FAILURE_VIEW = "portal.ui.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# ------------------------------------------------------------------ work outside the request
CELERY_BROKER_URL = broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The broker delivers again what was not acknowledged within the hour, and what a killed worker held: harmless, since a job is
# claimed in the database. Tasks that are not jobs must be short, or safe to run twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
# heavy: reports and imports, one at a time, its process recycled; mail; quick: all else. A job's kind names its queue.
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_ROUTES = {
    "accounts.send_reset_link": {"queue": "mail"},
    "notifications.deliver": {"queue": "mail"},
    "files.clean_up": {"queue": "heavy"},
}
JOBS_MOST_ATTEMPTS = 3  # that a job's process may die under it
JOBS_SENT_AGAIN_AFTER = timedelta(minutes=2)  # the message of a job that nobody began

# ------------------------------------------------------------------ log: one JSON object a line, no names of persons
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.watch.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "celery": {"level": os.environ.get("LOG_LEVEL", "INFO"), "propagate": True},
        "axes.apps": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
