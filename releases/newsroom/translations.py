"""A release in other languages: where it is to be found, and what a translation lacks.

All of it follows from public editions, so that a link to a translation is there from the second
in which the translation is, and no trace of it before.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from releases.models import Edition, Topic
from releases.models.edition import EditionQuerySet
from releases.newsroom.context import languages
from releases.newsroom.queries import one_a_language


def also_in(at: datetime, editions: Iterable[Edition]) -> list[Edition]:
    """Return a list's editions, each with its public translations as `also`: one query in all."""
    listed = list(editions)
    roots = {one.root for one in listed}
    families: dict[int, list[Edition]] = {}
    others = Edition.objects.public(at).of_families(roots) if roots else Edition.objects.none()
    for other in others.only("language", "slug", "release", "original").order_by("pk"):
        families.setdefault(other.root, []).append(other)
    for one in listed:
        one.also = one_a_language(families.get(one.root, []), one.language)
    return listed


def public_in(at: datetime, language: str, topic: Topic | None, kind: str = "") -> EditionQuerySet:
    """Return a language's public editions, the newest first; on a topic, of a kind, if given."""
    public = Edition.objects.public(at)
    if topic:
        return public.about(topic, language, kind)
    found = (
        public.filter(language=language, kind=kind) if kind else public.filter(language=language)
    )
    return found.newest_first()


def untranslated(
    at: datetime, language: str, others: str, topic: Topic | None, kind: str = ""
) -> EditionQuerySet:
    """Return the editions in the language `others` of what is not there in `language`.

    A translation is among them only where its original is not public.
    """
    root = Coalesce(OuterRef("original"), OuterRef("release"))
    here = Edition.objects.public(at).filter(language=language)
    known = Exists(here.filter(release=root)) | Exists(here.filter(original=root))
    original = Exists(Edition.objects.public(at).filter(release=OuterRef("original")))
    return public_in(at, others, topic, kind).filter(~known, ~original)


def alternates(
    absolute: Callable[[str], str], edition: Edition, translations: Sequence[Edition]
) -> list[tuple[str, str]]:
    """Return language and address of all of a family; empty where there is one language.

    The original is what suits everybody else (x-default).
    """
    if not translations:
        return []
    everybody = [edition, *translations]
    pages = {one.language: absolute(one.get_absolute_url()) for one in everybody}
    default = next((one for one in everybody if one.original_id is None), edition)
    return [*sorted(pages.items()), ("x-default", pages[default.language])]


def switcher(translations: list[Edition]) -> list[tuple[str, str, str]]:
    """Return the newsroom's languages, leading to the translations where there are any."""
    there = {one.language: one.get_absolute_url() for one in translations}
    return [(code, name, there.get(code, home)) for code, name, home in languages()]


def lacking(at: datetime, edition: Edition) -> Edition | None:
    """Return the last noted edition of its original that the translation does not have."""
    if edition.original_id is None:
        return None
    noted = Edition.objects.noted(at).filter(release=edition.original_id)
    return noted.filter(number__gt=edition.based_on).select_related("public_note").first()
