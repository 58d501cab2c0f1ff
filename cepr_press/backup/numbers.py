"""The numbers that a database gives to new rows: none is given twice, not even after a restore.

A draft that was deleted had a number, which the log still knows.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from cepr_press.backup.tables import Schema, Table
from cepr_press.models import Generation

LAST = {
    "sqlite": "SELECT max(seq) FROM sqlite_sequence WHERE name = %s",
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
}


def last(connection: BaseDatabaseWrapper, table: Table) -> int:
    """Return the last number given to a row of this table, 0 where none was."""
    if not table.counted:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(LAST[connection.vendor], _names(connection, table))
        found = cursor.fetchone()
    return int(found[0] or 0) if found else 0


def go_on(connection: BaseDatabaseWrapper, table: Table, number: int) -> None:
    """Have the table's next row numbered above `number`, and above all rows that are there."""
    if not table.counted:
        return
    key, name = connection.ops.quote_name(table.counted), table.model._meta.db_table
    with connection.cursor() as cursor:
        # The names are those of our models.
        cursor.execute(f"SELECT max({key}) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        number = max(number, cursor.fetchone()[0] or 0)
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, number]
            )
        elif number:
            given = [*_names(connection, table), number]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s)::regclass, %s)", given)


def generation(state: Schema) -> int:
    """Return the generation of the site: processes may hold pages under it. 0 where none is."""
    if not any(one.name == Generation._meta.label_lower for one in state.every):
        return 0
    return Generation.objects.values_list("number", flat=True).first() or 0


def _names(connection: BaseDatabaseWrapper, table: Table) -> list[str]:
    name = table.model._meta.db_table
    if connection.vendor == "sqlite":
        return [name]
    return [connection.ops.quote_name(name), str(table.counted)]
