"""The database's own guards of editions (releases/guards.py)."""

from django.db import migrations

from releases import guards


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial")]

    operations = [migrations.RunPython(guards.install, guards.remove)]
