"""Pins, series, dates to come; what lists by kind, topic and month walk along."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from releases import guards


def fill(apps, schema_editor):
    """Let each topic's link say the kind of its edition, too."""
    kind = apps.get_model("releases", "Edition").objects.filter(pk=OuterRef("edition"))
    links = apps.get_model("releases", "EditionTopic").objects.all()
    links.update(kind=Subquery(kind.values("kind")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_contact_addresses"),
        ("releases", "0018_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # An edition's topics never change: the guards stand aside while the column is filled.
        migrations.RunPython(guards.remove, guards.install),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("release", "Coming release"), ("event", "Event")],
                        default="event",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Español"), ("pt-br", "Português")],
                        default="en",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=600, verbose_name="description")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "hour",
                    models.TimeField(
                        blank=True,
                        help_text="By the press office’s clocks. Left empty, only the day is told.",
                        null=True,
                        verbose_name="time",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="Where to register or to follow it.",
                        verbose_name="page",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("provisional", "Provisional"),
                            ("confirmed", "Confirmed"),
                            ("moved", "Moved"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="provisional",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it is moved or cancelled; readers see it.",
                        max_length=300,
                        verbose_name="reason",
                    ),
                ),
                ("former_day", models.DateField(blank=True, editable=False, null=True)),
                (
                    "shown_from",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="shown from"
                    ),
                ),
                ("shown_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "date to come",
                "verbose_name_plural": "dates to come",
                "ordering": ["-day", "-id"],
                "permissions": [
                    ("publish_event", "Can show a date to come to readers, and change it then")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "pin",
                "verbose_name_plural": "pins",
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_en", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "name_es",
                    models.CharField(blank=True, max_length=120, verbose_name="name in Spanish"),
                ),
                (
                    "name_pt_br",
                    models.CharField(blank=True, max_length=120, verbose_name="name in Portuguese"),
                ),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=120, unique=True, verbose_name="address"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["name_en"],
            },
        ),
        migrations.CreateModel(
            name="SeriesAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SeriesPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
            ],
            options={
                "verbose_name": "place in a series",
                "verbose_name_plural": "places in a series",
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddField(
            model_name="editiontopic",
            name="kind",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.AlterField(
            model_name="act",
            name="action",
            field=models.CharField(
                choices=[
                    ("create", "started it"),
                    ("save", "changed the text"),
                    ("restore", "restored an earlier text"),
                    ("duplicate", "made a copy of it"),
                    ("submit", "submitted it for review"),
                    ("send_back", "sent it back"),
                    ("approve", "approved it"),
                    ("publish", "published it"),
                    ("publish_urgently", "published it before anybody else had looked"),
                    ("take_back", "took the scheduled edition back"),
                    ("move", "moved the scheduled edition"),
                    ("lift", "lifted the embargo"),
                    ("keep", "kept the scheduled edition for its moment"),
                    ("withdraw", "withdrew it"),
                    ("mend_note", "mended a public note"),
                    ("import_published", "brought it in as published"),
                    ("share", "made a share link"),
                    ("revoke", "revoked share links"),
                    ("pin", "pinned it to the front page"),
                    ("unpin", "took it off the top of the front page"),
                    ("place", "changed its place in a series"),
                    ("restrict", "chose who may see it"),
                    ("step_in", "joined the people who may see it"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["language", "kind", "-dated", "-id"], name="edition_kind_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["language", "dated", "public_from", "public_until"], name="edition_counted"
            ),
        ),
        migrations.AddIndex(
            model_name="editiontopic",
            index=models.Index(
                fields=["topic", "language", "kind", "-dated", "-edition"],
                name="edition_topic_kind_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["language", "day"], name="event_by_day"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("moved", "cancelled")), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="event_owes_a_reason",
                violation_error_message="Say why it is moved or cancelled: readers see it.",
            ),
        ),
        migrations.AddField(
            model_name="pin",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pins",
                to="releases.release",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_en", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                ),
                name="series_has_name_and_slug",
            ),
        ),
        migrations.AddField(
            model_name="seriesaddress",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former_addresses",
                to="releases.series",
            ),
        ),
        migrations.AddField(
            model_name="seriesplace",
            name="release",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="series_place",
                to="releases.release",
            ),
        ),
        migrations.AddField(
            model_name="seriesplace",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="releases.series",
                verbose_name="series",
            ),
        ),
        migrations.AddIndex(
            model_name="pin",
            index=models.Index(fields=["until"], name="pin_ends"),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="pin_runs_forward",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(guards.install, guards.remove),
    ]
