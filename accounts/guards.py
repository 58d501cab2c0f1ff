"""The database itself refuses to change or remove a line of the log of accounts.

SQLite drops a table's triggers when Django rebuilds it: a migration that alters this table calls
`install` again as its last operation.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "accounts_accountact"
SQLITE = ("account_act_fixed", "account_act_kept")
POSTGRESQL = ("account_act_fixed",)
INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
STATEMENTS = {
    "sqlite": [
        f"CREATE TRIGGER account_act_fixed BEFORE UPDATE ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the log of accounts never changes'); END",
        f"CREATE TRIGGER account_act_kept BEFORE DELETE ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the log of accounts is kept'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION account_act_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE integrity_constraint_violation USING MESSAGE = 'the log of accounts never changes';"
        " END $$",
        f"CREATE TRIGGER account_act_fixed BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION account_act_guard()",
    ],
}
DROPPED = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS account_act_fixed ON {TABLE}",
        "DROP FUNCTION IF EXISTS account_act_guard()",
    ],
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guard in place, whatever was there before (migrations.RunPython calls this)."""
    remove(apps, schema_editor)
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away (the reverse of `install`)."""
    for statement in DROPPED[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that do not stand."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        there = {str(row[0]) for row in cursor.fetchall()}
    wanted = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    return [name for name in wanted if name not in there]
