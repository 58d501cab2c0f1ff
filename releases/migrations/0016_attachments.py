import django.db.models.deletion
from django.db import migrations, models

from releases import guards


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_documents"),
        ("releases", "0015_figure_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="What it is, for readers: “The report” or “Data for the chart”.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="files.document",
                        verbose_name="file",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="releases.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReleaseAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="What it is, for readers: “The report” or “Data for the chart”.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="files.document",
                        verbose_name="file",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="releases.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        # The edition's new table is guarded like the others.
        migrations.RunPython(guards.install, migrations.RunPython.noop),
    ]
