"""Each state that a release can be in at noon, and where it is asked for."""

from datetime import UTC, datetime, timedelta

from releases import sharing, workflow
from releases.models import Release
from tests.make import make_edition, make_next_edition, make_release, make_user

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET_WORD = "Sassafras"
FORMER_WORD = "Tamarind"


def draft() -> str:
    return f"/releases/{make_release(headline=SECRET_WORD).slug}"


def scheduled() -> str:
    return f"/releases/{make_edition(NOON + HOUR, headline=SECRET_WORD).slug}"


def by_link() -> str:
    edition = make_edition(NOON + HOUR, headline=SECRET_WORD)
    secret = sharing.make_link(edition.release, make_user("publisher"), "Jo")
    return f"/embargo/{secret}/release"


def public() -> str:
    return f"/releases/{make_edition(NOON - HOUR, headline=SECRET_WORD).slug}"


def corrected() -> str:
    first = make_edition(NOON - 2 * HOUR, headline=FORMER_WORD)
    return f"/releases/{make_next_edition(first, headline=SECRET_WORD, note='Corrected.').slug}"


def superseded() -> str:
    first = make_edition(NOON - 2 * HOUR, headline=FORMER_WORD)
    make_next_edition(first, headline=SECRET_WORD)
    return f"/releases/{first.slug}/editions/1"


def to_come() -> str:
    first = make_edition(NOON - 2 * HOUR, headline=FORMER_WORD)
    make_next_edition(first, NOON + HOUR, headline=SECRET_WORD)
    return f"/releases/{first.slug}/editions/2"


def withdrawn() -> str:
    edition = make_edition(NOON - HOUR, headline=SECRET_WORD, body="<p>Never again.</p>")
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    return f"/releases/{edition.slug}"
