"""Plain text (UTF-8), lines of at most 72 characters, ready to be pasted into a mail."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases import plain_release
from releases.formats.shape import Facts, Format, note_heading


def write(facts: Facts) -> bytes:
    """Return the release as a mail carries it."""
    return plain_release.write(
        plain_release.PlainRelease(
            notice="\n".join(filter(None, (facts.release_line, facts.record_line))),
            kicker=" | ".join((facts.kicker, *(one.name for one in facts.topics))),
            dated=facts.day,
            contacts=tuple(_("Contact:") + f" {one.line}" for one in facts.contacts),
            headline=facts.headline,
            subhead=facts.subhead,
            dateline=facts.dateline,
            body=facts.body,
            files=tuple(f"{one.line}\n{one.address}" for one in facts.documents),
            notes=tuple(f"{note_heading(one)}: {one.text}" for one in facts.notes),
            about=facts.office.about,
            address=facts.page,
        )
    ).encode(errors="replace")


FORMAT = Format("txt", "text/plain; charset=utf-8", gettext_lazy("Text"), write, place=1, version=2)
