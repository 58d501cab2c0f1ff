"""Queries whose SQL is built once a process, and run with other values each time.

Building a query costs Django ten times as long as running it. `@prepared` calls the function that
writes it once, with a parameter in the place of each value, and keeps the SQL that comes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, ParamSpec, SupportsIndex, TypeVar, overload

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Value
from django.db.models.query import ModelIterable, get_related_populators

from releases.models.secret import NOTHING, kept_secret

P = ParamSpec("P")
R = TypeVar("R")


class Parameter(Value):
    """A place in a query; `value` is the number of the argument that fills it."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a placeholder, and itself for what is to stand there."""
        return "%s", [self]


class Ready:
    """A query as SQL for one database, with all that makes instances of its rows.

    Those of values_list() have no model: they stay rows.
    """

    def __init__(self, queryset: QuerySet[Any], database: BaseDatabaseWrapper) -> None:
        compiler = queryset.query.get_compiler(connection=database)
        self.sql, self.params = compiler.as_sql()
        self.converters = compiler.get_converters(column for column, _sql, _as in compiler.select)
        self.model: Any = None
        if issubclass(queryset._iterable_class, ModelIterable):
            self._instances_of(compiler, database.alias)

    def _instances_of(self, compiler: Any, alias: str) -> None:
        """Keep what makes instances of rows."""
        of, fields = compiler.klass_info, compiler.klass_info["select_fields"]
        self.model, self.own = of["model"], slice(fields[0], fields[-1] + 1)
        columns = compiler.select[self.own]
        self.names = frozenset(column.target.attname for column, _sql, _as in columns)
        self.added = compiler.annotation_col_map or {}
        # The type stubs are of a younger Django, where it takes one argument more.
        self.related = get_related_populators(of, compiler.select, alias)  # type: ignore[call-arg]

    def run(self, values: Sequence[Any], database: BaseDatabaseWrapper) -> Rows[Any]:
        """Return what the database answers for these values."""
        adapted = [_adapted(value, database) for value in values]
        params = [adapted[p.value] if isinstance(p, Parameter) else p for p in self.params]
        with database.cursor() as cursor:
            cursor.execute(self.sql, params)
            return Rows(self, cursor.fetchall(), database)

    def made(self, answered: Iterable[Sequence[Any]], database: BaseDatabaseWrapper) -> list[Any]:
        """Return the instances, or the rows, of what the database answered."""
        rows = list(map(list, answered))
        for position, (converters, column) in self.converters.items():
            for convert in converters:
                for row in rows:
                    row[position] = convert(row[position], column, database)
        return [self._instance(row, database.alias) for row in rows] if self.model else rows

    def _instance(self, row: list[Any], alias: str) -> Any:
        """Return the instance that a row holds, related ones and annotations with it."""
        one = self.model.from_db(alias, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, one)
        for name, position in self.added.items():
            setattr(one, name, row[position])
        return one


class Rows(Sequence[R]):
    """What a query found: its instances, or for values_list() its rows, made when somebody looks.

    Until then it is `known_by` what the database answered: a page that is kept under that
    (releases/newsroom/parts.py) needs no instances.
    """

    def __init__(self, ready: Ready, answered: list[Any], database: BaseDatabaseWrapper) -> None:
        self.ready, self.answered, self.database = ready, answered, database

    @cached_property
    def _made(self) -> list[R]:
        return self.ready.made(self.answered, self.database)

    @property
    def known_by(self) -> tuple[Any, ...]:
        """The question and its answer; two that are equal make equal instances."""
        return (self.ready.sql, *self.answered)

    @overload
    def __getitem__(self, place: SupportsIndex) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> list[R]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> R | list[R]:
        return self._made[place]

    def __iter__(self) -> Iterator[R]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self.answered)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as of a list: its instances may change


def prepared(build: Callable[P, QuerySet[Any, R]]) -> Callable[P, Sequence[R]]:
    """Make of a function that returns a queryset one that returns what is in it as a sequence
    (Rows): its instances, or for values_list() its rows.

    Its arguments are values to compare columns with, each by its place and never None. What it
    does must not depend on them but for their number; prefetch_related() is not followed.
    """
    known: dict[tuple[str, int], Ready] = {}

    @wraps(build)
    def run(*values: Any) -> Sequence[R]:
        if kept_secret.get() is not NOTHING:
            # Who looks ahead is answered by more conditions than the SQL at hand has
            # (releases/looking_ahead.py).
            return list(build(*values))  # type: ignore[call-arg]
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, len(values))
        if key not in known:
            known[key] = Ready(build(*map(Parameter, range(len(values)))), database)  # type: ignore[call-arg,arg-type]
        return known[key].run(values, database)

    return run  # type: ignore[return-value]


def _adapted(value: Any, database: BaseDatabaseWrapper) -> Any:
    """Return a value as the database takes it."""
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    return database.ops.adapt_datefield_value(value) if isinstance(value, date) else value
