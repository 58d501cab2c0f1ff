"""A release among its translations: one text a language, translated, and up with the original."""

from django.utils.translation import gettext as _

from releases import publishing, timekeeping
from releases.checks.subject import Family, Problem, Subject, warning
from releases.models import Release
from releases.models.text import language_in_words


def family_of(release: Release | None) -> Family:
    """Fetch what the rules below want to know of a release's original and translations."""
    if release is None or not release.pk:
        return Family()
    # A restricted one does not count: it would tell others of itself.
    others = Release.objects.of_family(release.root).unrestricted().exclude(pk=release.pk)
    languages = frozenset(others.values_list("language", flat=True))
    if release.original is None:
        return Family(languages=languages)
    newest = publishing.newest_edition(release.original)
    text = newest or release.original
    begun = publishing.begun_edition(release.original, timekeeping.now())
    return Family(
        languages=languages,
        headline=text.headline,
        body=text.body,
        based_on=release.based_on,
        edition=begun.number if begun else 0,
    )


def language(subject: Subject) -> Problem | None:
    """A release and its translations are in languages of their own."""
    if subject.content.language not in subject.family.languages:
        return None
    name = language_in_words(subject.content.language)
    return Problem("language", _("There is a text in %(language)s already.") % {"language": name})


def translated(subject: Subject) -> Problem | None:
    """A translation says what it says in its own language."""
    family, content = subject.family, subject.content
    if family.headline and content.headline == family.headline:
        return Problem("headline", _("The headline is still that of the original."))
    if family.body and content.body == family.body:
        return Problem("body", _("The text is still that of the original."))
    return None


def behind(subject: Subject) -> Problem | None:
    """A translation has what its original says by now."""
    family = subject.family
    if family.edition <= max(family.based_on, 1):
        return None
    return warning(
        "body",
        _("Edition %(number)d of the original is public; this text was not compared with it yet.")
        % {"number": family.edition},
    )
