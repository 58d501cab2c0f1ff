"""Tables rebuilt for translations count the generation again."""

from django.db import migrations

from cepr_press import generation


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0004_generation_counts_moves"),
        ("releases", "0020_translations"),
    ]

    operations = [migrations.RunPython(generation.install, migrations.RunPython.noop)]
