"""Commands of maintenance: they look, mend and tell, and readers notice nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from cepr_press import generation
from contacts import roster
from donations.models import LinkCheck
from files.models import Picture
from releases import guards, workflow
from releases.content import Figure
from releases.models import Edition, Release, Revision
from tests.cepr_press.test_page_cache import app
from tests.cepr_press.test_purge import told
from tests.make import (
    make_appeal,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_user,
)
from tests.releases.newsroom.reader import Reader
from tests.releases.newsroom.walk import Answer

__all__ = ["app", "told"]
OURS = {"accounts", "cepr_press", "contacts", "donations", "files", "releases"}
DAY = timedelta(days=1)


def run(name: str, *arguments: str) -> str:
    """Run a command; return what it printed."""
    printed = StringIO()
    call_command(name, *arguments, stdout=printed)
    return printed.getvalue()


#: How each command of maintenance is run here; with those of Django that docs/operation.md names.
MAINTENANCE: dict[str, Callable[[], str]] = {
    "check_archive": lambda: run("check_archive"),
    "reinstall_guards": lambda: run("reinstall_guards"),
    "purge": lambda: run("purge"),
    "reindex": lambda: run("reindex"),
    # No host is allowed here, so that no site is asked.
    "check_donation_pages": override_settings(DONATION_HOSTS=[])(
        lambda: run("check_donation_pages")
    ),
    "sweep_files": lambda: run("sweep_files", "--delete"),
    "export": lambda: run("export", str(Path(mkdtemp()) / "export")),
    # Where there is something already, it changes nothing.
    "load_demo": lambda: run("load_demo"),
    "migrate": lambda: run("migrate", "--verbosity=0"),
    "clearsessions": lambda: run("clearsessions"),
}
#: Why a command of ours is none of maintenance.
OTHERS = {
    "import_release": "It brings in a release: that is what it is for.",
    "reset_second_factor": "It changes an account: tests/accounts/test_second_factor.py runs it.",
    "trust_clock": "It takes back a moment: tests/releases/test_timekeeping.py runs it.",
    "backup": "It wants a transaction of its own: see tests/cepr_press/backup.",
    "restore": "It puts another site in the place of this one: see tests/cepr_press/backup.",
}


@pytest.fixture
def clock(db):
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


@pytest.fixture
def newsroom(clock) -> Release:
    """Something of every state; returns a public release of two editions."""
    make_appeal()
    make_release()
    make_edition(language="es")
    make_edition(timezone.now() + DAY)
    gone = make_edition().release
    gone.refresh_from_db()
    workflow.withdraw(gone.pk, make_user("publisher"), gone.version, "error")
    edition = make_edition(figures=(Figure(make_picture().pk, "A navy square."),))
    make_next_edition(edition, headline="Put right")
    clock.shift(60)
    # What a migration or a command finds committed has no foreign key left to be checked.
    connection.check_constraints()
    return edition.release


def rows() -> dict[str, list[dict]]:
    """Every row of every table of ours, and the accounts; but for a command's own log."""
    models = {one for one in apps.get_models() if one._meta.app_label in {*OURS, "auth"}}
    kept = sorted(models - {LinkCheck}, key=lambda one: one._meta.label)
    return {one._meta.label: list(one.objects.order_by("pk").values()) for one in kept}


def test_every_command_of_ours_has_its_row():
    ours = {name for name, home in get_commands().items() if home in OURS}
    missing = ours - MAINTENANCE.keys() - OTHERS.keys()
    assert not missing, f"say in MAINTENANCE how to run it, or in OTHERS why not: {missing}"
    assert {"check_archive", "reinstall_guards", "import_release"} <= ours


def differing(former: dict[str, Answer], present: dict[str, Answer]) -> list[str]:
    """The addresses that are answered otherwise than they were."""
    assert former.keys() == present.keys()
    return [at for at, one in former.items() if said(one) != said(present[at])]


