"""The data: releases (the working copy), editions (what is public), topics, history."""

from releases.models.boilerplate import Boilerplate, Template
from releases.models.comment import Comment
from releases.models.edition import (
    Address,
    Edition,
    EditionAttachment,
    EditionContact,
    EditionFigure,
    EditionTopic,
    Note,
    next_transition,
)
from releases.models.event import Event, next_day_over
from releases.models.history import Act, Revision
from releases.models.index import IndexedText, Posting, Spelling, Stem
from releases.models.pin import Pin, next_unpinning
from releases.models.release import (
    NamedPerson,
    Release,
    ReleaseAttachment,
    ReleaseContact,
    ReleaseFigure,
)
from releases.models.series import Series, SeriesAddress, SeriesPlace
from releases.models.share import ShareLink
from releases.models.topic import Topic, TopicAddress
from releases.models.typed import Autosave, Presence
from releases.models.withdrawal import Withdrawal

__all__ = [
    "Act",
    "Address",
    "Autosave",
    "Boilerplate",
    "Comment",
    "Edition",
    "EditionAttachment",
    "EditionContact",
    "EditionFigure",
    "EditionTopic",
    "Event",
    "IndexedText",
    "NamedPerson",
    "Note",
    "Pin",
    "Posting",
    "Presence",
    "Release",
    "ReleaseAttachment",
    "ReleaseContact",
    "ReleaseFigure",
    "Revision",
    "Series",
    "SeriesAddress",
    "SeriesPlace",
    "ShareLink",
    "Spelling",
    "Stem",
    "Template",
    "Topic",
    "TopicAddress",
    "Withdrawal",
    "next_day_over",
    "next_transition",
    "next_unpinning",
]
