"""Contents in words, as a person at the desk reads them: names for keys, labels for choices."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contacts.models import Contact
from files.models import Document, Picture
from releases import figures
from releases.content import Content, Figure
from releases.differences import Value
from releases.models import Topic
from releases.models.text import Kind

TEXTS = ("headline", "subhead", "slug", "dateline", "summary", "body")


def told(*contents: Content) -> list[dict[str, Value]]:
    """Return each content's fields in words; four queries at most, however many contents."""
    topics = Topic.objects.in_bulk({pk for one in contents for pk in one.topics})
    people = Contact.objects.in_bulk({pk for one in contents for pk in one.contacts})
    documents = Document.objects.in_bulk(
        {row.document for one in contents for row in one.attachments}
    )
    pictures = Picture.objects.in_bulk({row.picture for one in contents for row in one.figures})
    return [
        {
            **{name: getattr(one, name) for name in TEXTS},
            "kind": str(dict(Kind.choices).get(one.kind, one.kind)),
            "language": dict(settings.LANGUAGES).get(one.language, one.language),
            "dated": _day(one),
            "topics": [str(topics[pk]) for pk in one.topics if pk in topics],
            "contacts": [str(people[pk]) for pk in one.contacts if pk in people],
            "figures": [_figure(row, pictures.get(row.picture)) for row in one.figures],
            "attachments": [
                f"{row.title} ({documents.get(row.document, '')})".lstrip()
                for row in one.attachments
            ],
        }
        for one in contents
    ]


def left_behind(content: Content) -> str:
    """Return what a copy of this content does without, in words."""
    pictures, files = len(content.figures), len(content.attachments)
    found = [
        _("address"),
        _("date"),
        ngettext("%(count)d picture", "%(count)d pictures", pictures) % {"count": pictures},
        ngettext("%(count)d file", "%(count)d files", files) % {"count": files},
    ]
    return ", ".join(found[:2] + found[2:3] * bool(pictures) + found[3:] * bool(files))


def _day(content: Content) -> str:
    if content.dated is None:
        return ""
    return date_format(content.dated, pgettext("date format", "F j, Y"))


def _figure(figure: Figure, picture: Picture | None) -> str:
    """Return the words of a picture, a line each, and its file's name."""
    name = str(picture) if picture else _("Picture")
    return "\n".join([name, *figures.words(figure)])
