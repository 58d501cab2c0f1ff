"""The second factor: codes by time (RFC 6238), and recovery codes for who lost the phone."""

import re
from base64 import b32decode, b32encode
from secrets import token_bytes
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP

from accounts.models import Account, RecoveryCode

DIGITS, STEP = 6, 30
#: Steps that a phone's clock may be off, either way.
TOLERANCE = 1
CODES = 10


def new_secret() -> str:
    """Return a fresh key of 160 bits in base32, as RFC 4226 asks for."""
    return b32encode(token_bytes(20)).decode()


def address(user: User, secret: str) -> str:
    """Return the otpauth address that an app reads from the QR code (Key Uri Format)."""
    issuer = f"{settings.PRESS_OFFICE['name']} desk"
    label = quote(f"{issuer}:{user.get_username()}")
    told = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{told}"


def picture(text: str) -> str:
    """Return a QR code as the address of an SVG picture, dark on white in any colour scheme."""
    return str(segno.make(text, error="m").svg_data_uri(scale=5, border=4, light="white"))


def step_of(secret: str, code: str, after: int) -> int | None:
    """Return the time step of a right code that is later than `after`, or None."""
    code = re.sub(r"\s", "", code)
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
        return None
    totp = TOTP(b32decode(secret), step=STEP, digits=DIGITS)
    totp.time = timezone.now().timestamp()
    right = totp.verify(int(code), tolerance=TOLERANCE, min_t=after + 1)
    return int(totp.t()) if right else None


def has_factor(user: User) -> bool:
    """Return whether a second factor is asked for when this person signs in."""
    return Account.objects.filter(user=user, confirmed_at__isnull=False).exists()


def owes_factor(user: User) -> bool:
    """Return whether this person's rights ask for a second factor (PRESS_SECOND_FACTOR)."""
    if settings.SECOND_FACTOR != "required":
        return False
    return any(user.has_perm(right) for right in settings.SECOND_FACTOR_RIGHTS)


@transaction.atomic
def turn_on(user: User, secret: str, step: int) -> list[str]:
    """Have this key be the second factor, its first code used up; return new recovery codes."""
    Account.objects.update_or_create(
        user=user,
        defaults={"secret": secret, "confirmed_at": timezone.now(), "last_step": step},
    )
    return new_codes(user)


@transaction.atomic
def turn_off(user: User) -> None:
    """Forget the key and all recovery codes."""
    Account.objects.filter(user=user).update(secret="", confirmed_at=None)
    RecoveryCode.objects.filter(user=user).delete()


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Make new recovery codes in the place of all others; return them, for this once."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [_fresh_code() for _number in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(user, code)) for code in codes
    )
    return codes


def codes_left(user: User) -> int:
    """Return how many recovery codes have not been used."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def takes_code(user: User, code: str) -> bool:
    """Take a code of the app, once: of two who bring it in one moment, one comes in."""
    account = Account.objects.filter(user=user, confirmed_at__isnull=False).first()
    step = step_of(account.secret, code, account.last_step) if account else None
    if step is None:
        return False
    return bool(Account.objects.filter(user=user, last_step__lt=step).update(last_step=step))


def takes_recovery_code(user: User, code: str) -> bool:
    """Take a recovery code, once."""
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def _fresh_code() -> str:
    """Return a code of 60 bits in groups of four, of letters and digits that look like no other."""
    text = b32encode(token_bytes(8)).decode().lower()[:12]
    return "-".join((text[:4], text[4:8], text[8:]))


def _digest(user: User, code: str) -> str:
    """60 random bits can't be guessed from a digest, so that no slow hash is needed."""
    plain = re.sub(r"[^a-z2-7]", "", code.lower())
    return salted_hmac("accounts.recovery", f"{user.pk}:{plain}", algorithm="sha256").hexdigest()
