"""The tables of a site and their values, asked of the database's own migrations.

The models are those that the migrations which have run left behind, not those of the code: so new
code backs up a database that is still to be migrated, and an archive is loaded into the tables that
it was made from. Whatever model comes later is in by itself.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import ExpressionWrapper, F
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string

Migration = tuple[str, str]

#: What can be made again, or must not come back: the search index (`reindex`), who is signed in,
#: and the generation, which a restore counts on.
LEFT_OUT: Final = frozenset(
    {
        "accounts.guesses",
        "accounts.session",
        "cepr_press.generation",
        "releases.indexedtext",
        "releases.posting",
        "releases.spelling",
        "releases.stem",
        "sessions.session",
    }
)
#: Rows that one question to the database brings or stores.
ROWS_AT_A_TIME = 1_000

#: How JSON's texts become the values of a column again, by the column's kind.
READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "BinaryField": b64decode,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "DurationField": parse_duration,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}


class Unfit(Exception):
    """The database and this code do not belong together. Its text says why."""


@dataclass(frozen=True)
class Table:
    """One table, with the columns that it stores."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        """What it is called in an archive: `releases.edition`."""
        return self.model._meta.label_lower

    @cached_property
    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Return how each column's values are written, by the column's name in Python."""
        return {
            one.attname: plain(one)
            for one in self.model._meta.local_concrete_fields
            if not getattr(one, "generated", False)
        }

    @property
    def files(self) -> list[models.FileField]:
        """The columns that name a file of the storage."""
        fields = self.model._meta.local_concrete_fields
        return [one for one in fields if isinstance(one, models.FileField)]

    @property
    def counted(self) -> str | None:
        """The column whose numbers the database gives, if there is one."""
        key = self.model._meta.pk
        return key.column if isinstance(key, models.AutoField) else None

    def count(self) -> int:
        """Return how many rows there are."""
        return models.QuerySet(self.model).count()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give all rows as the database has them, whatever fields of ours make of a value."""
        columns = [ExpressionWrapper(F(name), one) for name, one in self.fields.items()]
        found: Any = models.QuerySet(self.model).order_by("pk").values_list(*columns)
        for row in found.iterator(chunk_size=ROWS_AT_A_TIME):
            yield dict(zip(self.fields, row, strict=True))


@dataclass(frozen=True)
class Schema:
    """A state of the database: the migrations that have run, and the tables that they made."""

    migrations: tuple[Migration, ...]
    every: tuple[Table, ...]

    @property
    def kept(self) -> dict[str, Table]:
        """The tables that an archive has, by name."""
        return {one.name: one for one in self.every if one.name not in LEFT_OUT}


def present(connection: BaseDatabaseWrapper) -> Schema:
    """Return the state of this database. Raises Unfit where newer code has migrated it."""
    loader = MigrationLoader(connection)
    return schema(loader, loader.applied_migrations)


def schema(loader: MigrationLoader, migrations: Iterable[Migration]) -> Schema:
    """Return the state after these migrations. Raises Unfit where one of them is not known."""
    wanted = set(migrations)
    unknown = sorted(wanted - loader.disk_migrations.keys())
    if unknown:
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
        raise Unfit(f"It knows migrations that this code does not have ({names}): it is newer.")
    state = loader.project_state(ends(loader, wanted))
    found: list[Any] = state.apps.get_models(include_auto_created=True) if wanted else []
    tables = [Table(one) for one in found if one._meta.managed and not one._meta.proxy]
    return Schema(tuple(sorted(wanted)), tuple(sorted(tables, key=lambda one: one.name)))


def ends(loader: MigrationLoader, migrations: Iterable[Migration]) -> list[Migration]:
    """Return the last of these migrations in each application: where to migrate to."""
    wanted = set(migrations)
    followed = {
        parent.key
        for key in wanted
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(wanted - followed)


def plain(field: Any) -> Any:
    """Return Django's own kind of a column: for a key to another table, the kind of that key."""
    while field.remote_field:
        field = field.target_field
    if type(field).__module__.startswith("django.db.models."):
        return field
    return getattr(models, field.get_internal_type())()


def written(value: Any) -> Any:
    """Return a value as JSON has it (for json.dumps). Raises TypeError for what has no rule here.

    Moments are ISO 8601 in UTC, binary values Base64 (RFC 4648), durations ISO 8601.
    """
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return b64encode(value).decode()
    raise TypeError(f"no rule for writing a {type(value).__name__}")


def read(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value out of JSON as the column has it. Raises ValueError where it can't be."""
    reader = READERS.get(field.get_internal_type())
    return value if reader is None or value is None else reader(value)


def insert(
    connection: BaseDatabaseWrapper, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Store rows under the keys that they have; nothing of ours is asked, no field, no default."""
    quote = connection.ops.quote_name
    fields = table.model._meta.local_concrete_fields
    columns = [one.column for one in fields if one.attname in table.fields and one.column]
    names = ", ".join(quote(one) for one in columns)
    values = [
        field.get_db_prep_save(read(field, row[name]), connection)
        for row in rows
        for name, field in table.fields.items()
    ]
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
    into = quote(table.model._meta.db_table)
    with connection.cursor() as cursor:
        # The names are those of our models, the values go apart.
        cursor.execute(f"INSERT INTO {into} ({names}) VALUES {places}", values)  # noqa: S608


def batch(connection: BaseDatabaseWrapper, table: Table) -> int:
    """Return how many rows of a table the database takes at a time."""
    most = connection.features.max_query_params
    return max(1, min(ROWS_AT_A_TIME, most // len(table.fields))) if most else ROWS_AT_A_TIME
