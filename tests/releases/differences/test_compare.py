"""What a reader is told of two texts: which field, which block, which words."""

import pytest
from django.utils import translation

from releases.differences import FieldChange, Run, compare


def body(older: str, newer: str) -> FieldChange:
    """The change of the body; fails unless it is the only one."""
    [change] = compare({"body": older}, {"body": newer})
    assert change.name == "body"
    return change


def told(change: FieldChange) -> list[tuple[str, str]]:
    """Each block as its kind and its words: [-removed-], {+added+}."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return [
        (block.kind, "".join(signs[run.kind].format(run.text) for run in block.runs) or block.count)
        for block in change.blocks
    ]


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_equal_texts_have_no_difference():
    text = {"headline": "A vote", "topics": ["Bolivia"], "body": "<p>A vote.</p>"}
    assert compare(text, dict(text)) == []


def test_one_word_of_a_headline():
    [change] = compare({"headline": "Ten were killed"}, {"headline": "Eleven were killed"})
    assert change.name == "headline"
    assert told(change) == [("changed", "[-Ten-]{+Eleven+} were killed")]


def test_a_field_that_was_empty_is_added_and_one_left_out_is_removed():
    [change] = compare({}, {"subhead": "By 61 votes"})
    assert told(change) == [("added", "{+By 61 votes+}")]
    [change] = compare({"subhead": "By 61 votes"}, {"subhead": ""})
    assert told(change) == [("removed", "[-By 61 votes-]")]


def test_a_word_comes_with_the_space_before_it():
    change = body("<p>The vote was held.</p>", "<p>The second vote was held, in La Paz.</p>")
    assert told(change) == [("changed", "The{+ second+} vote was held{+, in La Paz+}.")]


def test_punctuation_is_apart_from_words():
    change = body("<p>They said no.</p>", "<p>They said “no”!</p>")
    assert told(change) == [("changed", "They said [-no.-]{+“no”!+}")]


@pytest.mark.parametrize(
    ("older", "newer"),
    [("1,200.50", "1,300.50"), ("2026-11-03", "2026-11-04"), ("l’eau", "l’air")],
)
def test_figures_dates_and_elided_words_change_whole(older, newer):
    change = body(f"<p>There was {older} left.</p>", f"<p>There was {newer} left.</p>")
    assert told(change) == [("changed", f"There was [-{older}-]{{+{newer}+}} left.")]


def test_a_comma_between_two_changes_is_no_island():
    change = body("<p>They were red, small and many.</p>", "<p>They were blue, big and many.</p>")
    assert told(change) == [("changed", "They were [-red, small-]{+blue, big+} and many.")]


def test_texts_with_little_in_common_are_replaced_whole():
    [change] = compare(
        {"headline": "Here the vote is rigged"}, {"headline": "Congress debates the tax"}
    )
    assert told(change) == [
        ("removed", "[-Here the vote is rigged-]"),
        ("added", "{+Congress debates the tax+}"),
    ]


def test_paragraphs_added_removed_and_changed_in_their_order():
    older = paragraphs("One is here.", "Two goes away for good.", "Three will change a bit.")
    newer = paragraphs("One is here.", "Three did change a bit.", "Quite another end, so new.")
    assert told(body(older, newer)) == [
        ("same", "One is here."),
        ("removed", "[-Two goes away for good.-]"),
        ("changed", "Three [-will-]{+did+} change a bit."),
        ("added", "{+Quite another end, so new.+}"),
    ]


def test_of_what_is_unchanged_the_neighbours_are_shown_and_the_rest_counted():
    texts = [f"Number {n}." for n in range(10)]
    changed = [*texts[:5], "Another five.", *texts[6:]]
    assert told(body(paragraphs(*texts), paragraphs(*changed))) == [
        ("left_out", 4),
        ("same", "Number 4."),
        ("removed", "[-Number 5.-]"),
        ("added", "{+Another five.+}"),
        ("same", "Number 6."),
        ("left_out", 3),
    ]


def test_one_unchanged_block_is_shown_rather_than_counted():
    texts = [f"Number {n}." for n in range(5)]
    kinds = [kind for kind, _words in told(body(paragraphs(*texts), paragraphs(*texts, "New.")))]
    assert kinds == ["left_out", "same", "added"]
    kinds = [
        kind for kind, _words in told(body(paragraphs("A.", "B."), paragraphs("A.", "B.", "C.")))
    ]
    assert kinds == ["same", "same", "added"]


def test_each_block_says_what_it_is():
    older = (
        "<h2>Head</h2><ul><li>one<ul><li>inner</li></ul></li></ul><blockquote><p>said</p></blockquote>"
        "<table><caption>cap</caption><tr><th>a</th><td>b<br>c</td></tr></table><hr><p>end</p>"
    )
    change = body(older, "")
    assert [(block.role, block.runs[0].text) for block in change.blocks] == [
        ("heading", "Head"),
        ("item", "one"),
        ("item", "inner"),
        ("quote", "said"),
        ("caption", "cap"),
        ("row", "a\tb\nc"),
        ("rule", "* * *"),
        ("paragraph", "end"),
    ]
    assert [block.label for block in change.blocks][:2] == ["Heading", "List item"]
    assert change.blocks[-1].label == ""


def test_a_paragraph_that_became_a_heading_is_a_change():
    assert told(body("<p>Why</p>", "<h2>Why</h2>")) == [
        ("removed", "[-Why-]"),
        ("added", "{+Why+}"),
    ]


def test_powers_and_footnotes_read_as_such():
    change = body("<p>About 10<sup>6</sup> people.</p>", "<p>About 10<sup>7</sup> people.</p>")
    assert told(change) == [("changed", "About [-10⁶-]{+10⁷+} people.")]
    change = body("<p>So it is.</p>", '<p>So it is.<a href="#fn1" id="fnref1">1</a></p>')
    assert told(change) == [("changed", "So it is.{+[1]+}")]


def test_another_address_behind_the_same_words_is_told():
    older, newer = (f'<p>See <a href="https://{host}.org/">here</a>.</p>' for host in ("a", "b"))
    [change] = compare({"body": older}, {"body": newer})
    assert change.name == "links"
    assert told(change) == [
        ("removed", "[-https://a.org/-]"),
        ("added", "{+https://b.org/+}"),
    ]


def test_emphasis_alone_is_no_difference():
    assert compare({"body": "<p>So it is.</p>"}, {"body": "<p>So it <em>is</em>.</p>"}) == []


def test_a_person_is_another_person_not_a_changed_name():
    older, newer = {"contacts": ["Dan Smith", "Ana Paz"]}, {"contacts": ["Dan Moss", "Ana Paz"]}
    [change] = compare(older, newer)
    assert told(change) == [
        ("removed", "[-Dan Smith-]"),
        ("added", "{+Dan Moss+}"),
        ("same", "Ana Paz"),
    ]


def test_another_order_of_contacts_is_a_difference():
    [change] = compare({"contacts": ["A B", "C D"]}, {"contacts": ["C D", "A B"]})
    assert {kind for kind, _words in told(change)} == {"same", "added", "removed"}


def test_the_fields_come_in_the_order_of_the_page_with_their_names():
    older = dict.fromkeys(("summary", "body", "headline", "kind"), "old")
    changes = compare(older, dict.fromkeys(older, "other"))
    assert [change.name for change in changes] == ["kind", "headline", "body", "summary"]
    with translation.override("en"):
        assert [change.label for change in changes] == ["Kind", "Headline", "Text", "Summary"]


def test_markup_in_a_plain_field_is_text():
    [change] = compare({}, {"headline": "<script>alert(1)</script>"})
    assert change.blocks[0].runs == (Run("added", "<script>alert(1)</script>"),)
