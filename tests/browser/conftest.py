"""A real browser on the real application server, and a watch on all that the browser reports."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.people import Watch
from tests.server import Site, running_site

FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Milliseconds. A machine with other work is no fault of the page.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask a browser test that failed once more: it is told apart from a pass, as "rerun".

    A browser, a server and a test have a clock each; what fails twice is a fault.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The demo newsroom, served; one for each process of the suite."""
    with (
        tempfile.TemporaryDirectory(prefix="press-site-") as folder,
        running_site(Path(folder)) as site,
    ):
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Not longer than a module: while it runs, Django's tests can't use the database."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """What the browser reports; at the end of a test, nothing but what the test allowed."""
    watch = Watch(site.url)
    yield watch
    assert watch.reports == []


@pytest.fixture
def context(site: Site, browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """A browser without a past, in the press office's zone, watched."""
    context = browser.new_context(
        base_url=site.url, locale="en-US", timezone_id="America/New_York", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    watch.over(context)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab of it."""
    return context.new_page()


@pytest.fixture
def without_scripts(site: Site, browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """A browser that runs no JavaScript, watched."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    watch.over(context)
    yield context
    context.close()
