"""Whatever the text, reading it neither fails nor loses a word."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st

from releases.html import clean, plain_text
from releases.importers import ImportedRelease, fold
from releases.importers.lines import END_MARK
from releases.importers.rich import parse_rich
from releases.importers.text import parse
from tests.examples import examples

KNOWN = ("Bolivia", "Latin America", "Latin America and the Caribbean", "Política & Economía")
LINES = st.sampled_from(
    (
        "", "", "Press Release Bolivia Latin America and the Caribbean Ferries", "Statement",
        "Nota à imprensa | Bolivia | Barcos", "A Short Headline", "December 4, 2021", "31/02/2021",
        "For Immediate Release", "Contact: Ana Poe, 202-555-0101Mail_Outline", "Contacts:",
        "Bo Ray", "202-555-0102 x7", "bo@example.org", "Washington DC — Fares <doubled> & fell.",
        "Fares have doubled in six years, and nobody at the port has said why " * 4, "###", "-30-",
        "Support Harbor", "Support us by making a donation to our fund.", "About the Harbor",
        "Embargoed until noon", "Lima, 4 de mayo de 2021", "LIMA, 4 May 2021 – Up.",
        "For release: 4 May 2021, 10:00", "Topics: Bolivia, Barcos",
    )
)  # fmt: skip
SHAPED = st.lists(LINES | st.text(max_size=60), max_size=24).map("\n".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(unicodedata.normalize("NFC", text))))


def placed(release: ImportedRelease) -> str:
    body = unescape(re.sub(r"</?p>", " ", release.body))
    raws = dict.fromkeys(contact.raw for contact in release.contacts)
    return "\n".join(
        (
            release.kicker, *release.topics, release.headline, release.subhead, release.dated_raw,
            *raws, release.dateline, body, release.appeal_heading, release.appeal_text,
            *release.unplaced,
        )
    )  # fmt: skip


def kept(text: str) -> set[str]:
    """The words that must come out again: all but end marks and the label of the topics."""
    lines = (line.strip() for line in text.splitlines())
    text = "\n".join(line for line in lines if not END_MARK.fullmatch(line))
    return set(words(re.sub(r"(?im)^\s*topics:", "", text)))


@given(SHAPED)
@examples(400)
def test_no_word_is_lost(text):
    assert kept(text) <= set(words(placed(parse(text, KNOWN))))


@given(
    st.text(), st.lists(st.text(max_size=20), max_size=5), st.sampled_from(("US", "BR", "ZZ", ""))
)
@examples(200)
def test_no_text_makes_it_fail(text, known, region):
    parse(text, known, region=region)


def test_lone_surrogates_and_control_characters_are_harmless():
    release = parse("A\x00 Head\ud800line\n\nBo\x07dy.", ())
    (release.headline + release.body).encode("utf-8")
    assert "\x00" not in release.headline
    assert "\x07" not in release.body


TAGS = st.sampled_from(("p", "h2", "li", "blockquote", "td", "strong", "div"))
MARKED = st.lists(st.tuples(TAGS, LINES | st.text("ab <&é—:\n", max_size=30)), max_size=16)


@given(MARKED)
@examples(200)
def test_no_word_of_rich_text_is_lost_and_what_comes_out_is_clean(pieces):
    markup = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in pieces)
    found = parse_rich(markup, "", KNOWN)
    assert clean(found.body) == found.body
    assert kept(plain_text(markup)) <= set(
        words(placed(replace(found, body=plain_text(found.body))))
    )
