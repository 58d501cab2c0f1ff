"""The settings: production refuses to start on anything unsafe, and says which variable to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cepr_press import env

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PRESS_MODE": "production",
    "PRESS_SECRET_KEY": "9Wq-only-for-this-test-X7u2mVtRk4Lz0cYpN8sBdGhJfQaE3iO6",
    "PRESS_ALLOWED_HOSTS": "press.example.org",
    "PRESS_SITE_URL": "https://press.example.org",
    "PRESS_MAIL_URL": "smtp://desk:word@mail.example.org:587",
    "PRESS_OFFICE_PHONE": "+12025550123",
    "PRESS_OFFICE_EMAIL": "office@press.example.org",
    "PRESS_DONATION_HOSTS": "donate.press.example.org",
}


def python(tmp_path: Path, arguments: list[str], **variables: str) -> subprocess.CompletedProcess:
    """Run Python in the project with these variables, and no other of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRESS_")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env={**kept, "PRESS_VAR": str(tmp_path), **variables},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def setting(tmp_path: Path, expression: str, **variables: str) -> str:
    """Return what an expression about the settings prints; fails where they don't load."""
    code = f"from django.conf import settings as s; print({expression})"
    done = python(tmp_path, ["-c", code], DJANGO_SETTINGS_MODULE="cepr_press.settings", **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def check(tmp_path: Path, *options: str, **variables: str) -> subprocess.CompletedProcess:
    return python(tmp_path, ["manage.py", "check", *options], **variables)


def test_production_settings_pass_django_s_own_check_for_deployment(tmp_path):
    done = check(tmp_path, "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def shipped() -> dict[str, str]:
    """The settings that we ship for production, with what has to be filled in put in."""
    text = (ROOT / "deploy" / "press.env.example").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines)
    empty = {name for name, text in settings.items() if not text}
    wanted = {"SECRET_KEY", "OFFICE_PHONE", "OFFICE_EMAIL", "DONATION_HOSTS"}
    assert empty == {f"PRESS_{name}" for name in wanted}
    return {**settings, **{name: PRODUCTION[name] for name in empty}}


def test_the_settings_that_we_ship_are_clean_and_known(tmp_path):
    ours = {**shipped(), "PRESS_DATABASE_URL": "", "PRESS_VAR": str(tmp_path)}
    done = check(tmp_path, "--deploy", "--fail-level", "INFO", **ours)
    assert done.returncode == 0, done.stderr
    told = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    assert [name for name in ours if f"`{name}`" not in told] == []


@pytest.mark.parametrize(
    ("variable", "value", "number"),
    [("PRESS_MAIL_URL", "", "accounts.W001"), ("PRESS_SECOND_FACTOR", "optional", "accounts.W002")],
)
def test_what_production_should_have_is_asked_for(tmp_path, variable, value, number):
    done = check(tmp_path, "--deploy", **{**PRODUCTION, variable: value})
    assert number in done.stderr
    assert variable in done.stderr


@pytest.mark.parametrize("variable", ["PRESS_SECRET_KEY", "PRESS_ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_does_not_start_without(tmp_path, variable, value):
    variables = {**PRODUCTION, variable: value}
    done = check(tmp_path, **{name: text for name, text in variables.items() if text is not None})
    assert done.returncode != 0
    assert variable in done.stderr.splitlines()[-1]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PRESS_DEBUG", "yes"),
        ("PRESS_DEBUG", "perhaps"),
        ("PRESS_MODE", "prod"),
        ("PRESS_DATABASE_URL", "mysql://a/b"),
        ("PRESS_SELF_APPROVAL", "sometimes"),
        ("PRESS_PURGE_URL", "file:///etc/passwd"),
        ("PRESS_MAIL_URL", "mail.example.org"),
        ("PRESS_SECOND_FACTOR", "sometimes"),
        ("PRESS_PROXIES", "two"),
        ("PRESS_METRICS_TOKEN", "short"),
        ("PRESS_SLOW_QUERY_MS", "-1"),
        ("PRESS_SLOW_QUERY_MS", "half a second"),
        ("PRESS_LOG_FORMAT", "xml"),
    ],
)
def test_a_value_that_will_not_do_is_named(tmp_path, variable, value):
    done = check(tmp_path, **{**PRODUCTION, variable: value})
    assert done.returncode != 0
    assert variable in done.stderr.splitlines()[-1]


def test_views_are_counted_beside_clicks_only(tmp_path):
    done = check(tmp_path, PRESS_COUNT_DONATIONS="no", PRESS_COUNT_VIEWS="yes")
    assert done.returncode != 0
    assert "PRESS_COUNT_VIEWS" in done.stderr.splitlines()[-1]


def test_production_is_safe_by_https_alone(tmp_path):
    names = [
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_HTTPONLY",
    ]
    asked = " and ".join(f"s.{name}" for name in names)
    expression = f"{asked} and s.SECURE_HSTS_SECONDS >= 31536000 and not s.DEBUG"
    assert setting(tmp_path, expression, **PRODUCTION) == "True"


def test_production_s_cookies_are_bound_to_the_very_host(tmp_path):
    """The prefix holds only with Secure, for all paths and without a domain (RFC 6265bis)."""
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"
    bound = "s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH"
    told = setting(tmp_path, f"{names}, {bound}, s.SESSION_COOKIE_SAMESITE", **PRODUCTION)
    assert told == "__Host-sessionid __Host-csrftoken None None / Lax"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://desk:p%40ss@mail.example.org", "mail.example.org 587 desk p@ss True False"),
        ("smtps://desk:word@mail.example.org", "mail.example.org 465 desk word False True"),
        ("smtp+plain://127.0.0.1", "127.0.0.1 25   False False"),
    ],
)
def test_the_mail_server_s_address_is_read(tmp_path, address, expected):
    expression = (
        "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, "
        "s.EMAIL_USE_SSL"
    )
    assert setting(tmp_path, expression, PRESS_MAIL_URL=address) == expected


