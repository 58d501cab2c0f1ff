"""The button "House style" shows what it would change; what is taken is in the form, unsaved."""

from typing import Any

from django.http import HttpRequest, QueryDict

from releases.desk.rows import rewritten
from releases.desk.typed import held
from releases.desk.writing import STYLE
from releases.differences import Value, compare
from releases.housestyle import departures, in_house_style
from releases.models import Release
from releases.shown import as_shown

#: What the button says: show what would change, or take it into the form.
ASK, TAKE = "ask", "take"
#: What stands for a space that does not break, which looks like any other.
NO_BREAK = "␣"


def taken(data: QueryDict, release: Release | None) -> QueryDict:
    """Return a form's data in house style where that was asked for, else as they are."""
    if data.get(STYLE) != TAKE:
        return data
    content = held(data, release)
    return rewritten(data, in_house_style(content), departures(content), whole=False)


def facts(request: HttpRequest, release: Release | None) -> dict[str, Any]:
    """Return what the form's page says of house style: nothing unless it was asked."""
    asked = request.POST.get(STYLE) if request.method == "POST" else None
    if asked != ASK:
        return {"style_taken": asked == TAKE}
    content = held(request.POST, release)
    before, after = map(_with_spaces, as_shown(content, in_house_style(content)))
    changes = compare(before, after)
    texts = (run.text for one in changes for block in one.blocks for run in block.runs)
    has_spaces = any(NO_BREAK in text for text in texts)
    return {"style": {"changes": changes, "language": content.language, "has_spaces": has_spaces}}


def _with_spaces(fields: dict[str, Value]) -> dict[str, Value]:
    """Return fields in which spaces that do not break can be seen."""
    return {
        name: _seen(value) if isinstance(value, str) else [_seen(one) for one in value]
        for name, value in fields.items()
    }


def _seen(text: str) -> str:
    return text.replace("&nbsp;", NO_BREAK).replace("\xa0", NO_BREAK)
