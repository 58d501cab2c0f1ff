"""House style: quotation marks, dashes and spaces by language, the place in its field."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from releases.checks.subject import Problem, Subject, warning
from releases.differences import LABELS
from releases.housestyle import departures, opening_place


def house_style(subject: Subject) -> Problem | None:
    """Everything is as the button "House style" would have it."""
    if not (found := departures(subject.content)):
        return None
    names = ", ".join(capfirst(str(LABELS[name])) for name in found)
    return warning(
        found[0],
        _("Not in house style: %(fields)s. “House style” shows what it would change.")
        % {"fields": names},
    )


def typed_dateline(subject: Subject) -> Problem | None:
    """The place stands in its field, and the page puts it before the text."""
    if not (found := opening_place(subject.content.body)[0]):
        return None
    return warning(
        "dateline",
        _("The text opens with “%(place)s —”. The place belongs in the field “Dateline”.")
        % {"place": found},
    )