def test_a_mail_server_s_password_is_not_repeated(tmp_path):
    done = check(tmp_path, **{**PRODUCTION, "PRESS_MAIL_URL": "pop://desk:hush@mail.example.org"})
    assert done.returncode != 0
    assert "hush" not in done.stderr


def test_passwords_are_kept_by_argon2(tmp_path):
    code = (
        "import django; django.setup(); from django.contrib.auth.hashers import make_password;"
        "print(make_password('pass word 12'))"
    )
    done = python(tmp_path, ["-c", code], DJANGO_SETTINGS_MODULE="cepr_press.settings")
    assert done.stdout.startswith("argon2$argon2id$"), done.stderr


def test_the_demo_makes_a_key_once_for_its_owner_only(tmp_path):
    keys = {setting(tmp_path, "s.SECRET_KEY") for _ in range(2)}
    (key,) = keys
    assert len(key) >= 50
    stored = next(path for path in tmp_path.rglob("*key*") if path.is_file())
    assert stored.stat().st_mode & 0o077 == 0


def test_the_demo_is_not_production(tmp_path):
    expression = "s.DEBUG, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT"
    assert setting(tmp_path, expression) == "False ['127.0.0.1', 'localhost', '[::1]'] False"


PRAGMAS = """
import django; django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys"):
        print(name, cursor.execute(f"PRAGMA {name}").fetchone()[0])
    statements = []
    connection.connection.set_trace_callback(statements.append)
    with transaction.atomic():
        cursor.execute("SELECT 1")
print(statements[0])
"""


def test_sqlite_lets_readers_read_while_one_writes_and_waits_its_turn(tmp_path):
    done = python(tmp_path, ["-c", PRAGMAS], DJANGO_SETTINGS_MODULE="cepr_press.settings")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:5] == [
        "journal_mode wal",
        "synchronous 1",
        "busy_timeout 20000",
        "foreign_keys 1",
        "BEGIN IMMEDIATE",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgres://u:p%40ss@db.example.org:5433/press", "p@ss db.example.org 5433 press"),
        ("postgresql://u@h/press", " h  press"),
    ],
)
def test_the_database_s_address_is_read(tmp_path, address, expected):
    expression = "*(s.DATABASES['default'][k] for k in ('PASSWORD', 'HOST', 'PORT', 'NAME'))"
    assert setting(tmp_path, expression, PRESS_DATABASE_URL=address) == expected.strip()


def test_sqlite_may_lie_elsewhere(tmp_path):
    expression = "s.DATABASES['default']['NAME']"
    address = f"sqlite://{tmp_path}/other.sqlite3"
    assert setting(tmp_path, expression, PRESS_DATABASE_URL=address) == f"{tmp_path}/other.sqlite3"


def test_a_zone_that_does_not_exist_is_named(monkeypatch):
    monkeypatch.setenv("PRESS_READER_ZONES", "UTC, Europe/Nowhere")
    with pytest.raises(ImproperlyConfigured, match="PRESS_READER_ZONES: 'Europe/Nowhere'"):
        env.zones("PRESS_READER_ZONES", "UTC")
