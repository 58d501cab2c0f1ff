"""The one settings file. What differs between machines comes from variables named PRESS_…

`PRESS_MODE` is `demo` (the embedded default, for one machine and for development) or `production`,
which refuses to start on anything unsafe. docs/operation.md lists every variable.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("PRESS_VAR", str(BASE_DIR / "var")))

PRESS_MODE = env.choice("PRESS_MODE", ["demo", "production"])
PRODUCTION = PRESS_MODE == "production"

DEBUG = env.flag("PRESS_DEBUG")
SECRET_KEY = env.secret("PRESS_SECRET_KEY", VAR / "secret-key", required=PRODUCTION)
ALLOWED_HOSTS = env.words("PRESS_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
SITE_URL = env.text("PRESS_SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("PRESS_DEBUG=yes: production never shows debug pages; unset it.")
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "PRESS_ALLOWED_HOSTS names no hosts: name those that readers and staff use, with commas "
        "between, as in PRESS_ALLOWED_HOSTS=press.example.org"
    )

# --- The press office -----------------------------------------------------------------------
PRESS_OFFICE = {
    "name": env.text("PRESS_OFFICE_NAME", "CEPR"),
    "full_name": env.text("PRESS_OFFICE_FULL_NAME", "Center for Economic and Policy Research"),
    "tagline": env.text("PRESS_OFFICE_TAGLINE")
    or _("Research on the economy and on foreign policy, from Washington DC."),
    "about": env.text("PRESS_OFFICE_ABOUT")
    or (
        ""
        if PRODUCTION
        else _("A demonstration newsroom: its people, reports and figures are invented.")
    ),
    "phone": env.text("PRESS_OFFICE_PHONE", "+12025550100"),
    "email": env.text("PRESS_OFFICE_EMAIL", "press@example.org"),
    "address": env.text("PRESS_OFFICE_ADDRESS", "Washington DC"),
    "region": env.text("PRESS_OFFICE_REGION", "US"),
}
# Where to report a hole: an address by https, or mailto:. Empty: the office's own mail.
SECURITY_CONTACT = env.text("PRESS_SECURITY_CONTACT")
# What other applications add to a release page: functions of edition, moment and the keys of its
# topics that return what templates see, or what makes it (Context in releases/newsroom/parts.py).
RELEASE_PAGE_ADDITIONS = ["donations.shown.on_release"]
# The same for the page of a topic: functions of topic, moment and language.
TOPIC_PAGE_ADDITIONS = ["donations.shown.on_topic"]
# What they add to the desk's front page: functions of a person and the moment, to title and rows.
DESK_FRONT_ADDITIONS = ["donations.link_check.to_look_at"]
# What tells the number of the last change that readers can see: counts are taken once for each.
CONTENT_GENERATION = "cepr_press.generation.current"
# Who hears of a changed topic or contact: functions of the former row and the present one.
AFTER_CHANGED_NAMES = ["releases.search.index.renamed"]
# Donation links may lead to these hosts only, and only by https.
DONATION_HOSTS = env.words("PRESS_DONATION_HOSTS", "www.example.org,cepr.net,www.cepr.net")
# Where the button of an appeal leads that has ended, or whose page is broken.
DONATION_FALLBACK = env.https_address_on("PRESS_DONATION_FALLBACK", DONATION_HOSTS)
# Buttons go through /donate/, which counts; without, they lead straight to the donation page.
COUNT_DONATIONS = env.flag("PRESS_COUNT_DONATIONS", default=True)
# A script tells when an appeal was seen, so that a rate of clicks can be shown. No by default:
# without it, pages with an appeal carry no script at all.
COUNT_VIEWS = env.flag("PRESS_COUNT_VIEWS")
if COUNT_VIEWS and not COUNT_DONATIONS:
    raise ImproperlyConfigured(
        "PRESS_COUNT_VIEWS=yes: views are of use beside clicks only; set PRESS_COUNT_DONATIONS=yes."
    )
# Caches in front that are told of each change may hold pages for longer.
PURGE_URL = env.http_address("PRESS_PURGE_URL")
PURGE_TOKEN = env.text("PRESS_PURGE_TOKEN")
# A small office may let a person approve his or her own text; the log says so each time.
SELF_APPROVAL = env.flag("PRESS_SELF_APPROVAL")

# --- Mail ---------------------------------------------------------------------------------------
# Invitations and links to new passwords. The demo prints what it would send.
MAIL = env.mail("PRESS_MAIL_URL", "" if PRODUCTION else "console:")
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL.backend, MAIL.folder
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.start_tls, MAIL.tls, 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("PRESS_MAIL_FROM", str(PRESS_OFFICE["email"]))

# --- The application --------------------------------------------------------------------------
INSTALLED_APPS = [
    "cepr_press",
    "donations",
    "releases",
    "contacts",
    "files",
    "accounts",
    "ckeditor",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cepr_press.watch.queries.watched",
    "django.middleware.security.SecurityMiddleware",
    # Before the files: they carry the policies, too.
    "cepr_press.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cepr_press.middleware.language_of_the_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.at_the_desk",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cepr_press.watch.queries.server_timing",
]

ROOT_URLCONF = "cepr_press.urls"
WSGI_APPLICATION = "cepr_press.wsgi.application"

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
                "releases.newsroom.context.newsroom",
            ],
        },
    },
]

DATABASES = {"default": env.database("PRESS_DATABASE_URL", VAR / "press.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt-br", "Português")]
# What staff chose for the desk; the newsroom never sees this cookie.
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_PATH = "desk_language", "/desk/"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
# The press office's own zone: times are entered and shown in it, and stored in UTC.
TIME_ZONE = env.text("PRESS_TIME_ZONE", "America/New_York")
# Where readers are: a planned moment is shown by these clocks, too.
READER_ZONES = env.zones("PRESS_READER_ZONES", "UTC,America/La_Paz,Europe/Madrid")

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("PRESS_STATIC", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "cepr_press.static_finders.LoadedFilesFinder",
]
# Files that came in through the gate. They are answered by a view, which asks whether a public
# edition refers to them: the folder itself, or the bucket, is never served.
MEDIA_ROOT = VAR / "media"
# Where `manage.py backup` puts its archives.
BACKUPS = Path(env.text("PRESS_BACKUPS", str(VAR / "backups")))
STORAGES = {
    "default": env.storage("PRESS_MEDIA_STORAGE"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "cepr_press.static_storage.OneStylesheetStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# The editor: a short toolbar made of what releases.html.clean() lets through, and nothing else.
CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": [
            ["Format", "Bold", "Italic", "Subscript", "Superscript"],
            ["NumberedList", "BulletedList", "Blockquote", "Table", "HorizontalRule"],
            ["Link", "Unlink", "SpecialChar"],
            ["Undo", "Redo", "RemoveFormat", "Find"],
        ],
        "format_tags": "p;h2;h3;h4",
        "width": "100%",
        "height": 480,
        "entities": False,
        "disableNativeSpellChecker": False,
        "removePlugins": "elementspath,iframe,flash,forms,scayt,wsc,pastefromword,exportpdf,"
        "pastefromgdocs,pastefromlibreoffice,pastetools,"
        "sourcearea,stylesheetparser,uploadimage,image,smiley,pagebreak,about,div",
        "versionCheck": False,
        # What is pasted reaches releases.html.clean() as it was: only that knows Word from text.
        # Pictures, frames and scripts don't even get into the editor.
        "allowedContent": "a abbr address article b big blockquote br caption center cite code col "
        "colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header "
        "hr i ins kbd li main mark ol p pre q s samp section small span strike strong sub sup "
        "table tbody td tfoot th thead time tr tt u ul var[*]{*}(*)",
        "disallowedContent": "*[on*]",
        "pasteFilter": None,
    }
}
# The editor the press office asked for is out of support; how it is contained stands in
# docs/decisions/0003-rich-text.md.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

# "127.0.0.1:8123": the one server on this machine that the check of links may ask. For tests.
LINKS_STAND_IN = ""

# --- Safety -----------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
# Whether publishers and administrators must have a second factor; others may in any case. The
# demo stays one step.
SECOND_FACTOR = env.choice(
    "PRESS_SECOND_FACTOR",
    ["required", "optional"] if PRODUCTION else ["optional", "required"],
)
# Whoever has one of these rights is meant.
SECOND_FACTOR_RIGHTS = ["releases.publish_release", "auth.change_user"]
# Proxies of ours in front, each of which adds what it saw to X-Forwarded-For.
PROXIES = env.number("PRESS_PROXIES", 1 if PRODUCTION else 0, 9)
# A link to a new password is good for two hours; an invitation for a week.
PASSWORD_RESET_TIMEOUT = 2 * 3600
# Sessions know whose they are, so that they can be listed and ended.
SESSION_ENGINE = "accounts.sessions"
# Browsers take a cookie with this prefix from this very host alone, by https, for all paths.
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "csrftoken"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Browsers take secure cookies by https only, and the demo is served by http on this machine.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
# Production stands behind a web server on the same machine, which sets this header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

BEHIND_PROXY = PRODUCTION

# --- Seeing what happens ----------------------------------------------------------------------
# Who brings this word, as "Authorization: Bearer …", gets metrics at /metrics; empty: nobody.
METRICS_TOKEN = env.token("PRESS_METRICS_TOKEN")
# A statement of the database that takes as many milliseconds is logged; 0: none.
SLOW_QUERY_MS = env.number("PRESS_SLOW_QUERY_MS", 500, 600_000)
# A line for every answer, at level INFO.
LOG_REQUESTS = env.flag("PRESS_LOG_REQUESTS")
LOG_FORMAT = env.choice("PRESS_LOG_FORMAT", ["text", "json"])
HANDLERS = ["console", *(["counted"] if METRICS_TOKEN else [])]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "cepr_press.watch.logs.Discreet"}},
    "formatters": {
        "text": {"()": "cepr_press.watch.logs.Lines"},
        "json": {"()": "cepr_press.watch.logs.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["discreet"],
            "formatter": LOG_FORMAT,
        },
        "counted": {"class": "cepr_press.watch.counters.CountingHandler", "level": "WARNING"},
    },
    "root": {"handlers": HANDLERS, "level": env.text("PRESS_LOG_LEVEL", "WARNING")},
    # Django's own handlers would say what was asked for; its lines come to the root as all others.
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "press.requests": {"level": "INFO" if LOG_REQUESTS else "NOTSET"},
    },
}
