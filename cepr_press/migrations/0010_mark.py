"""The latest moment at which something is known to have begun or ended, beside the generation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cepr_press", "0009_accounts")]

    operations = [
        migrations.AddField(
            model_name="generation", name="mark", field=models.DateTimeField(null=True)
        ),
    ]
