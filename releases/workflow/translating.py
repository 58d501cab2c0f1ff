"""Acts on translations: beginning one, and saying which edition of the original it has."""

from collections.abc import Collection
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models import Contact
from releases import publishing, timekeeping
from releases.content import Content, read
from releases.models import Edition, Release
from releases.models.edition import EditionQuerySet
from releases.models.text import language_in_words
from releases.workflow.door import Refused, demand, office_language, opened, record
from releases.workflow.text import begin


def _taken(release: Release, by: User) -> set[str]:
    """Return the languages of a release and of those of its translations that `by` may see.

    A restricted one that others write does not count: its language would tell of it.
    """
    family = Release.objects.visible_to(by).of_family(release.root)
    return {release.language, *family.values_list("language", flat=True)}


def translate(pk: int, by: User, seen: int, language: str) -> Release:
    """Begin a draft in `language` that is linked to the release; return it.

    It begins with the text of the newest edition, or of the working copy before there is one, and
    with its topics, contacts and pictures; date and address are its own. Only the people named
    for the release see its translation. The release keeps its version. Raises Refused or Stale.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        demand("translate", release, by, seen)
        name = language_in_words(language)
        if language in _taken(release, by):
            raise Refused([_("There is a text in %(language)s already.") % {"language": name}])
        newest = publishing.newest_edition(release)
        content = _to_translate(read(newest or release), language)
        with office_language():
            name = language_in_words(language)
            why = _("A translation of “%(headline)s”.") % {"headline": release}
        made = begin(by, content, why, original=release, based_on=newest.number if newest else 0)
        made.named.set(release.named.all())
        record(release, "translate", by, name)
    return made


def _to_translate(content: Content, language: str) -> Content:
    """Return the text as a translation begins: those who speak its language are called first."""
    speaking = _speaking(content.contacts, language)
    contacts = sorted(content.contacts, key=lambda pk: pk not in speaking)
    return replace(content, language=language, slug="", dated=None, contacts=tuple(contacts))


def _speaking(contacts: Collection[int], language: str) -> set[int]:
    """Return which of these contacts speak a language."""
    people = Contact.objects.filter(pk__in=contacts)
    return {person.pk for person in people if language in person.languages}


def link(pk: int, by: User, seen: int, original_pk: int | None) -> Release:
    """Say of which release this one is the translation; None: of none.

    For what was written or brought in apart. It is taken to have the original's newest edition,
    and readers see the link with its next one. Text and stage stay. Raises Refused or Stale, and
    Release.DoesNotExist for an original that `by` may not see.
    """
    with opened("link", pk, by, seen) as release:
        there = Release.objects.visible_to(by)
        original = there.get(pk=original_pk) if original_pk else None
        if original and (why := _against(release, original, by)):
            raise Refused([why])
        newest = publishing.newest_edition(original) if original else None
        release.original, release.based_on = original, newest.number if newest else 0
        with office_language():
            told = str(original) if original else _("Of no other release.")
        record(release, "link", by, told)
    return release


def _against(release: Release, original: Release, by: User) -> str:
    """Say why one release can't be the translation of another, '' where it can."""
    if original.pk == release.pk or original.original_id:
        return _("Choose the original itself: a release that is no translation.")
    if Release.objects.visible_to(by).filter(original=release).exists():
        return _("This release has translations of its own, so it is an original.")
    others = Release.objects.visible_to(by).of_family(original.pk).exclude(pk=release.pk)
    if others.filter(language=release.language).exists():
        words = {"language": language_in_words(release.language)}
        return _("There is a text in %(language)s already.") % words
    return ""


def catch_up(pk: int, by: User, seen: int, number: int) -> Release:
    """Say that the translation has what stands in this edition of its original.

    Readers learn of it with the translation's next edition. Text and stage stay. Raises Refused
    or Stale.
    """
    with opened("catch_up", pk, by, seen) as release:
        if not _known_editions(release, by).filter(number=number).exists():
            raise Refused([_("The original has no such edition.")])
        release.based_on = number
        with office_language():
            told = _("Edition %(number)d.") % {"number": number}
        record(release, "catch_up", by, told)
    return release


def fall_back(release: Release, number: int, by: User) -> None:
    """Take from translations what they had of an edition that was taken back before its moment.

    Another text will have its number.
    """
    for one in Release.objects.select_for_update().filter(original=release, based_on=number):
        one.based_on = number - 1
        one.save(update_fields=["based_on"])
        with office_language():
            told = _("Edition %(number)d of the original was taken back.") % {"number": number}
        record(one, "catch_up", by, told)


def _known_editions(release: Release, by: User) -> EditionQuerySet:
    """Return the editions of a translation's original that `by` may know of."""
    original = release.original
    if original is None:
        return Edition.objects.none()
    editions = Edition.objects.filter(release=original)
    return editions.begun(timekeeping.now()) if original.hides_from(by) else editions
