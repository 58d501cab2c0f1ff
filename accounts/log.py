"""Writing the log of accounts: the one place where a line is made."""

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.utils import timezone, translation

from accounts.addresses import roughly
from accounts.browsers import browser_of, in_words
from accounts.models import AccountAct, Kind

Person = User | AnonymousUser | None


def name_of(person: Person) -> str:
    """Return what the log calls a person."""
    return (person.get_full_name() or person.get_username()) if isinstance(person, User) else ""


def note(kind: Kind, by: Person, whom: Person, why: str = "") -> AccountAct:
    """Write one line: `by` (None: somebody not signed in) did this to `whom`."""
    return AccountAct.objects.create(
        kind=kind,
        at=timezone.now(),
        by_id=getattr(by, "pk", None),
        by_name=name_of(by),
        whom_id=getattr(whom, "pk", None),
        whom_name=name_of(whom),
        why=why,
    )


def place(request: HttpRequest) -> str:
    """Return with which browser and from about where, in the office's language."""
    with translation.override(None):
        browser = in_words(browser_of(request))
    return ", ".join(part for part in (browser, roughly(request)) if part)