def said(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.body, answer.headers


def each_run(clock) -> Iterator[str]:
    """Run one command after another, half a day later; yield the name of each that was run."""
    for name, command in MAINTENANCE.items():
        clock.shift(DAY / 2)
        command()
        clock.shift(-DAY / 2)
        yield name


def test_readers_notice_nothing_and_no_row_changes(app, newsroom, clock, told):
    pages, before = Reader(app).plainly(), rows()
    assert {200, 302, 404, 410} <= {one.status for one in pages.values()}
    changing = [name for name in each_run(clock) if rows() != before]
    assert changing == []
    assert differing(pages, Reader(type(app)(app.app)).plainly()) == []


@pytest.mark.long
def test_readers_notice_nothing_after_any_of_them(app, newsroom, clock, told):
    """No command puts right what the one before it did, besides rows."""
    pages = Reader(app).plainly()
    cold = {name: Reader(type(app)(app.app)).plainly() for name in each_run(clock)}
    assert cold.keys() == MAINTENANCE.keys()
    assert [name for name, found in cold.items() if differing(pages, found)] == []


# --- reinstall_guards ----------------------------------------------------------------------------


def drop(table: str, name: str) -> None:
    """Take a trigger or constraint away, as work by hand would."""
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")


def test_what_stands_is_left_alone(newsroom):
    assert run("reinstall_guards") == "All guards stand.\n"


def test_a_missing_guard_of_the_log_of_accounts_is_put_back(newsroom):
    drop("accounts_accountact", "account_act_fixed")
    assert run("reinstall_guards") == "Was missing, is back: account_act_fixed\n"
    assert run("reinstall_guards") == "All guards stand.\n"


def test_a_missing_guard_of_editions_is_put_back(newsroom):
    name = "edition_fixed" if connection.vendor == "postgresql" else "edition_text_fixed"
    drop("releases_edition", name)
    assert guards.missing(connection) == [name]
    assert run("reinstall_guards") == f"Was missing, is back: {name}\n"
    with pytest.raises(DatabaseError, match="an edition never changes"), transaction.atomic():
        Edition.objects.update(headline="Rewritten")
    assert run("reinstall_guards") == "All guards stand.\n"


def test_a_missing_guard_of_the_roster_is_put_back(newsroom):
    name = roster.NAMES[connection.vendor][-1]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE contacts_duty DROP CONSTRAINT {name}")
        else:
            cursor.execute(f"DROP TRIGGER {name}")
    assert roster.missing(connection) == [name]
    assert run("reinstall_guards") == f"Was missing, is back: {name}\n"
    assert roster.missing(connection) == []
    assert run("reinstall_guards") == "All guards stand.\n"


def test_missing_counters_are_put_back_and_count_on(newsroom):
    drop("releases_topic", "releases_topic_update_counts")
    number = generation.current()
    newsroom.topics.update(description="Not counted.")
    assert generation.current() == number
    assert "is back: releases_topic_update_counts" in run("reinstall_guards")
    assert generation.current() == number + 1
    newsroom.topics.update(description="Counted.")
    assert generation.current() == number + 2


def test_a_lost_generation_is_made_anew(newsroom):
    generation.Generation.objects.all().delete()
    assert "is back: the generation" in run("reinstall_guards")
    assert generation.current() == 1


# --- check_archive -------------------------------------------------------------------------------


def found() -> list[str]:
    """What is broken, as the command prints it; it has to fail."""
    printed = StringIO()
    with pytest.raises(CommandError):
        call_command("check_archive", stdout=printed)
    return printed.getvalue().splitlines()[:-1]


def bare_edition(**columns) -> Edition:
    """An edition that nothing hangs on, as a script past every door would store it."""
    release = Release.objects.create()
    defaults = {
        "number": 1, "headline": "Bare", "slug": f"bare-{release.pk}", "body": "<p>Bare.</p>",
        "dated": timezone.localdate(), "public_from": timezone.now(), "made_at": timezone.now(),
    }  # fmt: skip
    return Edition.objects.create(release=release, **{**defaults, **columns})


def test_a_whole_archive(newsroom):
    editions, texts = Edition.objects.count(), Release.objects.count() + Revision.objects.count()
    assert run("check_archive") == (
        f"{editions} editions, {editions + texts} texts, 1 pictures; "
        "0 to be shown cleaner than stored, 0 broken.\n"
    )


def test_an_edition_without_its_parts_is_found(newsroom):
    edition = bare_edition()
    named = f"Edition {edition.pk} ({edition.get_permanent_url()})"
    assert found() == [
        f"{named}: its address does not belong to its release",
        f"{named}: no topics",
        f"{named}: no media contacts",
    ]


def test_text_that_came_past_the_cleaner_is_told_and_is_no_failure(newsroom):
    Release.objects.filter(pk=newsroom.pk).update(body="<p onclick='x'>Text.</p>")
    assert run("check_archive").startswith(f"Release {newsroom.pk} (Put right): is edited with")
    bare_edition(body="<script>x</script><p>Text.</p>")
    assert any("is shown with cleaner markup" in line for line in found())


def test_a_picture_whose_file_is_gone_is_found(newsroom):
    picture = Picture.objects.get()
    picture.file.storage.delete(picture.file.name)
    assert found() == [f"Picture {picture.pk}: the file {picture.file.name} is gone"]


def test_a_revision_that_nobody_can_open_is_found(newsroom):
    Revision.objects.filter(release=newsroom, number=1).update(schema=99)
    assert found() == [
        f"Revision {newsroom.pk}/1: can’t be opened ({ValueError('unknown snapshot schema 99')!r})"
    ]
