"""What holds for all pairs of texts."""

from hypothesis import given
from hypothesis import strategies as st

from releases.differences import CONTEXT, LABELS, BlockChange, FieldChange, compare
from tests.examples import examples

WORDS = st.sampled_from(["the", "vote", "of", "1,200", "l’eau", "«no»", "—", ".", ",", "é", "ñ"])
SENTENCES = st.lists(WORDS, max_size=12).map(" ".join)
TAGS = st.sampled_from(["p", "p", "p", "h2", "li", "blockquote", "td", "a href='https://a.org/'"])
BLOCKS = st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", TAGS, SENTENCES)
BODIES = st.lists(BLOCKS, max_size=12).map("".join)
ANY = st.text() | st.text("<>/p&; \t\n\x00\ud800a", max_size=40)
TEXTS = SENTENCES | ANY
ENTRIES = st.lists(TEXTS.filter(bool), max_size=3)
PLAIN = ["kind", "headline", "subhead", "dated", "dateline", "summary"]
LISTS = ["topics", "contacts", "figures"]


def side(blocks: tuple[BlockChange, ...], absent: str) -> list[str]:
    """The texts of the blocks without the runs of the kind that one of the texts has not."""
    texts = [[run.text for run in one.runs if run.kind != absent] for one in blocks]
    return ["".join(runs) for runs in texts if runs]


def only(changes: list[FieldChange]) -> FieldChange:
    [change] = changes
    return change


@given(TEXTS, TEXTS, st.sampled_from(PLAIN))
def test_the_runs_of_a_text_give_back_both(older: str, newer: str, name: str) -> None:
    changes = compare({name: older}, {name: newer})
    assert bool(changes) == (older != newer)
    for change in changes:
        assert "".join(side(change.blocks, "added")) == older
        assert "".join(side(change.blocks, "removed")) == newer


@given(ENTRIES, ENTRIES, st.sampled_from(LISTS))
def test_the_entries_of_a_list_come_back(older: list[str], newer: list[str], name: str) -> None:
    for change in compare({name: older}, {name: newer}):
        if all(block.kind != "left_out" for block in change.blocks):
            assert side(change.blocks, "added") == older
            assert side(change.blocks, "removed") == newer


@given(BODIES, BODIES)
def test_the_blocks_of_a_body_come_back(older: str, newer: str) -> None:
    """Told against nothing, a text is told whole: what two texts are told to be must be that."""
    for change in compare({"body": older}, {"body": newer}):
        if all(block.kind != "left_out" for block in change.blocks):
            assert side(change.blocks, "added") == whole(older, change.name)
            assert side(change.blocks, "removed") == whole(newer, change.name)


def whole(markup: str, name: str) -> list[str]:
    changes = [one for one in compare({}, {"body": markup}) if one.name == name]
    return side(only(changes).blocks, "removed") if changes else []


@given(BODIES, BODIES)
def test_what_is_left_out_is_counted(older: str, newer: str) -> None:
    for change in compare({"body": older}, {"body": newer}):
        shown = len(side(change.blocks, "added"))
        hidden = sum(block.count for block in change.blocks if block.kind == "left_out")
        assert shown + hidden == len(whole(older, change.name))
        kinds = [block.kind for block in change.blocks]
        assert all(
            "same" not in kinds[at - CONTEXT : at + 1 + CONTEXT] or hidden
            for at, kind in enumerate(kinds)
            if kind == "left_out"
        )


@given(BODIES | ANY)
def test_equal_texts_differ_in_nothing(text: str) -> None:
    values = {name: [text] if name in LISTS else text for name in LABELS}
    assert compare(values, dict(values)) == []


@given(BODIES | ANY, BODIES | ANY)
def test_a_change_is_a_change(older: str, newer: str) -> None:
    """Each field told has something added or removed, and no run is empty."""
    for change in compare({"body": older}, {"body": newer}):
        runs = [run for block in change.blocks for run in block.runs]
        assert {"added", "removed"} & {run.kind for run in runs}
        assert all(run.text for run in runs)


@examples(30)
@given(st.lists(WORDS, max_size=400), st.lists(WORDS, max_size=400))
def test_long_texts_too(older: list[str], newer: list[str]) -> None:
    one, other = " ".join(older), " ".join(newer)
    for change in compare({"summary": one}, {"summary": other}):
        assert "".join(side(change.blocks, "added")) == one
        assert "".join(side(change.blocks, "removed")) == other
