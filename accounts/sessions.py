"""Sessions that know whose they are: Django's own, with a column for the person.

Django's documentation shows this way (Extending database-backed session engines). What is told of
a session, since when, with which browser, stands in it; here it is copied where it can be listed.
"""

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

#: What a session of somebody signed in holds beside Django's own: seconds since 1970, and words.
SINCE, SEEN, BROWSER = "since", "seen", "browser"
#: Seconds after which another look is worth a row: "last seen" is no tighter than that.
COARSE = 600


class Session(AbstractBaseSession):
    """A session, and who is signed in by it; nobody yet: null."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    since = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    browser = models.CharField(max_length=80, blank=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")  # type: ignore[assignment]
        verbose_name_plural = _("sessions")  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseStore]:
        """Return the engine that reads these rows."""
        return SessionStore

    @property
    def reference(self) -> str:
        """What a page may call it by: the key itself is worth a sign-in."""
        return salted_hmac("accounts.session", self.session_key).hexdigest()[:24]


class SessionStore(DatabaseStore):
    """The engine (SESSION_ENGINE): Django's, on our table."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the model of the rows."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for this data, with what can be listed of it."""
        person = data.get(SESSION_KEY)
        if person:
            now = int(timezone.now().timestamp())
            data.setdefault(SINCE, now)
            data.setdefault(SEEN, now)
        row = cast(Session, super().create_model_instance(data))
        if person:
            row.user_id = int(person)
            row.since, row.seen = _moment(data[SINCE]), _moment(data[SEEN])
            row.browser = data.get(BROWSER, "")
        return row


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone())


def seen(session: Any) -> None:
    """Note that somebody is there, once in ten minutes: the row is written with the session."""
    now = int(timezone.now().timestamp())
    if session.get(SESSION_KEY) and now - session.get(SEEN, now) >= COARSE:
        session[SEEN] = now
