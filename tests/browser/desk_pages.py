"""The pages of the desk that a browser looks at, by name: who opens them, and where they are."""

import json
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.people import enter, sign_out
from tests.server import Site

#: The demo's releases by the state they are in; a comment makes the margin whole.
KEYS = """
import json
from django.contrib.auth.models import Group, User
from contacts.models import Contact
from donations.models import Appeal
from releases import commenting
from releases.models import Edition, Release, Topic
by = User.objects.get(username="editor")
found = {
    "draft": Release.objects.filter(stage="draft", editions=None).first(),
    "in_review": Release.objects.filter(stage="in_review").first(),
    "scheduled": Release.objects.get(slug="when-rates-stay-high"),
    "public": Release.objects.get(slug="remittances-share-of-gdp"),
    "edition": Edition.objects.first(),
    "topic": Topic.objects.get(slug="bolivia"),
    "contact": Contact.objects.get(slug="maren-holloway"),
    "appeal": Appeal.objects.first(),
    "user": by,
    "group": Group.objects.first(),
}
if not found["public"].comments.exists():
    words = "remittances"
    commenting.add(found["public"], by, "Which year is this? Say so in the summary, too.", words)
print(json.dumps({name: row.pk for name, row in found.items()}))
"""


@dataclass(frozen=True)
class Place:
    """A page: who opens it, and its address, with the name of a row where its key stands."""

    role: str
    address: str


OURS = {
    "sign in": Place("", "/desk/login/"),
    "front": Place("editor", "/desk/"),
    "list": Place("editor", "/desk/releases/release/"),
    "empty form": Place("writer", "/desk/releases/release/add/"),
    "form": Place("publisher", "/desk/releases/release/{public}/change/"),
    "what is missing": Place("writer", "/desk/releases/release/{draft}/change/?check=1"),
    "publish": Place("publisher", "/desk/releases/release/{public}/publish/"),
    "publish urgently": Place("publisher", "/desk/releases/release/{in_review}/publish-urgently/"),
    "withdraw": Place("publisher", "/desk/releases/release/{public}/withdraw/"),
    "share": Place("publisher", "/desk/releases/release/{scheduled}/share/"),
    "send back": Place("editor", "/desk/releases/release/{in_review}/send-back/"),
    "history": Place("editor", "/desk/releases/release/{public}/history/"),
    "revision": Place("editor", "/desk/releases/release/{public}/revisions/1/"),
    "what differs": Place("editor", "/desk/releases/release/{public}/revisions/1/2/"),
    "restore": Place("writer", "/desk/releases/release/{public}/revisions/1/restore/"),
    "move": Place("publisher", "/desk/releases/release/{scheduled}/move/"),
    "mend note": Place("publisher", "/desk/releases/release/{public}/editions/2/note/"),
    "people": Place("writer", "/desk/releases/release/{draft}/people/"),
    "restricted": Place("administrator", "/desk/releases/release/restricted/"),
    "import": Place("writer", "/desk/releases/release/import/"),
    "group": Place("administrator", "/desk/auth/group/{group}/change/"),
    "find": Place("administrator", "/desk/find/?q=a"),
    "news": Place("writer", "/desk/news/"),
    "another moment": Place("writer", "/desk/at/"),
    "topics": Place("editor", "/desk/releases/topic/"),
    "topic": Place("editor", "/desk/releases/topic/{topic}/change/"),
    "contacts": Place("editor", "/desk/contacts/contact/"),
    "contact": Place("editor", "/desk/contacts/contact/{contact}/change/"),
    "appeals": Place("publisher", "/desk/donations/appeal/"),
    "appeal": Place("publisher", "/desk/donations/appeal/{appeal}/change/"),
    "editions": Place("editor", "/desk/releases/edition/"),
    "edition": Place("editor", "/desk/releases/edition/{edition}/change/"),
    "log": Place("editor", "/desk/releases/act/"),
    "password": Place("writer", "/desk/password_change/"),
    "account": Place("writer", "/desk/account/"),
    "second factor": Place("writer", "/desk/account/second-factor/"),
    "forgotten password": Place("", "/desk/password-reset/"),
    "who did what": Place("administrator", "/desk/who-did-what/"),
    "users": Place("administrator", "/desk/auth/user/"),
    "new user": Place("administrator", "/desk/auth/user/add/"),
    "user": Place("administrator", "/desk/auth/user/{user}/change/"),
}
#: Those that everybody has open all day, which are looked at in each language.
MAIN = ("front", "list", "form", "publish")


def keys(site: Site) -> dict[str, int]:
    """The keys of the rows that the addresses name."""
    return dict(json.loads(site.manage("shell", "--verbosity=0", "-c", KEYS)))


def visit(page: Page, place: Place, rows: dict[str, int]) -> None:
    """Open a page as the one who uses it."""
    sign_out(page)
    if place.role:
        enter(page, place.role)
    answer = page.goto(place.address.format(**rows))
    assert answer
    assert answer.status == 200
