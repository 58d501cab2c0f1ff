"""The hardest content that a newspaper, an office and a translator may bring about, on small
windows and large ones."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.server import Site, running_site

pytestmark = [pytest.mark.browser, pytest.mark.looks]

WORD = "Abcdefghij" * 6
#: A name, a headline and a sentence with a figure and a Latin name in them.
NAME = "ليلى الخطيب"
HEADLINE = "بيان صحفي: أسعار الفائدة في أمريكا اللاتينية ترتفع 4.5% بحسب CEPR"
SENTENCE = "قالت ليلى الخطيب إن الديون السيادية ارتفعت بنسبة 12.5% في IMF خلال هذا العام."
HARD = f"""
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from contacts.models import Contact
from releases import workflow
from releases.content import Content
from releases.models import Event, Series, Topic
by = User.objects.get(username="publisher")
word, arabic = {WORD!r}, "بيان صحفي عن الديون السيادية وأسعار الفائدة في أمريكا اللاتينية "
topics = [Topic.objects.create(name_en=f"{{word}} {{n}}", slug=f"hard-{{n}}") for n in range(8)]
people = [Contact.objects.create(
    name=f"{{word}} {{n}}", slug=f"hard-{{n}}", role="Role " * 20, languages=["en", "es", "pt-br"],
    phone="+12025550123", mobile="+12025550124", email=f"{{word.lower()}}{{n}}@example.org",
) for n in range(4)]
series = Series.objects.create(name_en=word, slug="hard", description=word)
for n, headline in enumerate([f"{{word}} " + "long headline " * 10, (arabic * 4)[:200], word]):
    edition = workflow.import_published(by, Content(
        headline=headline[:200], subhead=headline, slug=f"hard-{{n}}", dateline=word,
        summary=headline, body=f"<p>{{word}} {{arabic}}</p><table><tr><th>{{word}}</th><td>{{word}}"
        f"</td><td>{{word}}</td></tr></table><blockquote><p>{{word}}</p></blockquote>",
        topics=tuple(t.pk for t in topics), contacts=tuple(p.pk for p in people),
    ), timezone.now())
    release = edition.release
    workflow.place(release.pk, by, release.version, series)
    release.refresh_from_db()
    workflow.pin(release.pk, by, release.version)
arab = Contact.objects.create(name={NAME!r}, slug="arabic", role="متحدثة باسم المكتب",
    languages=["en", "ar"], phone="+12025550123", email="press@example.org")
workflow.import_published(by, Content(
    headline={HEADLINE!r}, subhead={SENTENCE!r}, slug="arabic", dateline="Beirut",
    summary={SENTENCE!r},
    body="<p>She said so in Washington.</p><h2>{HEADLINE}</h2><p>{SENTENCE}</p>"
    "<blockquote><p>{SENTENCE}</p></blockquote><ul><li>{SENTENCE}</li></ul>"
    "<table><tr><th>{NAME}</th><td>{SENTENCE}</td><td>12.5%</td></tr></table>",
    topics=(topics[0].pk,), contacts=(arab.pk,)), timezone.now())
Event.objects.create(title=f"{{word}} {{arabic}}", day=timezone.localdate() + timedelta(days=1),
    place=word, text=word, state="moved", reason=word, shown_from=timezone.now(),
    former_day=timezone.localdate(), url="https://www.example.org/")
"""
HARD_PAGES = (
    "/", "/releases/", "/releases/hard-0/", "/releases/hard-1/", "/releases/hard-2/", "/coming/",
    "/topics/", "/topics/hard-0/", "/contacts/", "/contacts/hard-0/", "/series/hard/", "/archive/",
    "/releases/arabic/", "/contacts/arabic/", "/search/?q=CEPR", "/releases/arabic/cite/",
    "/releases/arabic/editions/",
)  # fmt: skip
#: Where Arabic stands in a page that runs from left to right, and beside it what does not.
ARABIC = {
    "/releases/arabic/": (
        "h1", ".subhead", ".contact-name", ".prose h2", ".prose blockquote p", ".prose li",
        ".prose th",
    ),
    "/contacts/arabic/": ("h1", ".editions h3"),
    "/search/?q=CEPR": (".editions h3", ".hit-excerpt"),
    "/": (".lead .headline, .editions h3",),
}  # fmt: skip
ENGLISH = {"/releases/arabic/": (".prose p", ".prose td:last-child", ".contact bdi")}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A newsroom of its own with it: what is published can't be taken away again."""
    with (
        tempfile.TemporaryDirectory(prefix="press-site-") as folder,
        running_site(Path(folder)) as site,
    ):
        site.manage("shell", "--verbosity=0", "-c", HARD)
        yield site


@contextmanager
def zoomed(context: BrowserContext) -> Iterator[Page]:
    """A window of 1280 pixels at 200 %: what browsers then lay out is 640 wide."""
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 450})
    yield page
    page.close()


def wide(page: Page, addresses: tuple[str, ...]) -> dict[str, int]:
    """The pages that are wider than the window, with their width."""
    found = {}
    room = page.viewport_size["width"]
    for address in addresses:
        assert page.goto(address).status == 200, address
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > room:
            found[address] = width
    return found


def overlapping(page: Page) -> list[list[str]]:
    """Links and headings that are laid over one another."""
    return page.evaluate(
        """() => {
            const all = [...document.querySelectorAll("main :is(h1, h2, h3, p, li > a)")]
                .filter(one => one.checkVisibility() && !one.closest(".visually-hidden, .contact"));
            const found = [];
            for (const [n, one] of all.entries()) for (const other of all.slice(n + 1)) {
                if (one.contains(other) || other.contains(one)) continue;
                const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > 2 && down > 6) found.push([one.textContent, other.textContent]);
            }
            return found;
        }"""
    )


@pytest.mark.long
def test_it_fits(context: BrowserContext, page: Page):
    """Nothing scrolls sideways and nothing overlaps; one test, since the site takes a while."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert wide(page, HARD_PAGES) == {}
    with zoomed(context) as half:
        assert wide(half, HARD_PAGES) == {}
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in HARD_PAGES:
            page.goto(address)
            assert overlapping(page) == [], (width, address)


#: The direction in which the first such text with such letters runs: that of its element or, where
#: only its paragraphs have one, the edge at which its last line starts.
DIRECTION = """([selector, letters]) => {
    const has = new RegExp(letters, "u");
    const one = [...document.querySelectorAll(selector)].find(one => has.test(one.textContent));
    const range = document.createRange();
    range.selectNodeContents(one);
    const lines = [...range.getClientRects()].filter(line => line.width > 1);
    const bottom = Math.max(...lines.map(line => line.bottom));
    const last = lines.filter(line => bottom - line.bottom < 4);
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const left = Math.min(...last.map(line => line.left)) - box.left
        - parseFloat(style.paddingLeft) - parseFloat(style.borderLeftWidth);
    const right = box.right - Math.max(...last.map(line => line.right))
        - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth);
    return style.direction === "rtl" || right < left - 1 ? "rtl" : "ltr";
}"""


def test_arabic_runs_from_the_right_and_what_is_beside_it_does_not(page: Page):
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 800})
        for address, places in ARABIC.items():
            page.goto(address)
            for place in places:
                direction = page.evaluate(DIRECTION, [place, r"\p{Script=Arabic}"])
                assert direction == "rtl", (width, address, place)
        for address, places in ENGLISH.items():
            page.goto(address)
            for place in places:
                assert page.evaluate(DIRECTION, [place, "[A-Za-z0-9]"]) == "ltr", place
