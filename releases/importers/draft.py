"""From an imported text to a release: topics and people are looked up, the rest is kept."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from contacts.models import Contact
from contacts.phones import home_region
from files.models import store_picture
from releases import commenting, workflow
from releases.content import Content, Figure
from releases.housestyle import in_house_style
from releases.importers import ImportedContact, ImportedPicture, ImportedRelease, ImportedText
from releases.importers.rich import parse_rich
from releases.importers.text import parse
from releases.models import Edition, Release, Topic

COMMENT = 2000  # characters that one comment holds


@transaction.atomic
def bring_in(source: str | ImportedText, by: User, name: str) -> Release:
    """Make a draft of what the file `name` says, or of plain text; return it.

    It is put in house style, which the log says; a text that was published elsewhere already
    (bring_in_published) is not. People whom the directory does not know are added to it. What
    found no place stands in the log, and in a comment beside the draft, until somebody settles
    it: nothing is lost. Raises workflow.Refused.
    """
    text = ImportedText(text=source) if isinstance(source, str) else source
    found, left, lines = _read(text)
    content = in_house_style(found)
    release = workflow.create(by, content, _report(name, left, lines, content != found))
    for part in _in_parts(left):
        commenting.add(release, by, part)
    return release


@transaction.atomic
def bring_in_published(
    source: str | ImportedText, by: User, name: str
) -> tuple[Edition, list[str]]:
    """Make a release and its first edition, public from the start of the day that the text names.

    Returns the edition and what found no place. Raises workflow.Refused with all reasons.
    """
    text = ImportedText(text=source) if isinstance(source, str) else source
    content, left, lines = _read(text)
    day = content.dated
    zone = timezone.get_default_timezone()
    at = datetime.combine(day, time(), tzinfo=zone) if day else timezone.now()
    return workflow.import_published(by, content, at, _report(name, left, lines)), left


def _in_parts(left: list[str]) -> list[str]:
    """What was left out, as texts of a length that a comment holds."""
    if not left:
        return []
    told = "\n\n".join([_("Not in this draft, please check:"), *left])
    return [told[at : at + COMMENT] for at in range(0, len(told), COMMENT)]


def _read(text: ImportedText) -> tuple[Content, list[str], list[str]]:
    """Return the content that `text` says, what of it found no place, and the contacts' lines."""
    known = {topic.name_en: topic for topic in Topic.objects.all()}
    found = (
        parse_rich(text.markup, text.notes, list(known), region=home_region())
        if text.markup
        else parse(text.text, list(known), region=home_region())
    )
    people = [_contact(person) for person in found.contacts]
    content = Content(
        kind=found.kind,
        language=found.language or settings.LANGUAGE_CODE,
        headline=found.headline[:250],
        subhead=found.subhead[:300],
        dateline=found.dateline[:120],
        dated=found.dated,
        body=found.body,
        topics=tuple(known[name].pk for name in found.topics),
        contacts=tuple(dict.fromkeys(person.pk for person in people)),
        figures=tuple(_figure(one) for one in text.pictures),
    )
    return (
        content,
        [*text.losses, *_left(found)],
        list(dict.fromkeys(one.raw for one in found.contacts)),
    )


def _figure(found: ImportedPicture) -> Figure:
    """Store a picture that passed the gate; its words go with it."""
    picture = found.picture
    return Figure(
        store_picture(picture).pk, found.alt[:300], picture.caption[:500], picture.credit[:200]
    )


def _left(found: ImportedRelease) -> list[str]:
    """Return every part that the release's form has no field for."""
    undated = [] if found.dated else [found.dated_raw]
    appeal = [f"{found.appeal_heading}\n{found.appeal_text}".strip()]
    cut = [found.headline[250:], found.subhead[300:], found.dateline[120:]]
    extensions = [f"{one.name} ext. {one.extension}" for one in found.contacts if one.extension]
    return [part for part in (*found.unplaced, *undated, *appeal, *cut, *extensions) if part]


def _report(source: str, left: list[str], lines: list[str], restyled: bool = False) -> str:
    """Return the log's words on an import.

    The contacts' lines as they were written always stand there: they may say more than a contact
    has fields for, a role or a third number.
    """
    with workflow.office_language():
        said = [_("Imported from %(source)s.") % {"source": source}]
        if restyled:
            said += [_("Quotation marks, dashes and spaces were put in house style.")]
        if lines:
            said += [_("The contacts as written:"), *lines]
        if left:
            said += [_("Not placed in the form:"), *left]
    return "\n\n".join(said)


def _contact(person: ImportedContact) -> Contact:
    """Return the contact this is, known by mail or else by name; otherwise a new one."""
    same_name = Contact.objects.filter(name__iexact=person.name)
    known = (
        Contact.objects.filter(email__iexact=person.email).first() if person.email else None
    ) or same_name.first()
    if known:
        return known
    base = slugify(person.name) or slugify(person.name, allow_unicode=True) or "contact"
    taken = set(Contact.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = next(
        s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken
    )
    return Contact.objects.create(
        name=(person.name or person.email or person.phone)[:120],
        slug=slug,
        email=person.email,
        phone=person.phone,
        mobile=person.mobile,
        languages=[],
    )
