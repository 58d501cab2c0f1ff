"""A little site with something in every table, and all that can be told of one.

It runs in a process of its own, on the site's own database: tests/cepr_press/backup/sites.py.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import time_machine
from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.serializers.json import DjangoJSONEncoder

from accounts.log import note
from accounts.models import Account, Kind, RecoveryCode
from cepr_press.backup.tables import LEFT_OUT
from cepr_press.page_cache import PageCache
from contacts.models import Contact
from contacts.moves import store
from donations.models import Count, LinkCheck
from releases import autosaving, commenting, sharing, workflow
from releases.models import Release, Template
from tests import make
from tests.releases.newsroom.reader import Reader
from tests.releases.newsroom.walk import addresses

#: When it was all made, and the moment at which its pages are compared.
MADE, LOOKED_AT = datetime(2026, 3, 2, 15, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACCENTS = "Señal — “ação” 🗞️ \u2028 ' \" \\ </script> 東京"


def fill() -> None:
    """Make a row in every table, through the doors that staff use."""
    with time_machine.travel(MADE, tick=False) as clock:
        publisher, writer = make.make_user("publisher"), make.make_user("writer")
        writer.user_permissions.add(Permission.objects.first())
        public = _published(publisher)
        clock.shift(60)
        _corrected(public, publisher)
        _waiting(publisher)
        _written(writer)
        _around(public, publisher)
        clock.shift(60)
        _withdrawn(publisher)
        _signed_in(writer)
        # Its number is not given again.
        make.make_release(writer, headline="Deleted from the shell").delete()


def _published(publisher: Any) -> Any:
    content = vars(make.make_full_content(headline=ACCENTS, body=f"<p>{ACCENTS}</p>"))
    edition = make.make_edition(MADE - HOUR, **{**content, "language": "en"})
    make.make_translation(edition)
    release = Release.objects.get(pk=edition.release_id)
    release = workflow.pin(release.pk, publisher, release.version)
    series = make.make_series("A series", release)
    series.slug = f"{series.slug}-moved"
    store(series)
    return edition


def _corrected(edition: Any, publisher: Any) -> None:
    make.make_next_edition(edition, headline="Put right", note=f"The figure. {ACCENTS}")
    for row in (*edition.topics.all()[:1], *edition.contacts.all()[:1]):
        row.slug = f"{row.slug}-moved"
        store(row)
    make.make_appeal().topics.add(*edition.topics.all())
    appeal = make.make_appeal(is_default=False)
    appeal.releases.add(edition.release_id)
    columns = {"release_id": edition.release_id, "placement": "end", "language": "en"}
    Count.objects.create(day=MADE.date(), appeal=appeal, people=2, **columns)
    LinkCheck.objects.create(
        appeal=appeal, url=appeal.url, since=MADE, checked_at=MADE, verdict="unsure", words=ACCENTS
    )


def _waiting(publisher: Any) -> None:
    edition = make.make_edition(LOOKED_AT + HOUR, headline="Under embargo")
    sharing.make_link(edition.release, publisher, "Jo", "The Daily", "jo@example.org")


def _written(writer: Any) -> None:
    draft = make.make_release(writer, headline="A draft", figures=())
    commenting.add(draft, writer, "Is this so?")
    autosaving.keep(writer, draft, {"headline": [ACCENTS]})
    autosaving.arrive(writer, draft)
    secret = make.make_release(writer, headline="Restricted")
    workflow.restrict(secret.pk, writer, secret.version, [writer])


def _around(edition: Any, publisher: Any) -> None:
    make.make_event("A briefing")
    make.make_boilerplate(language="pt-br")
    Template.objects.update(body=f"<p>[date] {ACCENTS}</p>")
    contact = make.make_contact("Ana", photo=make.make_picture("ana.png"))
    make.make_duty(contact, MADE, MADE + timedelta(days=30), "es")
    LogEntry.objects.log_actions(
        publisher.pk, Contact.objects.filter(pk=contact.pk), ADDITION, "Added.", single_object=True
    )


def _withdrawn(publisher: Any) -> None:
    release = make.make_edition(MADE - HOUR, headline="Gone").release
    release.refresh_from_db()
    workflow.withdraw(release.pk, publisher, release.version, "error")


def _signed_in(writer: Any) -> None:
    Account.objects.create(user=writer, language="es", secret="JBSWY3DPEHPK3PXP", last_step=7)
    RecoveryCode.objects.create(user=writer, digest="a" * 64)
    note(Kind.SIGN_IN, writer, writer, ACCENTS)


def rows() -> dict[str, Any]:
    """Every row of every table that a backup keeps, and every file of the storage, by its name."""
    models = apps.get_models(include_auto_created=True)
    found: dict[str, Any] = {
        one._meta.label_lower: list(one._base_manager.order_by("pk").values())
        for one in models
        if one._meta.label_lower not in LEFT_OUT
    }
    return {**found, "files": files("")}


def files(folder: str) -> dict[str, str]:
    """Every file of the storage but the smaller copies of pictures, with the hash of its bytes."""
    if not default_storage.exists(folder or "."):
        return {}
    folders, names = default_storage.listdir(folder)
    found = {}
    for name in sorted(names):
        path = f"{folder}/{name}"
        with default_storage.open(path) as file:
            found[path] = sha256(file.read()).hexdigest()
    for name in sorted(folders):
        if name != "renditions":
            found |= files(f"{folder}/{name}".strip("/"))
    return found


def pages() -> dict[str, Any]:
    """The status and the hash of every page, list, feed and file of the newsroom at one moment."""
    reader, found = Reader(PageCache(WSGIHandler())), {}
    with time_machine.travel(LOOKED_AT, tick=False):
        for address in addresses():
            if "?" not in address and not address.startswith("/desk/"):
                answer = reader.ask(address)
                found[address] = [answer.status, sha256(answer.body).hexdigest()]
    return found


def tell(what: Callable[[], Any]) -> None:
    """Print what a function above returns, for another process."""
    print(json.dumps(what(), cls=DjangoJSONEncoder))
