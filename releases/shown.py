"""A text as people read it: kind, date and language in words, what hangs on it by name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contacts.models import Contact
from files.models import Document, Picture
from releases import figures
from releases.content import Content, Figure
from releases.differences import Value
from releases.models import Topic
from releases.models.text import Kind

TEXTS = ("headline", "subhead", "slug", "dateline", "summary", "body")


@dataclass(frozen=True)
class Parts:
    """What hangs on texts, by key; what was deleted since is not in it."""

    topics: Mapping[int, Topic]
    contacts: Mapping[int, Contact]
    pictures: Mapping[int, Picture]
    documents: Mapping[int, Document]


def parts_of(*contents: Content) -> Parts:
    """Fetch what hangs on these texts; four queries at most, however many texts."""
    return Parts(
        topics=Topic.objects.in_bulk({key for one in contents for key in one.topics}),
        contacts=Contact.objects.in_bulk({key for one in contents for key in one.contacts}),
        pictures=Picture.objects.in_bulk({f.picture for one in contents for f in one.figures}),
        documents=Document.objects.in_bulk(
            {each.document for one in contents for each in one.attachments}
        ),
    )


def was_called(model: type[Model], key: int) -> str:
    """Return the name of a row that was deleted, as the desk's log kept it, or else its number."""
    kind = ContentType.objects.get_for_model(model)
    deleted = LogEntry.objects.filter(
        content_type=kind, object_id=str(key), action_flag=DELETION
    ).first()
    return deleted.object_repr if deleted else _("no. %(key)s") % {"key": key}


def as_shown(*contents: Content) -> list[dict[str, Value]]:
    """Return each text's fields for releases.differences.compare(), in the active language."""
    parts = parts_of(*contents)
    topics = {key: topic.name for key, topic in parts.topics.items()}
    contacts = {key: contact.name for key, contact in parts.contacts.items()}
    pictures = _apart(parts.pictures)
    documents = {key: document.name for key, document in parts.documents.items()}
    return [
        {
            **{name: getattr(one, name) for name in TEXTS},
            "kind": str(dict(Kind.choices).get(one.kind, one.kind)),
            "language": str(dict(settings.LANGUAGES).get(one.language, one.language)),
            "dated": day_in_words(one),
            "topics": sorted(_called(Topic, key, topics) for key in one.topics),
            "contacts": [_called(Contact, key, contacts) for key in one.contacts],
            "figures": [_words(figure, pictures) for figure in one.figures],
            "attachments": [
                f"{each.title} ({_called(Document, each.document, documents)})".lstrip()
                for each in one.attachments
            ],
        }
        for one in contents
    ]


def day_in_words(content: Content) -> str:
    """Return the date of a text as readers see it, '' where it has none."""
    return date_format(content.dated, pgettext("date format", "F j, Y")) if content.dated else ""


def _called(model: type[Model], key: int, names: Mapping[int, str]) -> str:
    if key in names:
        return names[key]
    return _("%(name)s (deleted since)") % {"name": was_called(model, key)}


def _apart(pictures: Mapping[int, Picture]) -> dict[int, str]:
    """Name each picture by its file, and two files of one name by their numbers too."""
    times = Counter(picture.name for picture in pictures.values())
    return {
        key: picture.name if times[picture.name] == 1 else f"{picture.name} ({key})"
        for key, picture in pictures.items()
    }


def _words(figure: Figure, names: Mapping[int, str]) -> str:
    """Return a picture's file and what is said with it, a line each."""
    return "\n".join([_called(Picture, figure.picture, names), *figures.words(figure)])
