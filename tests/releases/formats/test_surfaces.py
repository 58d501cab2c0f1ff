"""The same states at every other surface that tells of a release: page, card, feeds, API …

What a state shows is what its editions say at noon: nothing of a working copy, of an edition to
come, of one replaced; of a withdrawn one its name, where people ask for it by its address.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import get_resolver
from lxml import html

from contacts.models import Contact
from releases.models import Edition, Release
from releases.newsroom.cards import card_of
from tests.house.urlmap import leaves
from tests.make import make_edition
from tests.releases.formats import states
from tests.releases.formats.states import FORMER_WORD, HOUR, NOON, SECRET_WORD

#: Always public, so that an empty list is told from a broken one.
OTHER = "Marigold"
OLD, NEW = (FORMER_WORD,), (SECRET_WORD,)

#: State: how it comes about, what is shown of it; None: withdrawn.
STATES: dict[str, tuple[Callable[[], str], tuple[str, ...] | None]] = {
    "draft": (states.draft, ()),
    "scheduled": (states.scheduled, ()),
    "embargoed by link": (states.by_link, ()),
    "an edition to come": (states.to_come, OLD),
    "public": (states.public, NEW),
    "corrected": (states.corrected, NEW),
    "superseded": (states.superseded, NEW),
    "withdrawn": (states.withdrawn, None),
}


def card(slug: str) -> str:
    """The card of the newest text of this slug, public or not; of a draft, of another text."""
    found = Edition.objects.filter(slug=slug).order_by("-number").first()
    digest = card_of(found).digest if found else "0123456789abcdef"
    return f"/releases/{slug}/card-{digest}.png"


def embedded(slug: str) -> str:
    return "/oembed?" + urlencode({"url": f"http://testserver/releases/{slug}/"})


def vcard(_slug: str) -> str:
    return f"/contacts/{Contact.objects.latest('pk').slug}.vcf"


#: Where one release is asked for: the address, the name in the map of addresses, the answer to who
#: asks for a withdrawn one, and whether it says the headline.
OF_ONE: dict[str, tuple[str | Callable[[str], str], str, int, bool]] = {
    "page": ("/releases/{}/", "newsroom:release", 410, True),
    "cite": ("/releases/{}/cite/", "newsroom:cite", 410, True),
    "editions": ("/releases/{}/editions/", "newsroom:editions", 410, True),
    "edition": ("/releases/{}/editions/1/", "newsroom:edition", 410, False),
    "card": (card, "newsroom:card", 410, False),
    "API": ("/api/releases/{}/", "newsroom:api_release", 410, True),
    "oEmbed": (embedded, "signposts:oembed", 404, True),
    "vCard": (vcard, "newsroom:vcard", 404, False),
}
#: Lists that are there in any case.
LISTS = (
    "/", "/releases/", f"/search/?q={SECRET_WORD}+OR+{FORMER_WORD}+OR+{OTHER}", "/archive/2031/05/",
    "/feed.atom", "/feed.rss", "/feed.json", "/kinds/press_release/feed.atom", "/api/releases/",
)  # fmt: skip
#: Lists that name addresses.
SITEMAPS = ("/sitemap-2031.xml", "/sitemap-news.xml")
#: The place of a release in the map of addresses.
RELEASE = "releases/<uslug:slug>"
#: Addresses below it that are asked for by test_matrix.py, and by the tests of differences.
ELSEWHERE = {"newsroom:download", "newsroom:edition_download", "newsroom:differences"}


@pytest.fixture
def clock(db) -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def brought_about(state: str) -> tuple[str, tuple[str, ...] | None]:
    """Bring a release into a state; return its slug, and what is shown of it."""
    make_edition(NOON - HOUR, headline=OTHER)
    make, shown = STATES[state]
    make()
    return Release.objects.latest("pk").slug, shown


@pytest.mark.parametrize("surface", OF_ONE)
@pytest.mark.parametrize("state", STATES)
def test_each_state_at_each_address_of_one_release(stranger, clock, state, surface):
    slug, shown = brought_about(state)
    where, _name, gone, says = OF_ONE[surface]
    answer = stranger.get(where.format(slug) if isinstance(where, str) else where(slug))
    if surface == "card" and state == "an edition to come":
        # Its hash is that of the text to come: it leads to the card of the public one.
        assert (answer.status_code, card_of(Edition.objects.get(number=1, slug=slug)).digest) == (
            302,
            answer["Location"].rpartition("-")[2].removesuffix(".png"),
        )
        return
    assert answer.status_code == (gone if shown is None else 200 if shown else 404)
    words = answer.content.decode(errors="replace")
    if says and shown:
        assert all(word in words for word in shown)
    if shown is not None and surface not in ("edition", "editions"):
        assert not [word for word in (*OLD, *NEW) if word in words and word not in shown]
    assert "Never again" not in words


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("state", STATES)
def test_each_state_in_each_list(stranger, clock, state, address):
    _slug, shown = brought_about(state)
    answer = stranger.get(address)
    assert answer.status_code == 200
    # The search page repeats what was asked for: what it found is another part of it.
    told = answer.content.decode()
    if address.startswith("/search"):
        told = html.tostring(html.fromstring(told).xpath("//main//ol")[0], encoding="unicode")
    assert OTHER in told
    assert {word for word in (*OLD, *NEW) if word in told} == set(shown or ())


@pytest.mark.parametrize("address", SITEMAPS)
@pytest.mark.parametrize("state", STATES)
def test_each_state_in_each_sitemap(stranger, clock, state, address):
    slug, shown = brought_about(state)
    told = stranger.get(address).content.decode()
    assert "/releases/" in told
    assert (f"/releases/{slug}/" in told) is bool(shown)


def test_every_address_of_a_release_is_in_a_table():
    below = {
        leaf.name
        for leaf in leaves(get_resolver().url_patterns)
        if leaf.name.startswith("newsroom:") and RELEASE in "".join(map(str, leaf.patterns))
    }
    named = {name for _where, name, _gone, _says in OF_ONE.values()}
    assert len(below) > 6
    assert below - named - ELSEWHERE == set()


def test_a_share_link_has_no_card_and_no_title(stranger, clock):
    address = states.by_link().removesuffix("release")
    looked = html.fromstring(stranger.get(address).content)
    assert SECRET_WORD not in html.tostring(looked, encoding="unicode")
    opened = html.fromstring(stranger.post(address).content)
    assert SECRET_WORD in opened.findtext(".//h1")
    for page in (looked, opened):
        assert not page.xpath("//meta[@property='og:image'] | //meta[@name='twitter:card']")
        assert not page.xpath("//link[@rel='alternate'][contains(@type, 'oembed')]")
        assert "card-" not in html.tostring(page, encoding="unicode")
