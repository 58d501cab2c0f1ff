"""Parts of pages, kept under everything they show: the same values give the same text.

A part is a template that sees the values it is given, the office and the language of the address,
and nothing else: neither the request nor the clock. Its text is kept under its name, the language,
where addresses begin (staff at another moment stay below /desk/at/) and the values themselves,
down to the last column. So nothing has to be dropped when something changes, and no text can be
shown for another moment, language, edition or reader than the one it was made for: other values
are another key. What asks the database while it is written isn't known by its values, and is not
kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime, time
from functools import partial
from threading import Lock
from types import FunctionType
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.translation import get_language

from releases.boilerplate import stored, worded
from releases.models import Boilerplate
from releases.newsroom.context import ambient, asked, language
from releases.prepared import Rows

# The values of the keys take about as much again.
MOST_CHARACTERS = 16 * 1024 * 1024
PLAIN = {str, int, date, datetime, time, UUID, type(None)}

Key = tuple[Any, ...]


class Kept:
    """Texts by their keys, bounded in characters; the oldest go first."""

    def __init__(self) -> None:
        self.texts: dict[Key, str] = {}
        self.size = 0
        self.lock = Lock()

    def put(self, key: Key, text: str) -> None:
        """Keep a text, and drop the oldest ones beyond the bound."""
        with self.lock:
            self.size += len(text) - len(self.texts.pop(key, ""))
            self.texts[key] = text
            while self.size > MOST_CHARACTERS:
                self.size -= len(self.texts.pop(next(iter(self.texts))))

    def clear(self) -> None:
        """Drop everything: for tests that change settings."""
        with self.lock:
            self.texts, self.size = {}, 0


kept = Kept()


# What a template is shown, or a function of this module or another that makes it of its arguments.
Context = Mapping[str, Any] | partial[dict[str, Any]]


def page(request: HttpRequest, template: str, context: Context, status: int = 200) -> HttpResponse:
    """Answer with a whole page, kept like its parts: it sees its context and the office's standing
    words, and not the request.

    Where the context is a `partial`, the page is known by the arguments, and the function is
    called where the page isn't kept. It has to be told everything that it needs: what it asked of
    the clock would be kept.
    """
    given = (context, asked(request), stored(language()))
    return HttpResponse(_text(template, given, partial(_whole, *given)), status=status)


def written(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Answer with a whole page that is not kept, though its parts are: an answer to a question
    that is seldom asked twice."""
    values = _whole(context, asked(request), stored(language()))
    return HttpResponse(get_template(template).render({**ambient(), **values}))


def made(context: Context) -> Mapping[str, Any]:
    """Return what a context shows, made now where it is a `partial`."""
    return context() if isinstance(context, partial) else context


def part(template: str, values: Mapping[str, Any]) -> str:
    """Return the text of a template for these values, kept or rendered now.

    Values are texts, numbers, dates, instances with what was fetched along, and lists of those;
    with anything else among them, nothing is kept.
    """
    return _text(template, values, lambda: values)


def _whole(context: Context, asked: dict[str, Any], rows: Iterable[Boilerplate]) -> dict[str, Any]:
    """Return all that a page sees."""
    return {**made(context), **asked, "boilerplate": worded(rows)}


def _text(template: str, known_by: Any, values: Callable[[], Mapping[str, Any]]) -> str:
    """Return the text kept under what it is known by, or rendered now with its values."""
    try:
        key: Key | None = (template, get_language(), get_script_prefix(), frozen(known_by))
    except TypeError:
        key = None
    text = kept.texts.get(key) if key else None
    if text is None:
        questions: list[str] = []
        with connection.execute_wrapper(partial(_noted, questions)):
            text = get_template(template).render({**ambient(), **values()})
        if key and not questions:
            kept.put(key, text)
    return text


def frozen(value: Any, above: Key = ()) -> Any:
    """Return something hashable that equals another one's only where templates show both alike.

    `above` has the instances through which this one was reached. Raises TypeError for what is not
    known by its value.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if isinstance(value, str | bool | float):
        # Safe markup equals the same text unsafe, and True equals 1; they are not shown alike.
        return (kind, value)
    if kind is Rows:
        return value.known_by
    if kind is FunctionType and value.__closure__ is None:
        return value
    if kind is partial:
        return (kind, frozen(value.func), frozen(value.args), frozen(value.keywords))
    if isinstance(value, list | tuple | QuerySet):
        return (list, *[frozen(one, above) for one in value])
    if isinstance(value, Mapping):
        return (dict, *value, *[frozen(one, above) for one in value.values()])
    if isinstance(value, set):
        return (set, frozenset(frozen(one, above) for one in value))
    if isinstance(value, FieldFile):
        return (kind, value.name)
    if isinstance(value, Model):
        return _instance(kind, vars(value), value._state.fields_cache, above)
    if is_dataclass(value):
        return _instance(kind, vars(value), {}, above)
    raise TypeError(f"a {kind.__name__} is not known by its value")


def _instance(kind: type, columns: dict[str, Any], fetched: dict[str, Any], above: Key) -> Key:
    """Return an instance's columns and what was fetched along with it, all by their names."""
    if id(columns) in above:
        return (kind, above.index(id(columns)))
    above = (*above, id(columns))
    values = [
        value if type(value) in PLAIN else frozen(value, above)
        for name, value in columns.items()
        if name != "_state"
    ]
    along = [frozen(value, above) for value in fetched.values()]
    return (kind, *columns, *values, *fetched, *along)


def _noted(questions: list[str], execute: Any, sql: str, *others: Any) -> Any:
    """Run a query, and note that it was asked (django.db.connection.execute_wrapper)."""
    questions.append(sql)
    return execute(sql, *others)
