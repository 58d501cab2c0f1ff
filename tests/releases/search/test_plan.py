"""Search among 20,000 releases walks its index, and costs what it costs among few."""

import pytest
from django.db import connection
from django.utils import timezone

from releases.models import Edition, IndexedText, Posting, Stem
from releases.search.matching import rows_of, with_stems
from releases.search.question import read
from releases.search.searching import search
from tests.make import make_edition
from tests.releases.newsroom.test_costs import grow

MANY = 20_000


@pytest.fixture
def archive(db) -> dict[str, int]:
    """20,000 public releases: all have one word, 200 another, 20 a third. Returns its stems."""
    edition = make_edition(headline="Oil quinoa lithium")
    grow(edition, MANY)
    stems = dict(Stem.objects.filter(language="en").values_list("text", "pk"))
    keys = [stems["oil"], stems["lithium"], stems["quinoa"]]
    others = list(Edition.objects.exclude(pk=edition.pk).order_by("pk"))
    IndexedText.objects.bulk_create(IndexedText(edition=one, text="Oil.") for one in others)
    for stem, every in zip(keys, (1, 100, 1000), strict=True):
        Posting.objects.bulk_create(
            [
                Posting(
                    stem_id=stem, edition=one, weight=1 + n % 90, day=one.day.toordinal(), places=n
                )
                for n, one in enumerate(others)
                if n % every == 0
            ],
            2_000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {word: stems[word] for word in ("oil", "lithium", "quinoa")}


def plan(*stems: int) -> str:
    """How the database walks to the first page."""
    return rows_of(with_stems(timezone.now(), *stems), len(stems))[:200].explain()


def test_each_question_walks_an_index_of_the_words(archive, django_assert_num_queries):
    for words in (["oil"], ["quinoa"], ["quinoa", "oil"], ["quinoa", "lithium", "oil"]):
        walked = plan(*(archive[word] for word in words))
        assert whole_tables(walked) == [], walked
        assert ("posting" in walked) and ("ndex" in walked or "INDEX" in walked), walked
    assert "posting_weightiest" in plan(archive["oil"])
    assert whole_tables(Edition.objects.filter(body__icontains="lithium").explain())
    for typed, found in (("oil", 200), ("quinoa", 21), ("oil lithium", 200)):
        with django_assert_num_queries(2):
            assert len(search(timezone.now(), ["en"], read(typed)).matches) == found


def whole_tables(walked: str) -> list[str]:
    """The lines of a plan that read a table from one end to the other."""
    return [line for line in walked.splitlines() if "SCAN" in line or "Seq Scan" in line]


@pytest.mark.long
def test_the_weightiest_come_first_and_of_those_the_newest(archive):
    found = search(timezone.now(), ["en"], read("oil")).matches
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    every = Posting.objects.filter(stem=archive["oil"]).order_by("-weight", "-day", "-edition")
    assert [one.edition for one in found] == list(every.values_list("edition", flat=True)[:200])
