"""Markdown (CommonMark with the tables and footnotes of GitHub's), as text (RFC 7763)."""

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.elements import serialise
from releases.formats.shape import Facts, Format, note_heading, opened
from releases.html import one_line
from releases.markdown import to_markdown

#: The end mark; bare, it would be an empty heading.
END_MARK = r"\#\#\#"


def write(facts: Facts) -> bytes:
    """Return the release as Markdown."""
    topics = [one.name for one in facts.topics]
    blocks = [
        f"**{_plain(facts.release_line)}**",
        _plain(facts.record_line),
        _plain(" | ".join((facts.kicker, *topics))),
        f"# {_plain(facts.headline)}",
        f"## {_plain(facts.subhead)}" if facts.subhead else "",
        _plain(facts.day),
        *(_plain(_("Contact:") + f" {one.line}") for one in facts.contacts),
        to_markdown(serialise(opened(facts))).strip(),
        END_MARK,
        *(f"![{_plain(one.alt)}](<{one.address}>)\n{_plain(one.words)}" for one in facts.figures),
        *(f"**{_plain(note_heading(one))}:** {_plain(one.text)}" for one in facts.notes),
        *(f"[{_plain(one.line)}](<{one.address}>)" for one in facts.documents),
        _plain(facts.office.about),
        f"<{facts.page}>",
    ]
    return ("\n\n".join(one.strip() for one in blocks if one) + "\n").encode(errors="replace")


def _plain(text: str) -> str:
    """Return plain text with the signs escaped that would mean something."""
    line = " ".join(one_line(text).split("\n"))
    return to_markdown(f"<p>{escape(line, quote=False)}</p>").strip() if line else ""


FORMAT = Format(
    "md", "text/markdown; charset=utf-8", gettext_lazy("Markdown"), write, place=4, version=2
)
