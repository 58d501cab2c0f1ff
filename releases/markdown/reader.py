"""Reads Markdown: CommonMark 0.31 with GitHub's tables and our footnotes, and the one door last.

Pictures, code and links by reference have no place in a release: their signs stay as typed, so
that nothing of a text is lost. Markup between is read as HTML.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from releases.elements import Node, serialise
from releases.html import clean_source

#: Deeper than any text means to go: from here on markdown-it would leave words out.
DEEPEST = 100
NOTE = re.compile(r"\[\^([0-9]{1,4})\](: )?")
NOTE_LINE = re.compile(r"\n(?=\[\^[0-9]{1,4}\]: )")


class Dialect(MarkdownIt):
    """Leaves addresses as they are typed; the one door judges them."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """Encode nothing."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Refuse nothing: a refused link would stand in the text as signs."""
        return True


def from_markdown(text: str) -> str:
    """The clean HTML of a Markdown text. Takes any ``str``, never raises, loses no words.

    ``[^1]`` is a footnote's mark, ``[^1]: `` at the start of a line its text. A table whose head
    is empty has none.
    """
    tokens = READER.parse(NOTE_LINE.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    if any(token.level >= DEEPEST for token in tokens):
        return clean_source(_as_typed(text))
    return clean_source(READER.renderer.render(_with_heads(tokens), READER.options, {}))


def _as_typed(text: str) -> str:
    """Each line of the text as a paragraph, its signs left alone."""
    return serialise(Node("", {}, [Node("p", {}, [line]) for line in text.split("\n")]))


def _with_heads(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each table's head said to be one, or left out where it is empty."""
    kept: list[Token] = []
    head = 0
    for token in tokens:
        if token.type == "thead_open":
            head = len(kept)
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
        kept.append(token)
        if token.type == "thead_close" and not any(one.content for one in kept[head:]):
            del kept[head:]
    return kept


def whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: a table none of whose rows is wider than its head, which cuts it off."""
    if not table(state, start, end, True):
        return False
    width = _width(state, start)
    for line in range(start + 2, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            break
        if _width(state, line) > width:
            return False
    return table(state, start, end, silent)


def _width(state: StateBlock, line: int) -> int:
    """How many cells a line holds."""
    cells = escapedSplit(getLine(state, line).strip(" \t"))
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")


def footnote(state: StateInline, silent: bool) -> bool:
    """An inline rule: a footnote's mark, or at the start of a text the way back to it."""
    found = NOTE.match(state.src, state.pos)
    if not found:
        return False
    number, is_note = found[1], bool(found[2]) and state.pos == 0
    if not silent:
        token = state.push("html_inline", "", 0)
        if is_note:
            token.content = f'<a href="#fnref{number}" id="fn{number}">{number}</a> '
        else:
            token.content = f'<sup><a href="#fn{number}" id="fnref{number}">{number}</a></sup>'
    state.pos = found.end() if is_note else found.end(1) + 1
    return True


def _reader() -> MarkdownIt:
    reader = Dialect("commonmark", {"maxNesting": DEEPEST + 1})
    reader.enable("table")
    reader.disable(["code", "fence", "backticks", "image", "reference", "lheading"])
    reader.block.ruler.at("table", whole_table, {"alt": ["paragraph"]})
    reader.inline.ruler.before("link", "footnote", footnote)
    return reader


READER = _reader()
