"""Each state of a release, each format: one table, and what an answer says of itself."""

from collections.abc import Iterator

import pytest
import time_machine

from releases import sharing
from releases.formats import FORMATS
from releases.models import ShareLink
from tests.make import make_edition, make_next_edition, make_user
from tests.releases.formats.read import READERS
from tests.releases.formats.states import (
    FORMER_WORD,
    HOUR,
    NOON,
    SECRET_WORD,
    by_link,
    corrected,
    draft,
    public,
    scheduled,
    superseded,
    to_come,
    withdrawn,
)


@pytest.fixture
def clock(db) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


#: State; how it is asked for; status; what stands in the file, what does not.
TABLE = {
    "draft": (draft, "get", 404, (), (SECRET_WORD,)),
    "scheduled": (scheduled, "get", 404, (), (SECRET_WORD,)),
    "an edition to come": (to_come, "get", 404, (), (SECRET_WORD,)),
    "embargoed, looked at": (by_link, "get", 200, ("Embargoed until",), (SECRET_WORD,)),
    "embargoed, accepted": (
        by_link, "post", 200, (SECRET_WORD, "EMBARGOED until May 6, 2031, 9 a.m. EDT"), (),
    ),
    "public": (public, "get", 200, (SECRET_WORD, "For immediate release"), ("EMBARGOED",)),
    "corrected": (corrected, "get", 200, (SECRET_WORD, "Corrected."), (FORMER_WORD,)),
    "superseded": (superseded, "get", 200, (FORMER_WORD, "It has been replaced."), (SECRET_WORD,)),
    "withdrawn": (withdrawn, "get", 410, (SECRET_WORD, "It contained an error."), ("Never again",)),
}  # fmt: skip
#: A reference has no room for these.
UNSAID = {
    "bib": {"For immediate release", "Corrected.", "It has been replaced."},
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("state", TABLE)
def test_each_state_in_each_format(stranger, clock, state, suffix):
    make, method, status, shown, hidden = TABLE[state]
    answer = getattr(stranger, method)(f"{make()}.{suffix}")
    assert answer.status_code == status
    file = status == 200 and "html" not in answer["Content-Type"]
    said = " ".join((READERS[suffix](answer.content) if file else answer.content.decode()).split())
    assert [one for one in shown if one not in said and one not in UNSAID.get(suffix, ())] == []
    assert [one for one in hidden if one in said] == []


def test_the_table_holds_each_word_against_its_absence():
    """A word that is hidden in one state is shown in another, or the table would prove nothing."""
    shown = {word for *_, words, _hidden in TABLE.values() for word in words}
    hidden = {word for *_, words in TABLE.values() for word in words}
    assert {SECRET_WORD, FORMER_WORD} <= shown & hidden
    assert {status for _make, _method, status, *_ in TABLE.values()} == {200, 404, 410}
    assert all(shown or hidden for *_, shown, hidden in TABLE.values())


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_a_public_file_says_of_itself(stranger, clock, suffix):
    edition = make_edition(NOON - HOUR)
    answer = stranger.get(f"/releases/{edition.slug}.{suffix}")
    name = f"{edition.dated}-{edition.slug}.{suffix}"
    assert name in answer["Content-Disposition"]
    page = f"http://testserver{edition.get_absolute_url()}"
    assert answer["Link"] == f'<{page}>; rel="canonical"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ("X-Robots-Tag" in answer) is not FORMATS[suffix].indexed
    assert not answer.cookies


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_by_a_share_link_is_counted_and_kept_by_nobody(stranger, clock, suffix):
    answer = stranger.post(f"{by_link()}.{suffix}")
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Link" not in answer
    assert ShareLink.objects.get().times_opened == 1


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_every_page_says_until_when_it_waits(stranger, clock, suffix):
    body = "".join(f"<p>{'Long text. ' * 60}</p>" for _ in range(30))
    edition = make_edition(NOON + HOUR, headline=SECRET_WORD, body=body)
    secret = sharing.make_link(edition.release, make_user("publisher"), "Jo")
    said = READERS[suffix](stranger.post(f"/embargo/{secret}/release.{suffix}").content)
    # Word repeats a header on each page by itself.
    assert said.count("EMBARGOED until") >= (4 if suffix == "pdf" else 1)


def test_after_the_lift_the_link_leads_to_the_public_file(stranger, clock):
    address = by_link()
    clock.move_to(NOON + HOUR)
    answer = stranger.get(f"{address}.pdf")
    assert answer.status_code == 302
    assert stranger.get(answer["Location"])["Content-Type"] == "application/pdf"


def test_a_former_address_leads_to_the_same_file(stranger, clock):
    first = make_edition(NOON - 2 * HOUR)
    make_next_edition(first, slug="moved-on", reason="typo", note="", headline="Moved")
    answer = stranger.get(f"/releases/{first.slug}.docx")
    assert (answer.status_code, answer["Location"]) == (301, "/releases/moved-on.docx")


def test_the_opened_page_offers_each_file_by_a_button(stranger, clock):
    page = stranger.post(by_link().removesuffix("release")).content.decode()
    for suffix in FORMATS:
        assert f'release.{suffix}"><button' in page


def test_the_release_page_offers_each_file(stranger, clock):
    address = public()
    page = stranger.get(f"{address}/").content.decode()
    for suffix in FORMATS:
        assert f'href="{address}.{suffix}"' in page
