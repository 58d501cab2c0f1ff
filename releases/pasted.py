"""Reads markup of any origin, and says in the house's elements what its writer meant.

Known to come by paste: Word (Windows, Mac, web), Outlook, Google Docs, LibreOffice, web mail.
``read`` takes one pass over the text with stacks of its own, so nothing nests it to death, and
every byte is looked at a bounded number of times. It never raises.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from releases.builder import SPACES, Builder
from releases.elements import ELEMENTS, Mark, Node, allowed
from releases.opened import Effect, Item, Source
from releases.tags import RAW, attributes, fit, tokens, unwrapped

EMPTY = ("img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "param")

RENAMED = {
    "h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em",
    "tfoot": "tbody", "menu": "ul", "dir": "ul",
}  # fmt: skip
PARAGRAPHS = {
    "address", "article", "aside", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend",
    "main", "nav", "pre", "search", "section", "summary",
}  # fmt: skip
BLOCKS = PARAGRAPHS | {"h1", "h5", "h6", "tfoot", "menu", "dir"} | {
    tag for tag, element in ELEMENTS.items() if element.role not in ("mark", "link", "break")
}  # fmt: skip
# A start tag that ends an open element by itself, unless one of the latter was opened since.
IMPLIED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
    "tbody": (("thead", "tbody", "tfoot"), ("table",)),
    "thead": (("thead", "tbody", "tfoot"), ("table",)),
    "tfoot": (("thead", "tbody", "tfoot"), ("table",)),
}

OFFICE = re.compile(r"(^|\s)(mso|western|cjk|ctl|textrun|sdfootnote)", re.I)
HEADING = re.compile(r"(?:^|\s)MsoHeading([1-9])?(?:\s|$)", re.I)
CLASSES = {
    "msotitle": "h2",
    "msosubtitle": "h3",
    "msoquote": "blockquote",
    "msointensequote": "blockquote",
}
# Tracked deletions, reviewers' comments and their anchors were never meant for the reader.
DROPPED = re.compile(
    r"(^|\s)(msodel|msocommentreference|msocommenttext|msocommentsubject|msocomanchor|msocomtxt)"
    r"(\s|$)",
    re.I,
)
UNSEEN = re.compile(
    r"(^|;)\s*(display\s*:\s*none|mso-hide\s*:\s*all|mso-list\s*:\s*ignore"
    r"|mso-element\s*:\s*comment(-list)?)\s*(!|;|$)",
    re.I,
)
LIST_LEVEL = re.compile(r"mso-list\s*:\s*(\S+)\s+level([0-9])", re.I)
STYLE = re.compile(r"(?:^|;)\s*(font-weight|font-style|vertical-align)\s*:\s*([\w.-]+)", re.I)
FOOTNOTE = re.compile(
    r"[^#]*#_?(?:fn|ftn|edn|ftnt|sdfootnote|sdendnote)(_?ref)?([0-9]{1,4})(anc|sym)?", re.I
)
BOOKMARK = re.compile(r"[^#]*#(_|heading=|bookmark=|h\.)", re.I)
COMMENT = re.compile(r"[^#]*#(cmnt|_msocom_)[0-9]+", re.I)
COMMENT_TEXT = re.compile(r"(cmnt|_msocom_)[0-9]+", re.I)
MAX_LANGUAGES = 3  # one in another
MAX_EFFECTS = 16  # elements around one text that change how it looks
MAX_TAGS = 60_000  # that mean something; twice what a text may hold, since programs wrap all twice
MARKS = ("strong", "em", "sup", "sub")


@dataclass(slots=True)
class Reader:
    """Walks the tokens of one text and drives a ``Builder``."""

    out: Builder = field(default_factory=Builder)
    stack: list[Source] = field(default_factory=list)
    open: defaultdict[str, list[Source]] = field(default_factory=lambda: defaultdict(list))
    effects: list[Effect] = field(default_factory=list)
    skipped: int = 0
    tags: int = 0
    office: bool = False
    item: Item | None = None
    lists: list[Item] = field(default_factory=list)
    _active: dict[str, Mark] | None = None

    def start(self, tag: str, source: str) -> None:
        """A start tag, with its attributes as they stand in the source."""
        if tag in BLOCKS:
            self._end_implied(tag)
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._end_lists()
            self.out.rule()
        elif tag not in EMPTY and tag not in RAW:
            entry = Source(tag, len(self.stack), tag in BLOCKS)
            self.stack.append(entry)
            self.open[tag].append(entry)
            self.tags += 1
            if self.skipped:
                return
            if attrs := attributes(source) if source else {}:
                self._begin(entry, attrs)
            else:
                self._begin_bare(entry)

    def end(self, tag: str) -> None:
        """An end tag. A mark ends where it says, a block with all that is open in it."""
        if not self.open.get(tag):
            return
        entry = self.open[tag][-1]
        if not entry.block:
            self._leave(entry)
        while entry.open or (self.stack and not self.stack[-1].open):
            last = self.stack.pop()
            if last.open:
                self._leave(last)

    def text(self, source: str) -> None:
        """Text, as it stands in the source."""
        data = fit(source)
        if self.skipped:
            if self.item and len(self.item.marker) < 20:
                self.item.marker += data[:20]
            return
        if self.item and data.strip(SPACES):
            self._open_item(self.item)
        marks = self._marks()
        if "a" in marks and marks["a"].attrs["href"].startswith("#fn"):
            data = data.replace("[", "").replace("]", "")
        if self.open.get("pre"):
            self._lines(data)
        elif data:
            self.out.text(data, marks.values())

    def _lines(self, data: str) -> None:
        """Preformatted text: plain-text mail, above all."""
        for number, line in enumerate(data.split("\n")):
            if number:
                self.out.line_break()
            if line:
                self.out.text(line, self._marks().values())

    def _break(self) -> None:
        if not self.skipped:
            self.out.line_break()

    def _end_implied(self, tag: str) -> None:
        """End what a start tag ends without saying so."""
        self.end("p")
        if tag not in IMPLIED:
            return
        closes, barriers = IMPLIED[tag]
        barrier = max((self._depth(name) for name in barriers), default=-1)
        for name in closes:
            if self._depth(name) > barrier:
                self.end(name)

    def _depth(self, tag: str) -> int:
        entries = self.open.get(tag)
        return entries[-1].depth if entries else -1

    def _begin(self, entry: Source, attrs: Mapping[str, str]) -> None:
        style, classes = attrs.get("style", ""), attrs.get("class", "")
        self.office = self.office or "mso-" in style or bool(classes and OFFICE.search(classes))
        dropped = bool(classes and DROPPED.search(classes)) or bool(style and UNSEEN.search(style))
        if dropped or entry.tag == "del":
            self._skip(entry)
            return
        if entry.block:
            self._block(entry, attrs, style, classes)
        self._emphasis(entry, attrs, style)
        if entry.tag == "a":
            self._link(entry, attrs)

    def _begin_bare(self, entry: Source) -> None:
        """Begin an element without attributes, of which there is little to ask."""
        if entry.tag == "del":
            self._skip(entry)
        elif entry.block:
            self._block(entry, {}, "", "")
        elif (name := RENAMED.get(entry.tag, entry.tag)) in MARKS:
            self._set(entry, name, on=True)

    def _skip(self, entry: Source) -> None:
        if not entry.skip:
            entry.skip = True
            self.skipped += 1
        if entry.block:
            self.out.boundary()

    def _leave(self, entry: Source) -> None:
        entry.open = False
        self.open[entry.tag].pop()
        self.skipped -= entry.skip
        self._active = None
        if self.item and self.item.owner is entry:
            self.item = None
        if entry.node:
            self.out.close(entry.node)
        elif entry.block:
            self.out.boundary()

    # -- blocks

    def _block(self, entry: Source, attrs: Mapping[str, str], style: str, classes: str) -> None:
        entry.first = attrs.get("start", "")
        if self.item or "ListContainerWrapper" in classes or "ListStyle" in classes:
            return  # Word's web edition wraps each item in a list of its own
        if item := self._item(entry, attrs, style):
            self.item = item
            self.out.boundary()
            return
        if not (self.lists and classes.startswith("MsoListParagraph")):
            self._end_lists()
        name = _name(entry.tag, attrs, classes)
        if name == "figure":
            self.out.figure(attrs)
        elif name in ELEMENTS:
            entry.node = self.out.open(name, self._own(attrs))
        else:
            self.out.boundary()

    def _own(self, attrs: Mapping[str, str]) -> Mapping[str, str]:
        """The attributes, less the language that office programs put on every run of text."""
        return {k: v for k, v in attrs.items() if k != "lang"} if self.office else attrs

    def _item(self, entry: Source, attrs: Mapping[str, str], style: str) -> Item | None:
        """The list item that this element is for Word."""
        level = LIST_LEVEL.search(style) if style else None
        if level and entry.tag != "li":  # Outlook puts the style on items of real lists as well
            return Item(entry, level[1].lower(), int(level[2]))
        depth = attrs.get("data-aria-level", "")
        if entry.tag == "li" and re.fullmatch("[1-9]", depth):
            kind = "ol" if self._depth("ol") > self._depth("ul") else "ul"
            first = self.open["ol"][-1].first if kind == "ol" else ""
            return Item(entry, attrs.get("data-listid", ""), int(depth), kind, first=first)
        return None

    def _open_item(self, item: Item) -> None:
        """Write a list item where its level says, in the list before it if that is its own."""
        self.item = None
        self.lists = [one for one in self.lists if one.node and one.node.open]
        while self.lists and not self.lists[-1].holds(item):
            last = self.lists.pop()
            if last.node:
                self.out.close(last.node)
        if not self.lists or self.lists[-1].level < item.level:
            item.node = self.out.open(item.kind(), {"start": item.start()})
            self.lists.append(item)
        self.out.open("li", {})

    def _end_lists(self) -> None:
        if self.lists and self.lists[0].node:
            self.out.close(self.lists[0].node)
        self.lists = []

    # -- marks

    def _emphasis(self, entry: Source, attrs: Mapping[str, str], style: str) -> None:
        tag = RENAMED.get(entry.tag, entry.tag)
        looks = dict(STYLE.findall(style.lower())) if style else {}
        weight, slant = looks.get("font-weight", ""), looks.get("font-style", "")
        bold = _is_bold(weight) and self.out.top.role != "heading" and self.out.top.tag != "th"
        self._set(entry, "strong", tag == "strong" or bold, off=bool(weight) and not bold)
        slanted = slant in ("italic", "oblique")
        self._set(entry, "em", tag == "em" or slanted, off=bool(slant) and not slanted)
        raised = looks.get("vertical-align", "") if entry.tag not in ("td", "th", "tr") else ""
        self._set(entry, "sup", tag == "sup" or raised == "super")
        self._set(entry, "sub", tag == "sub" or raised == "sub")
        spoken = {} if entry.block else allowed("span", self._own(attrs))
        if spoken and sum(name.startswith("span") for name in self._marks()) < MAX_LANGUAGES:
            self._effect(entry, f"span {spoken['lang']}", Mark("span", spoken))

    def _set(self, entry: Source, name: str, on: bool, off: bool = False) -> None:
        if off:
            self._effect(entry, name, None)
        elif on:
            self._effect(entry, name, Mark(name))

    def _effect(self, entry: Source, name: str, mark: Mark | None) -> None:
        if (name in self._marks()) == bool(mark) and name != "a":
            return
        if len(self.effects) < MAX_EFFECTS:
            self.effects.append(Effect(entry, name, mark))
            self._active = None

    def _marks(self) -> dict[str, Mark]:
        """The marks that the next text stands in, the outermost first."""
        if self._active is None:
            self.effects = [effect for effect in self.effects if effect.owner.open]
            self._active = {}
            for effect in self.effects:
                self._active.pop(effect.name, None)
                if effect.mark:
                    self._active[effect.name] = effect.mark
        return self._active

    def _link(self, entry: Source, attrs: Mapping[str, str]) -> None:
        href = unwrapped(attrs.get("href", ""))
        anchor = attrs.get("id") or attrs.get("name", "")
        if COMMENT_TEXT.fullmatch(anchor):
            self._skip((self.open.get("div") or self.open.get("p") or [entry])[-1])
        elif COMMENT.fullmatch(href):
            self._skip(entry)
        elif note := FOOTNOTE.fullmatch(href):
            self._note(entry, note[2], back=bool(note[1]) or note[3] == "anc")
        elif not BOOKMARK.match(href):
            kept = allowed("a", {"href": href, "title": attrs.get("title", "")})
            if "href" in kept:
                self._effect(entry, "a", Mark("a", kept))

    def _note(self, entry: Source, number: str, back: bool) -> None:
        """A footnote's mark in the text, or the way back from the note."""
        if not back:  # raised by its own right, however the source nests and ends the two
            self.effects.append(Effect(entry, "sup", Mark("sup")))
        here, there = ("fn", "fnref") if back else ("fnref", "fn")
        mark = Mark("a", {"href": f"#{there}{number}", "id": f"{here}{number}"})
        self._effect(entry, "a", mark)


