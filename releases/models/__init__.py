"""The data: releases (the working copy), editions (what is public), topics, history."""

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
from releases.models.history import Act, Revision
from releases.models.release import (
    NamedPerson,
    Release,
    ReleaseAttachment,
    ReleaseContact,
    ReleaseFigure,
)
from releases.models.share import ShareLink
from releases.models.topic import Topic, TopicAddress
from releases.models.typed import Autosave, Presence
from releases.models.withdrawal import Withdrawal

__all__ = [
    "Act",
    "Address",
    "Autosave",
    "Comment",
    "Edition",
    "EditionAttachment",
    "EditionContact",
    "EditionFigure",
    "EditionTopic",
    "NamedPerson",
    "Note",
    "Presence",
    "Release",
    "ReleaseAttachment",
    "ReleaseContact",
    "ReleaseFigure",
    "Revision",
    "ShareLink",
    "Topic",
    "TopicAddress",
    "Withdrawal",
    "next_transition",
]
