"""The environment's settings: which go into an archive, for who sets the site up anew."""

import os
from collections.abc import Mapping
from typing import Final

KEPT: Final = frozenset(
    {
        "PRESS_ALLOWED_HOSTS",
        "PRESS_BACKUPS",
        "PRESS_COUNT_DONATIONS",
        "PRESS_COUNT_VIEWS",
        "PRESS_DEBUG",
        "PRESS_DONATION_FALLBACK",
        "PRESS_DONATION_HOSTS",
        "PRESS_LOG_FORMAT",
        "PRESS_LOG_LEVEL",
        "PRESS_LOG_REQUESTS",
        "PRESS_MAIL_FROM",
        "PRESS_MODE",
        "PRESS_OFFICE_ABOUT",
        "PRESS_OFFICE_ADDRESS",
        "PRESS_OFFICE_EMAIL",
        "PRESS_OFFICE_FULL_NAME",
        "PRESS_OFFICE_NAME",
        "PRESS_OFFICE_PHONE",
        "PRESS_OFFICE_REGION",
        "PRESS_OFFICE_TAGLINE",
        "PRESS_PROXIES",
        "PRESS_READER_ZONES",
        "PRESS_SECOND_FACTOR",
        "PRESS_SECURITY_CONTACT",
        "PRESS_SELF_APPROVAL",
        "PRESS_SITE_URL",
        "PRESS_SLOW_QUERY_MS",
        "PRESS_STATIC",
        "PRESS_TIME_ZONE",
        "PRESS_VAR",
    }
)
#: Secrets, and addresses that may have a password in them. A test holds that every variable
#: stands in one of the two lists.
SECRET: Final = frozenset(
    {
        "PRESS_DATABASE_URL",
        "PRESS_MAIL_URL",
        "PRESS_MEDIA_STORAGE",
        "PRESS_METRICS_TOKEN",
        "PRESS_PURGE_TOKEN",
        "PRESS_PURGE_URL",
        "PRESS_SECRET_KEY",
    }
)


def kept(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the variables that are set and are no secret."""
    return {name: environment[name] for name in sorted(KEPT) if name in environment}
