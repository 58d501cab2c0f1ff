"""The content generation: one row, counted up by the database itself."""

from django.db import migrations, models

from cepr_press import generation


def make_row(apps, schema_editor):
    """Make the one row."""
    apps.get_model("cepr_press", "Generation").objects.create()


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0001_roles"),
        ("contacts", "0001_initial"),
        ("donations", "0001_initial"),
        ("releases", "0003_withdrawal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(make_row, migrations.RunPython.noop),
        migrations.RunPython(generation.install, generation.remove),
    ]
