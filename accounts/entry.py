"""Coming in: from a right password, over the second factor, to a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone, translation

from accounts import factor, guessing, log
from accounts.browsers import browser_of
from accounts.models import Account, Kind, Session
from accounts.sessions import BROWSER

BACKEND = "django.contrib.auth.backends.ModelBackend"
#: Where a session keeps who gave the right password and still owes a code; for how many seconds.
HALF, PATIENCE = "half_way", 600


@dataclass(frozen=True)
class Refused:
    """A code that was not taken, and the seconds to wait before the next (0: just wrong)."""

    wait: int = 0


def wants_code(request: HttpRequest, user: User) -> bool:
    """After a right password: sign in who has no second factor, or remember who owes a code."""
    if not factor.has_factor(user):
        sign_in(request, user)
        return False
    # Nothing of an earlier session is taken along, and its key is not used again.
    request.session.flush()
    request.session[HALF] = [
        user.pk, user.get_session_auth_hash(), int(timezone.now().timestamp())
    ]  # fmt: skip
    return True


def half_way(request: HttpRequest) -> User | None:
    """Return who gave the right password in this session, not long ago, and owes a code."""
    key, proof, at = request.session.get(HALF, (None, "", 0))
    if key is None or timezone.now().timestamp() - at > PATIENCE:
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    # Whoever has changed the password meanwhile begins anew.
    return user if user and user.get_session_auth_hash() == proof else None


def with_code(request: HttpRequest, user: User, code: str) -> Refused | None:
    """Sign in by a code of the app or a recovery code; return why not, or None."""
    counted = guessing.counters(request, "code", user.get_username())
    wait = guessing.begin(counted)
    if wait:
        return Refused(wait)
    by_app = factor.takes_code(user, code)
    if not by_app and not factor.takes_recovery_code(user, code):
        log.note(Kind.WRONG_CODE, None, user, log.place(request))
        return Refused()
    guessing.forgive(counted)
    if not by_app:
        log.note(Kind.RECOVERY, user, user, log.place(request))
    sign_in(request, user)
    return None


def sign_in(request: HttpRequest, user: User) -> None:
    """Begin a session of this person under a new key; note it, with the language to write in."""
    login(request, user, BACKEND)
    request.session.pop(HALF, None)
    request.session[BROWSER] = browser_of(request)
    language = translation.get_language() or ""
    Account.objects.update_or_create(user=user, defaults={"language": language})
    log.note(Kind.SIGN_IN, user, user, log.place(request))


def end_sessions(user: User, kept: Iterable[str] = ()) -> int:
    """End the sessions of this person but for those with these keys; return how many."""
    ended, _by_model = Session.objects.filter(user=user).exclude(session_key__in=kept).delete()
    return ended


def end_others(request: HttpRequest) -> int:
    """End all sessions of whoever asks but this one."""
    return end_sessions(cast(User, request.user), [request.session.session_key or ""])
