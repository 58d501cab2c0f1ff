"""Former addresses of topics and contacts are public: their tables count the generation too."""

from django.db import migrations

from cepr_press import generation


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0003_lift_right"),
        ("contacts", "0002_contact_addresses"),
        ("releases", "0007_topic_addresses"),
    ]

    operations = [migrations.RunPython(generation.install, migrations.RunPython.noop)]
