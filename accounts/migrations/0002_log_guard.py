"""The database refuses to change or remove a line of the log of accounts."""

from django.db import migrations

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(guards.install, guards.remove)]
