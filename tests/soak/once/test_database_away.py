"""PostgreSQL is killed and started again under load: readers read on, and nobody loses a word."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.nginx import in_front
from tests.server import Site, made_site, serving
from tests.soak.once.people import FORM, Answer, Person, readers, until
from tests.soak.script import run
from tests.with_postgres import Server, server

WARM = ("/", "/releases/", "/feed.atom", "/releases/remittances-share-of-gdp/", "/topics/bolivia/")
COLD = ("/releases/?year=1999", "/archive/", "/es/contacts/")
AWAY = 3
DRAFT = """
from releases.models import Release
print(Release.objects.filter(stage="draft", editions=None).values_list("pk", flat=True)[0])
"""
SAVED = """
from releases.models import Release
saved = Release.objects.get(pk={key}).revisions.order_by("number")
print("|".join(one.snapshot["headline"] for one in saved))
"""
PUBLISH = """
from tests.make import make_edition
make_edition(slug="after-the-fault", headline="After the Fault")
"""


@dataclass
class Place:
    """A site on a PostgreSQL server of its own: two processes, nginx before them."""

    database: Server
    site: Site
    direct: list[str]


@pytest.fixture
def place(tmp_path, monkeypatch) -> Iterator[Place]:
    monkeypatch.delenv("TESTS_SHARED", raising=False)
    # As in production: what was acknowledged is on the disk.
    with server(fsync="on", synchronous_commit="on", full_page_writes="on") as database:
        monkeypatch.setenv("PRESS_DATABASE_URL", database.address)
        with made_site(tmp_path) as environment, ExitStack() as processes:
            logs = [tmp_path / "one.log", tmp_path / "other.log"]
            direct = [processes.enter_context(serving(environment, log)) for log in logs]
            with in_front(direct, tmp_path / "nginx") as url:
                yield Place(database, Site(url, environment), direct)


def test_readers_read_on_and_nobody_loses_a_word(place: Place):
    key = run(place.site, DRAFT).strip()
    writer = Person(place.direct[0])
    writer.sign_in("writer")
    page, acknowledged = writer.ask(FORM.format(key)), []
    warm = [Person(url).ask(path) for url in (*place.direct, place.site.url) for path in WARM]
    assert {one.status for one in warm} == {200}
    with ExitStack() as stack:
        read = [stack.enter_context(readers(url, WARM)) for url in (place.site.url, *place.direct)]
        for turn in range(3):
            page = writer.press(page, "headline", "_continue", headline=f"Turn {turn}")
            acknowledged.append(f"Turn {turn}")
        place.database.stop()
        refused = [Person(url).ask(path) for url in place.direct for path in COLD]
        lost = writer.press(page, "headline", "_continue", headline="While it was away")
        time.sleep(AWAY)
        place.database.start()
        back = until(
            lambda: Person(place.direct[1]).ask(COLD[0]).status == 200, 10, "it never came back"
        )
    told(read)
    said(refused)
    assert lost.status == 503
    assert "does not answer" in lost.text
    # The button of that very page, pressed when the database is back.
    assert writer.press(lost, "headline").status == 200
    acknowledged.append("While it was away")
    stored = run(place.site, SAVED.format(key=key)).strip().split("|")
    assert stored[-len(acknowledged) :] == acknowledged
    run(place.site, PUBLISH)
    seen = until(
        lambda: all(
            "After the Fault" in Person(url).ask("/").text
            for url in (*place.direct, place.site.url)
        ),
        10,
        "what was published since is not there",
    )
    answers = sum(map(len, read))
    print(f"\n{answers} answers; back after {back:.1f} s; a new edition seen after {seen:.1f} s")


def told(read: list[list[Answer]]) -> None:
    """Every reader of a warm page got the whole of it, while the database was away as before."""
    assert all(len(answers) > 100 for answers in read)
    wrong = [one for answers in read for one in answers if one.status != 200 or not one.is_whole]
    assert wrong == []


def said(refused: list[Answer]) -> None:
    """Who wanted a page that nobody had kept was told to come back."""
    assert {one.status for one in refused} == {503}
    for one in refused:
        assert one.is_whole
        assert one.headers["retry-after"] == "10"
        assert "no-store" in one.headers["cache-control"]
