"""Whatever models there are now or will be later: their rows come back as the database had them."""

import json
import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from cepr_press.backup import tables
from cepr_press.backup.numbers import go_on, last
from cepr_press.backup.tables import LEFT_OUT, Table
from cepr_press.backup.variables import KEPT, SECRET, kept
from tests.house.source import ROOT


def test_every_model_is_in_or_named_as_left_out(db):
    """A model that comes later is in by itself; LEFT_OUT has only what can be made again."""
    models_there = {
        one._meta.label_lower
        for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy
    }
    state = tables.present(connection)
    assert {one.name for one in state.every} == models_there
    assert state.kept.keys() == models_there - LEFT_OUT
    assert models_there >= LEFT_OUT
    columns = {one.attname for one in apps.get_model("releases.Edition")._meta.concrete_fields}
    assert set(state.kept["releases.edition"].fields) == columns


class Whisper(models.CharField):
    """A column that says another thing than it has, as one that encrypts does."""

    def from_db_value(self, value, expression, connection):
        return value[::-1]

    def get_prep_value(self, value):
        return value[::-1]


@pytest.fixture
def table(db) -> Table:
    """A table of a model that nobody thought of when backups were made."""
    with isolate_apps("releases"):

        class Later(models.Model):  # noqa: DJ008
            secret = Whisper(max_length=20)
            data = models.BinaryField()
            price = models.DecimalField(max_digits=9, decimal_places=3)
            took = models.DurationField()
            at = models.DateTimeField(auto_now=True)
            day = models.DateField(null=True)
            hour = models.TimeField()
            key = models.UUIDField()
            words = models.JSONField(null=True)
            share = models.FloatField()
            yes = models.BooleanField()
            parent = models.ForeignKey("self", models.CASCADE, null=True)

            class Meta:
                app_label = "releases"

    editor = connection.schema_editor()
    editor.deferred_sql = []
    editor.create_model(Later)
    return Table(Later)


ROW = {
    "id": 7, "secret": "stored so", "data": b"\0\xff", "price": Decimal("-1.250"),
    "took": timedelta(days=-1, microseconds=3), "day": date(2024, 2, 29),
    "at": datetime(2026, 3, 8, 3, 0, 0, 1, tzinfo=timezone(timedelta(hours=-4))),
    "hour": time(23, 59, 59, 999_999), "key": UUID(int=5), "share": 0.1, "yes": True,
    "words": {"a": [1, None, "ñ\u2028"], "": {}}, "parent_id": 7,
}  # fmt: skip
EMPTY = {**ROW, "id": 8, "day": None, "words": None, "parent_id": None}


def through_json(row: dict) -> dict:
    return json.loads(json.dumps(row, default=tables.written))


def test_every_kind_of_value_comes_back(table):
    tables.insert(connection, table, [through_json(ROW), through_json(EMPTY)])
    stored = [{**row, "data": bytes(row["data"])} for row in table.rows()]
    assert stored == [ROW, EMPTY]
    assert table.model.objects.get(pk=7).secret == "os derots", "our field, asked, says another"
    first = next(through_json(row) for row in table.rows())
    assert first["at"] == "2026-03-08T07:00:00.000001+00:00"


def test_numbers_go_on_after_the_last_one_given(table):
    assert (table.counted, last(connection, table)) == ("id", 0)
    tables.insert(connection, table, [through_json(EMPTY)])
    go_on(connection, table, 41)
    assert last(connection, table) == 41
    made = table.model.objects.create(**{k: v for k, v in EMPTY.items() if k != "id"})
    assert made.pk == 42
    go_on(connection, table, 3)
    assert last(connection, table) == 42


def test_a_value_without_a_rule_is_refused():
    with pytest.raises(TypeError, match="no rule"):
        json.dumps({"a": object()}, default=tables.written)


def test_every_variable_is_kept_or_secret():
    """A variable that comes later has to be put into one of the two lists."""
    text = (ROOT / "cepr_press/settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(PRESS_[A-Z_]+)"', text)) == KEPT | SECRET
    assert not KEPT & SECRET
    environment = {"PRESS_MODE": "demo", "PRESS_SECRET_KEY": "s", "PRESS_UNKNOWN": "u", "HOME": "/"}
    assert kept(environment) == {"PRESS_MODE": "demo"}
