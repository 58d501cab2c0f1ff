"""Mail about accounts, in the language of who gets it."""

import logging
from collections.abc import Iterable
from threading import Thread

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def is_set_up() -> bool:
    """Return whether mail is sent at all (PRESS_MAIL_URL)."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def language_of(user: User) -> str:
    """Return the language to write to this person in."""
    try:
        return str(user.account.language) or settings.LANGUAGE_CODE
    except ObjectDoesNotExist:
        return settings.LANGUAGE_CODE


def absolute(request: HttpRequest, path: str) -> str:
    """Return an address for a mail: at PRESS_SITE_URL, or where the desk was asked for."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def invitation(request: HttpRequest, user: User, by: str, path: str) -> None:
    """Send an invitation, at once. Raises OSError where that fails (smtplib's errors are some)."""
    with translation.override(language_of(user)):
        office = settings.PRESS_OFFICE["name"]
        told = {"office": office, "by": by, "name": user.get_username()}
        message(
            user,
            _("Your account at the %(office)s desk") % told,
            _(
                "%(by)s has made an account for you at the %(office)s desk. Choose your "
                "password here:"
            )
            % told,
            absolute(request, path),
            _("Your name there is %(name)s. The link is good once, and for a week.") % told,
            _("If you did not expect this, you need do nothing."),
        ).send()


def reset_links(request: HttpRequest, users: Iterable[User]) -> Thread:
    """Send a link to a new password to each, in the background.

    So the answer takes as long whether somebody is known or nobody. The database is asked for
    nothing there. A failure is logged, without the address.
    """
    return in_background([_reset(request, user) for user in users])


def in_background(messages: list[EmailMessage], *, daemon: bool = True) -> Thread:
    """Send these without having anybody wait; a failure is logged, without the address.

    With `daemon` a process that ends does not wait for it either.
    """
    sending = Thread(target=_send, args=(messages,), name="mail", daemon=daemon)
    sending.start()
    return sending


def _reset(request: HttpRequest, user: User) -> EmailMessage:
    places = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    address = absolute(request, reverse("password_reset_confirm", kwargs=places))
    with translation.override(language_of(user)):
        told = {"office": settings.PRESS_OFFICE["name"], "name": user.get_username()}
        return message(
            user,
            _("A new password for the %(office)s desk") % told,
            _(
                "Somebody, probably you, asked for a new password at the %(office)s desk. Choose "
                "it here:"
            )
            % told,
            address,
            _(
                "Your name there is %(name)s. The link is good once, and for two hours. Your "
                "second factor stays as it is."
            )
            % told,
            _("If it was not you, you need do nothing: your password is unchanged."),
        )


def _send(messages: list[EmailMessage]) -> None:
    try:
        if messages:
            get_connection().send_messages(messages)
    except OSError as error:
        logger.error("Mail about an account was not sent: %s", type(error).__name__)


def message(user: User, subject: str, *paragraphs: str) -> EmailMessage:
    """Return a mail to this person, whose language is the active one, that begins with the name."""
    hello = _("Hello %(name)s,") % {"name": user.get_short_name() or user.get_username()}
    return EmailMessage(subject, "\n\n".join([hello, *paragraphs]) + "\n", to=[user.email])
