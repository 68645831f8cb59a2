"""Every setting of the register, read from the environment or from `.env` beside manage.py.

Nothing needs to be set to try the register out. It is in production as soon as BASE_URL names a
host other than this machine; `.env.example` lists every name read here and in gunicorn.conf.py.
"""

import os
import tempfile
import tomllib
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import BASE_DIR, base_url, is_loopback, kept_secret_key, read_environment

env = read_environment()
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]

# Where it runs

PORT = env.whole_number("PORT", 8000, least=1)
_url = base_url(env.text("BASE_URL", f"http://127.0.0.1:{PORT}"))
BASE_URL = _url.geturl()
PRODUCTION = not is_loopback(_url.hostname or "")
SECURE = _url.scheme == "https"
DEBUG = env.flag("DEBUG", default=False)

DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "data")
MEDIA_ROOT = env.folder("MEDIA_ROOT", DATA_DIR / "media")
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
for folder in (DATA_DIR, MEDIA_ROOT):
    folder.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured(
            f"SECRET_KEY belum diisi: {BASE_URL} adalah alamat produksi. Isi SECRET_KEY di .env,"
            " atau SECRET_KEY_FILE dengan letak berkas yang memuatnya."
        )
    SECRET_KEY = kept_secret_key(DATA_DIR / "secret_key")
if PRODUCTION and not SECURE:
    raise ImproperlyConfigured(
        f"BASE_URL harus diawali https://, bukan {BASE_URL}: di luar komputer ini tanda masuk"
        " hanya dikirim terenkripsi."
    )

# Seals the history; the first seals, all of them are recognised. Each holds for as long as rows it
# sealed are to be verified, so a key that was replaced stays among the fallbacks.
_history_key = env.text("HISTORY_KEY")
HISTORY_KEYS = [
    *([_history_key] if _history_key else [SECRET_KEY, *SECRET_KEY_FALLBACKS]),
    *env.names("HISTORY_KEY_FALLBACKS"),
]

_loopback_hosts = [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
_host = f"[{_url.hostname}]" if ":" in (_url.hostname or "") else _url.hostname or ""
ALLOWED_HOSTS = [_host, *_loopback_hosts, *env.names("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [BASE_URL, *env.names("CSRF_TRUSTED_ORIGINS")]
TRUSTED_PROXY_COUNT = env.whole_number("TRUSTED_PROXY_COUNT", 0)

# What it is made of

INSTALLED_APPS = [
    "institutions",
    "partnerships",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "simple_history",
    "csp",
    "config.backup",
]

MIDDLEWARE = [
    # Before everything that may answer by itself.
    "config.headers.AnswerHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Before WhiteNoise, which asks the file system for any path it is given.
    "config.middleware.RefuseNul",
    "config.middleware.ReopenReplacedFile",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before the session, which is written even when a request is refused.
    "config.bodies.WholeBodies",
    "config.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.uploads.WholeUploads",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.KeepSessionAlive",
    "config.kept_forms.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.WordedRefusals",
    "institutions.middleware.NameWay",
    "institutions.middleware.UnitRequired",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "institutions.forms.renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.version",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
]

# Database: SQLite in a file unless DATABASE_URL names a PostgreSQL

# A server that went silent is given up after seconds, so that the threads waiting for it are free
# as soon as it is back; the server for its part lets go of the locks of a client that vanished.
POSTGRES_OPTIONS = {
    "connect_timeout": 2,
    "tcp_user_timeout": 2000,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "options": " ".join(
        [
            # Compiling a list's query takes seconds, running it milliseconds.
            "-c jit=off",
            # Many people ask short questions; helpers of one query cost more than they bring.
            "-c max_parallel_workers_per_gather=0",
            # As long as SQLite waits for its one lock.
            "-c lock_timeout=20s",
            "-c tcp_user_timeout=2000",
            "-c tcp_keepalives_idle=1",
            "-c tcp_keepalives_interval=1",
            "-c tcp_keepalives_count=3",
        ]
    ),
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What one worker tells the others while its transaction is open.
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "progress",
        "TIMEOUT": 600,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_URL = env.text("DATABASE_URL")
DATABASE: dict[str, Any] = (
    env.db_url_config(DATABASE_URL)
    if DATABASE_URL
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "register.sqlite3")}
)
DATABASE["ATOMIC_REQUESTS"] = False
if DATABASE.get("ENGINE") == "django.db.backends.sqlite3":
    if DATABASE["NAME"] != ":memory:":
        DATABASE["NAME"] = str(BASE_DIR / DATABASE["NAME"])
    # Kept open: the last connection that closes removes the files a reader needs, and on a full
    # disk they cannot be made again.
    DATABASE.setdefault("CONN_MAX_AGE", None)
    DATABASE["OPTIONS"] = {
        # Writers wait for each other instead of failing half-way; FULL keeps the promise that
        # what was answered with "tersimpan" survives a power cut.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Sorting in memory, so that reading needs no room on a disk.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY;"
        ),
    }
    # A file, because WAL and locks do not exist in memory; named by process, because two test
    # runs may stand side by side.
    DATABASE["TEST"] = {
        "NAME": os.path.join(tempfile.gettempdir(), f"register-test-{os.getpid()}.sqlite3")
    }
elif DATABASE.get("ENGINE") == "django.db.backends.postgresql":
    DATABASE.setdefault("CONN_MAX_AGE", 600)
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # A URL may say otherwise.
    DATABASE["OPTIONS"] = POSTGRES_OPTIONS | DATABASE.get("OPTIONS", {})
else:
    raise ImproperlyConfigured("DATABASE_URL harus diawali postgres:// atau sqlite:///.")
DATABASES = {"default": DATABASE}

# Who signs in, and for how long

AUTH_USER_MODEL = "institutions.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = ["institutions.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "institutions.passwords.ContextWordValidator"},
]

if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
DEVICE_COOKIE_NAME = "__Host-device" if SECURE else "device"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.kept_forms.csrf_failure"
CSRF_COOKIE_SECURE = SECURE

# A reason may be a sentence; the default column would cut it at 100 characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# What a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
# Probes come from the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.whole_number("HSTS_SECONDS", 365 * 24 * 3600) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION

# What a request may carry: the attendance of a large signing is one form of some thousand fields

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.uploads.UploadedToDisk",
]

# Language and time

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
COLLECTED_STATIC = (
    env.flag("COLLECTED_STATIC", default=False) and (STATIC_ROOT / "staticfiles.json").is_file()
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.StaticFiles"},
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
WHITENOISE_AUTOREFRESH = not COLLECTED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Mail

EMAIL_TIMEOUT = 10
vars().update(env.email_url_config(env.text("EMAIL_URL", "consolemail://")))
# Printing mail, or dropping it, reaches nobody.
SENDS_MAIL = vars().get("EMAIL_BACKEND") == "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", f"Register Kemitraan <register@{_url.hostname}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Log, on standard output; whoever runs the register decides where it goes

LOG_LEVEL = env.word("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
        },
    },
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    # Django's own handlers print errors only while DEBUG is on and mail them otherwise.
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
    },
}
