"""Invitations: a signed link to choose the first password by. Good once, for a week."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "accounts.invitation"
AGE = timedelta(days=7)


def token(user: User, by: str) -> str:
    """Return what to put into the link; `by` is whom to ask where it has become old."""
    return signing.dumps([user.pk, _state(user), by], salt=SALT)


def inviter(token: str) -> str:
    """Return who sent this invitation, however old, or "" where we never made it."""
    try:
        return str(signing.loads(token, salt=SALT)[2])
    except signing.BadSignature:
        return ""


def invited(token: str) -> User | None:
    """Return who may choose a password by this link: nobody, once one was chosen or it is old."""
    try:
        key, state, _by = signing.loads(token, salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    return user if user and _state(user) == state and is_open(user) else None


def is_open(user: User) -> bool:
    """Return whether this person was invited and has not come yet."""
    return not user.has_usable_password()


def _state(user: User) -> str:
    """Return what changes when the password does, or the address: the link is void then."""
    return salted_hmac(SALT, f"{user.pk}\x1f{user.password}\x1f{user.email}").hexdigest()
