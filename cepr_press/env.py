"""Typed readers of the environment; every error names the variable and the value it had."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, white space trimmed, or `default` where it is not set."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable as a truth value; anything but the usual words is refused."""
    value = text(name, "yes" if default else "no").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write yes or no.")


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int, most: int) -> int:
    """Return the variable as a whole number from 0 to `most`."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number from 0 to {most}.")
    return int(value)


def token(name: str) -> str:
    """Return the variable, a word that nobody can guess, or ""; the error does not repeat it."""
    value = text(name)
    if value and (len(value) < 20 or not value.isascii() or " " in value):
        raise ImproperlyConfigured(
            f"{name} has {len(value)} characters: write 20 or more, ASCII, without spaces. "
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return value


def http_address(name: str) -> str:
    """Return the variable, which must be an http or https address where it is set."""
    value = text(name)
    address = urlsplit(value)
    if value and (address.scheme not in ("http", "https") or not address.hostname):
        raise ImproperlyConfigured(f"{name}={value!r}: write an address like https://host/path.")
    return value


def https_address_on(name: str, hosts: Sequence[str]) -> str:
    """Return the variable, which must be an https address on one of `hosts` where it is set."""
    value = text(name)
    address = urlsplit(value)
    if value and (address.scheme != "https" or address.netloc not in hosts):
        raise ImproperlyConfigured(
            f"{name}={value!r}: write an address that begins with https:// and one of these "
            f"hosts: {', '.join(hosts)}."
        )
    return value


def zones(name: str, default: str) -> list[str]:
    """Return the comma-separated variable as names of IANA time zones, each of which exists."""
    for zone in words(name, default):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ImproperlyConfigured(
                f"{name}: {zone!r} is no time zone; write names such as America/New_York."
            ) from error
    return words(name, default)


def choice(name: str, options: Sequence[str]) -> str:
    """Return the variable, which must be one of `options`; the first is the default."""
    value = text(name, options[0])
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(options)}.")
    return value


@dataclass(frozen=True)
class Mail:
    """How mail leaves: Django's backend, and what it needs."""

    backend: str
    folder: str | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    start_tls: bool = False
    tls: bool = False


def mail(name: str, default: str) -> Mail:
    """Return how to send mail from an address in the variable `name`.

    `smtp://user:password@host:587` (STARTTLS before anything is said), `smtps://…:465` (TLS from
    the first byte), `smtp+plain://host:25` (neither; for a server on this machine), `file:/folder`,
    `console:`, or nothing: no mail is sent.
    """
    value = text(name, default)
    address = urlsplit(value)
    backend = "django.core.mail.backends.{}.EmailBackend"
    if not value or value == "console:":
        return Mail(backend.format("console" if value else "dummy"))
    if address.scheme == "file" and address.path.startswith("/"):
        return Mail(backend.format("filebased"), folder=address.path)
    if address.scheme not in ("smtp", "smtps", "smtp+plain") or not address.hostname:
        # The value may hold a password: it is not repeated.
        raise ImproperlyConfigured(
            f"{name} can’t be read: write smtp://user:password@host:587, smtps://…, "
            "smtp+plain://host:25, file:/folder or console:"
        )
    return Mail(
        backend.format("smtp"),
        host=address.hostname,
        port=address.port or {"smtps": 465, "smtp": 587}.get(address.scheme, 25),
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        start_tls=address.scheme == "smtp",
        tls=address.scheme == "smtps",
    )


def database(name: str, default: Path) -> dict[str, object]:
    """Return Django's database settings from an address in the variable `name`.

    `postgres://user:password@host:port/name` or `sqlite:////absolute/path`; without the variable
    it is SQLite in the file `default`.
    """
    value = text(name)
    address = urlsplit(value)
    if address.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(address.path.lstrip("/")),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "",
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            # Seconds. A server that does not even refuse is as good as away.
            "OPTIONS": {"connect_timeout": 3},
        }
    if address.scheme not in ("", "sqlite"):
        raise ImproperlyConfigured(
            f"{name}={value!r}: write postgres://user:password@host:port/name "
            "or sqlite:////absolute/path."
        )
    return {
        "ENGINE": "cepr_press.sqlite",
        "NAME": address.path if value else default,
        "TEST": {"NAME": ":memory:"},  # pytest-django does so for Django's own engine alone
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # One writer at a time waits for its turn instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            # INSERT OR REPLACE is to run the triggers that guard editions, too.
            "PRAGMA recursive_triggers=ON;",
        },
    }


def storage(name: str) -> dict[str, object]:
    """Return Django's storage of media from an address in the variable `name`.

    `s3://bucket/folder?endpoint=https://host&region=name`, folder and question optional; without
    the variable it is the folder MEDIA_ROOT.
    """
    value = text(name)
    if not value:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    address = urlsplit(value)
    asked = dict(parse_qsl(address.query))
    if address.scheme != "s3" or not address.hostname or asked.keys() - {"endpoint", "region"}:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write s3://bucket/folder?endpoint=https://host&region=name."
        )
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(f"{name}={value!r}: install requirements-s3.txt first.")
    return {
        "BACKEND": "cepr_press.s3_storage.PrivateBucket",
        "OPTIONS": {
            "bucket_name": address.netloc,
            "location": address.path.strip("/"),
            "endpoint_url": asked.get("endpoint"),
            "region_name": asked.get("region"),
        },
    }


def secret(name: str, stored_in: Path, *, required: bool) -> str:
    """Return the secret in the variable `name`, or one made once and kept in `stored_in`.

    With `required` (production) a missing variable is an error that says how to make one.
    """
    value = text(name)
    if value:
        return value
    if required:
        raise ImproperlyConfigured(
            f"{name} is not set: production needs a secret key of its own. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if not stored_in.exists():
        stored_in.parent.mkdir(parents=True, exist_ok=True)
        stored_in.touch(mode=0o600)
        stored_in.write_text(token_urlsafe(50), encoding="ascii")
    return stored_in.read_text(encoding="ascii")
