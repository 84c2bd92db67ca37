"""All settings, in one place. Everything a deployment may change is an environment variable, checked here.

A wrong or missing value stops the start with one sentence that names the variable.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

from factcheck import environment as env
from factcheck import logs

BASE_DIR = env.BASE_DIR

DEBUG = env.flag("DEBUG", False)
# Set by factcheck/wsgi.py: this process answers people, so it needs a lasting key and a pool of connections.
SERVING = env.flag("FACTCHECK_SERVING", False)
SECRET_KEY = env.secret_key("SECRET_KEY", debug=DEBUG, serving=SERVING)

ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

# HTTPS=1, the default, expects a proxy in front that speaks TLS and sets X-Forwarded-Proto. `make run` serves
# plain HTTP on this machine and passes HTTPS=0.
HTTPS = env.flag("HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 31_536_000, 0, 63_072_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a working day
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
# Everything a page loads comes from here; no inline script or style, so that words scraped from the web can
# never run in a fact-checker's browser.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "claims",
]

MIDDLEWARE = [
    "factcheck.middleware.RequestLog",
    "factcheck.health.Health",  # before the host is checked: a probe knows no host name
    "factcheck.middleware.Unavailable",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a fifth. It pads each answer at random and tokens are masked anew each time, so that
    # the length tells nobody what is inside (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "claims.web.reader.Reader",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

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
                "claims.web.reader.appearance",
            ],
            "builtins": ["claims.web.templatetags.shell", "claims.web.templatetags.desk"],
            "libraries": {
                "workbench": "claims.web.templatetags.workbench",
                "desk": "claims.web.templatetags.desk",
            },
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL")}
# A connection is tried before it is used, so a restarted database costs nobody an error.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
WEB_THREADS = env.whole("WEB_THREADS", 8, 1, 64)
if SERVING:
    # As many connections as threads: nobody waits for one unless the database is away. Django's persistent
    # connections must be off beside a pool.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": WEB_THREADS,
        "timeout": 3,  # seconds; then the reader gets the 503 page
    }
else:
    # A worker process runs one task at a time on one connection, kept for a minute (factcheck/celery.py).
    DATABASES["default"]["CONN_MAX_AGE"] = 60

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "claims" / "web" / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The largest article accepted, in bytes. A long news feature is about 60 kB; a page with its markup 2 MB.
MAX_DOCUMENT_BYTES = env.whole("MAX_DOCUMENT_BYTES", 5_000_000, 1_000, 1_000_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_DOCUMENT_BYTES + 100_000

# How long a worker may be silent before another takes over its document, in seconds.
PIPELINE_LEASE_SECONDS = env.whole("PIPELINE_LEASE_SECONDS", 60, 1, 3_600)

# The longest task, in seconds: it is asked to stop, then killed, and its lease lets another try.
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_URL = env.broker("BROKER_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for ever
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A message taken by a worker that died comes back after this long, so it must be above the longest task;
    # the sweeper does not wait for it.
    "visibility_timeout": 360,
    # Look for such messages every 10 s; kombu's default throttle makes that 100 s.
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A request that sends a hint to a broker that is away gives up within two seconds: the row is the outbox.
    "socket_connect_timeout": 1,
    "socket_timeout": 15,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_DB_REUSE_MAX = 1_000_000  # connections are looked after in factcheck/celery.py instead
REPORT_TIME = env.clock("REPORT_TIME", "05:00")  # in TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "claims.tasks.sweep",
        "schedule": 10.0,
        "options": {"expires": 10},  # a sweep nobody took in time is replaced by the next
    },
    "count_outlets": {
        "task": "claims.tasks.count_outlets",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "nightly_report": {
        "task": "claims.tasks.nightly_report",
        "schedule": crontab(hour=str(REPORT_TIME.hour), minute=str(REPORT_TIME.minute)),
    },
}

# Who stands behind what is published: named on every public page and in its ClaimReview.
PUBLISHER_NAME = env.text("PUBLISHER_NAME", "Fact-check desk")
PUBLISHER_URL = env.web_address("PUBLISHER_URL")

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING = logs.configure(env.choice("LOG_FORMAT", "auto", ["auto", "json", "console"]), LOG_LEVEL)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.Schema",
    # JSON only: the browsable API needs inline scripts, which the content security policy refuses.
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "claims.api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "claims.api.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
    # A guard against a script gone wild, not a quota; counted in each web process by itself.
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "1200/min", "password": "10/min"},
}
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_TTL": timedelta(days=90),
}
KNOX_TOKEN_MODEL = "claims.ApiToken"  # noqa: S105
# knox's own migrations make the table of the model we replace, and nothing empties or uses it any more.
MIGRATION_MODULES = {"knox": None}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fact-checking workbench",
    "DESCRIPTION": (
        "Articles in, claims and findings out. Every error is application/problem+json (RFC 9457). Numbers "
        "that may be exact decimals (value, low, high, grain) are JSON strings."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["claims.api.schema.without_slash"],
    "APPEND_COMPONENTS": {"securitySchemes": {"basicAuth": {"type": "http", "scheme": "basic"}}},
    "ENUM_NAME_OVERRIDES": {
        "DocumentState": "claims.models.Document.State",
        "FindingState": "claims.api.serializers.FINDING_STATES",
        "UpOrDown": "claims.api.serializers.UP_OR_DOWN",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "validatorUrl": None},
}
