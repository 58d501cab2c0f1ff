"""What every format is made of: the facts of one edition, and the shape of a format itself.

Facts are plain values and all that a file shows: equal facts make the same file, byte for byte,
so a file may be kept under them. They know neither the request nor the clock nor the reader.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releases.elements import Node
from releases.html import one_line, tree, words

#: Quotation marks that a quotation may have already.
MARKS = '“”"«»'
#: Words in quotation marks that are more than a name or a term: five at least.
QUOTED = re.compile(r"[“«\"](?:[^\s”»\"]+\s+){4}[^”»\"]*[”»\"]")


@dataclass(frozen=True)
class Person:
    """Somebody to call, as the release page shows them today; numbers as E.164 and as read."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    phone_display: str = ""
    mobile: str = ""
    mobile_display: str = ""
    languages: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Name, role, numbers and mail in one line."""
        said = (self.name, self.role, self.phone_display, self.mobile_display, self.email)
        return one_line(", ".join(filter(None, said)))


@dataclass(frozen=True)
class Subject:
    """A topic with the address of its page."""

    name: str
    address: str


@dataclass(frozen=True)
class Figure:
    """A picture with its words; `file` is its name in the storage, whose bytes never change."""

    file: str
    name: str
    mime: str
    width: int
    height: int
    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    rights: str = ""

    @property
    def words(self) -> str:
        """Caption and credit, as they stand below a picture."""
        return one_line(" · ".join(filter(None, (self.caption, self.credit))))


@dataclass(frozen=True)
class Document:
    """A file that goes with the release; `file` is its name in the storage, `size` in bytes."""

    file: str
    name: str
    title: str
    kind: str
    mime: str
    size: int
    address: str

    @property
    def line(self) -> str:
        """Title, kind and size, as they stand below the text: "The report (PDF, 1.2 MB)"."""
        return one_line(f"{self.title or self.name} ({self.kind}, {filesizeformat(self.size)})")


@dataclass(frozen=True)
class Note:
    """A correction, clarification or update that the public was told of."""

    reason: str
    moment: datetime
    text: str


@dataclass(frozen=True)
class Office:
    """The press office, its numbers as the edition's language reads them."""

    name: str
    full_name: str
    about: str
    phone: str
    phone_display: str
    email: str
    address: str
    home: str


@dataclass(frozen=True)
class Facts:
    """All that a file shows of an edition. `body` is rich text; addresses are absolute.

    `page` is where the release is read, `permanent` where this very edition is; `released` is when
    the first edition became public, `changed` when this one did. `embargoed_until` is set where
    the edition waits and its reader came by a share link; `replaced` where another took its place.
    """

    urn: str
    number: int
    language: str
    kind: str
    kicker: str
    headline: str
    subhead: str
    summary: str
    dateline: str
    dated: date
    body: str
    page: str
    permanent: str
    slug: str
    released: datetime
    changed: datetime
    office: Office
    contacts: tuple[Person, ...] = ()
    topics: tuple[Subject, ...] = ()
    figures: tuple[Figure, ...] = ()
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    embargoed_until: datetime | None = None
    replaced: bool = False

    @property
    def day(self) -> str:
        """The date as the language of the release writes it."""
        return date_format(self.dated, pgettext("date format", "F j, Y"))

    @property
    def release_line(self) -> str:
        """What stands on top of every page: who may use it, and from when."""
        if self.embargoed_until is None:
            return _("For immediate release")
        return _("EMBARGOED until %(moment)s") % {"moment": moment(self.embargoed_until)}

    @property
    def record_line(self) -> str:
        """What an edition that was replaced says of itself, or ''."""
        if not self.replaced:
            return ""
        said = _("This is edition %(number)s, kept for the record. It has been replaced.")
        return said % {"number": self.number}

    @property
    def about_heading(self) -> str:
        """The heading above the lines on the office."""
        return _("About %(name)s") % {"name": self.office.name}

    @property
    def file_name(self) -> str:
        """The name that its files are saved under, without a suffix."""
        return f"{self.dated:%Y-%m-%d}-{self.slug}" + (
            f"-edition-{self.number}" if self.replaced else ""
        )


@dataclass(frozen=True)
class Gone:
    """What is said of a release that was withdrawn: `reason` and `text` are public words."""

    urn: str
    number: int
    language: str
    headline: str
    page: str
    ended: datetime
    reason: str = ""
    text: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Format:
    """One download: each module of this folder that has one as FORMAT adds it to the newsroom.

    `make` writes the file, in the active language; `gone` what stands in its place once the
    release was withdrawn, where that is more than a short text. Raise `version` with each change
    of what is written. `indexed` files are offered to search engines.
    """

    suffix: str
    mime: str
    name: str | Promise
    make: Callable[[Facts], bytes]
    place: int
    version: int = 1
    attached: bool = False
    indexed: bool = False
    gone: Callable[[Gone], bytes] | None = None


def moment(at: datetime) -> str:
    """Return a moment by the office's clock, with the zone's name, in the active language."""
    form = pgettext("date and time format", "F j, Y, P T")
    return date_format(timezone.localtime(at, timezone.get_default_timezone()), form)


def note_heading(note: Note) -> str:
    """Return what a public note is, and of when: "Correction, May 6, 2031, 8 a.m. EDT"."""
    return f"{note.reason}, {moment(note.moment)}"


def opened(facts: Facts) -> Node:
    """Return the text as a tree, its first paragraph opened by the place ("Lima — ")."""
    root, place = tree(facts.body), one_line(facts.dateline)
    if place:
        first = root.children[0] if root.children else ""
        if not (isinstance(first, Node) and first.role == "paragraph"):
            first = Node("p")
            root.children.insert(0, first)
        first.children.insert(0, f"{place} — " if first.children else f"{place} —")
    return root


def paragraphs(markup: str) -> Iterator[str]:
    """Give the words of each paragraph of rich text, in the order of their addresses p1, p2 …"""
    return (_said(node) for node in _paragraphs(tree(markup)))


def quotations(markup: str) -> Iterator[str]:
    """Give each quotation in rich text, in its marks: one set apart, and the whole paragraph of
    one that runs with the text, since that says who spoke."""
    for node in tree(markup).nodes():
        said = _said(node)
        if node.role == "quote":
            yield f"“{said.strip(MARKS)}”" if said.count("“") < 2 else said
        elif node.role == "paragraph" and QUOTED.search(said):
            yield said


def _paragraphs(root: Node) -> Iterator[Node]:
    return (node for node in _below(root) if node.tag == "p" and "id" not in node.attrs)


def _below(parent: Node) -> Iterator[Node]:
    for node in parent.nodes():
        yield node
        yield from _below(node)


def _said(node: Node) -> str:
    return " ".join(" ".join(_texts(node)).split())


def _texts(node: Node) -> Iterator[str]:
    """Give the lines of a block: of each paragraph in it, and of what stands in none."""
    blocks = [child for child in node.nodes() if child.tag in ("p", "blockquote", "ul", "ol", "li")]
    if not blocks:
        yield words(node)
    for block in blocks:
        yield from _texts(block)


def office_name() -> str:
    """Return the office's full name, or its short one where it has no other."""
    return str(settings.PRESS_OFFICE["full_name"] or settings.PRESS_OFFICE["name"])