def _name(tag: str, attrs: Mapping[str, str], classes: str) -> str:
    """The element that a block is for its writer."""
    if classes and (heading := HEADING.search(classes)):
        tag = f"h{heading[1] or 2}"
    elif attrs.get("role") == "heading":
        tag = f"h{attrs.get('aria-level', '2')}"
    elif classes:
        tag = next((CLASSES[name] for name in classes.lower().split() if name in CLASSES), tag)
    return "h4" if tag in ("h7", "h8", "h9") else RENAMED.get(tag, tag)


def _is_bold(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdecimal() and int(weight[:4]) >= 600)


def _plain(kind: str, value: str) -> str:
    """A token past the bound on elements: text goes on, blocks and breaks become spaces."""
    if kind == "text":
        return fit(value)
    return " " if value in BLOCKS or value == "br" else ""


def read(markup: str) -> Node:
    """The tree of any markup, in the house's elements. Never raises; takes linear time."""
    reader = Reader()
    stream = tokens(markup)
    for kind, value, source in stream:
        if (reader.out.full or reader.tags > MAX_TAGS) and not reader.skipped:
            reader.out.fill()
            reader.out.text(_plain(kind, value) + "".join(_plain(k, v) for k, v, _ in stream), ())
        elif kind == "text":
            reader.text(value)
        elif kind == "start":
            reader.start(value, source)
        else:
            reader.end(value)
    return reader.out.finish()
