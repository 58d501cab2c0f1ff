"""The index of what is published: for each edition its words, with where and how weighty they are.

Written by releases/search/index.py in the transaction that makes an edition, and gone with one that
is taken back. Everything here can be made anew from the editions (`manage.py reindex`).
"""

from django.conf import settings
from django.db import models

from releases.models.edition import Edition


class Stem(models.Model):
    """What the forms of a word share, in one language.

    Numbered as they first came up, so that words in many texts have low numbers.
    """

    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    text = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="stem_once")]

    def __str__(self) -> str:
        return self.text


class Spelling(models.Model):
    """A form of a stem (`whole`), or one with a letter left out: how mistyped words find it."""

    stem = models.ForeignKey(Stem, on_delete=models.CASCADE, related_name="spellings")
    key = models.CharField(max_length=40)
    whole = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "stem", "whole"], name="spelling_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """That a stem stands in an edition: how much that weighs, on which day, in which places.

    `day` is the edition's date, counted from the year 1; `places` are numbers of words, apart by
    spaces (releases/search/index.py says how they count).
    """

    pk = models.CompositePrimaryKey("stem_id", "edition_id")
    stem = models.ForeignKey(Stem, on_delete=models.PROTECT, db_index=False, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="postings")
    weight = models.PositiveSmallIntegerField()
    day = models.PositiveIntegerField()
    places = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["stem", "-weight", "-day", "-edition"], name="posting_weightiest"),
        ]

    def __str__(self) -> str:
        return f"{self.stem_id} in {self.edition_id}"


class IndexedText(models.Model):
    """An edition's text without markup, from which excerpts are taken, and the names with it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="indexed")
    text = models.TextField()
    names = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:50]
