"""Mail to the owner of an account whose password, second factor or mail address has changed.

Whoever did it, the owner included: who was not, learns of it, and what to do. A mail that can't be
sent is logged, and hinders nothing.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import mail
from accounts.browsers import browser_of, in_words
from accounts.log import name_of

PASSWORD = gettext_lazy("Your password was changed.")
FACTOR_ON = gettext_lazy("The second factor of your account was turned on.")
FACTOR_OFF = gettext_lazy("The second factor of your account was turned off.")
NEW_CODES = gettext_lazy("New recovery codes were made for your account; the old ones are void.")
ADDRESS = gettext_lazy("The mail address of your account was changed.")


def tell(change: Promise, user: User, request: HttpRequest | None = None, former: str = "") -> None:
    """Write to the owner what was changed, as soon as it is stored.

    `request` is that by which it was done (None: at the command line), `former` a mail address
    that the account had until now: it is written to as well.
    """
    addresses = dict.fromkeys(filter(None, [former, user.email]))
    if not addresses or not mail.is_set_up():
        return
    told = _notice(change, user, request, timezone.now())
    messages = [EmailMessage(told.subject, told.body, to=[address]) for address in addresses]
    # A command ends at once, and has to wait; a server goes on.
    daemon = request is not None
    transaction.on_commit(lambda: mail.in_background(messages, daemon=daemon), robust=True)


def _notice(change: Promise, user: User, request: HttpRequest | None, at: datetime) -> EmailMessage:
    with translation.override(mail.language_of(user)):
        office = settings.PRESS_OFFICE
        return mail.message(
            user,
            _("Your account at the %(office)s desk has changed") % {"office": office["name"]},
            str(change),
            _circumstances(user, request, at),
            _("If you did this, or know of it, you need do nothing."),
            _("If not: have a link to a new password sent to you, and end all other sessions:"),
            _links(request),
            _("Then tell an administrator, or write to %(email)s.") % {"email": office["email"]},
        )


def _circumstances(user: User, request: HttpRequest | None, at: datetime) -> str:
    """Say when it was done, from which browser, and by whom where that is somebody else."""
    zone = timezone.get_default_timezone()
    told = {
        "moment": f"{date_format(timezone.localtime(at, zone), 'j F Y, H:i')} ({zone})",
        "browser": in_words(browser_of(request)) if request else _("the server’s command line"),
        "by": name_of(request.user) if request else "",
    }
    if told["by"] and request and request.user.pk != user.pk:
        return _("By %(by)s on %(moment)s, from %(browser)s.") % told
    return _("On %(moment)s, from %(browser)s.") % told


def _links(request: HttpRequest | None) -> str:
    """Return the addresses of what to do, each on a line."""
    paths = (reverse("admin_password_reset"), reverse("account"))
    return "\n".join(
        mail.absolute(request, path) if request else settings.SITE_URL + path for path in paths
    )
