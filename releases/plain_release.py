"""A release as plain text, ready for a mail: lines of at most 72 characters (RFC 3676, 4.2)."""

import re
from dataclasses import dataclass
from textwrap import fill

from releases.html import one_line, place, plain_text

WIDTH = 72
END_MARK = "###"
MARKER = re.compile(r"\s*(?:• |\d+\. )?")


@dataclass(frozen=True)
class PlainRelease:
    """What the text is made of. `body` is rich text, everything else plain."""

    headline: str
    body: str
    notice: str = ""
    kicker: str = ""
    dated: str = ""
    contacts: tuple[str, ...] = ()
    subhead: str = ""
    dateline: str = ""
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    about: str = ""
    address: str = ""


def write(release: PlainRelease) -> str:
    """Return the whole text, blocks apart by an empty line, ending with a line end."""
    named = place(release.dateline)
    body = plain_text(release.body)
    blocks = [
        release.notice.strip(),
        one_line(release.kicker).upper(),
        one_line(release.dated),
        "\n".join(one_line(line) for line in release.contacts),
        one_line(release.headline),
        one_line(release.subhead),
        f"{named} — {body}".rstrip(" —") if named else body,
        END_MARK,
        *(one_line(note) for note in release.notes),
        *release.files,
        release.about.strip(),
        one_line(release.address),
    ]
    return "\n\n".join(wrapped(block) for block in blocks if block) + "\n"


def wrapped(text: str) -> str:
    """Return `text` with long lines broken at spaces; items keep their indent, rows of a table
    and long addresses stay whole."""
    return "\n".join(_line(line) for line in text.splitlines())


def _line(line: str) -> str:
    if len(line) <= WIDTH or "\t" in line:
        return line
    found = MARKER.match(line)
    start = found.group() if found else ""
    return fill(
        line[len(start) :],
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
