"""Administrators read the log of accounts."""

from django.db import migrations


def give(apps, schema_editor):
    """Give the right. Django makes its permissions after all migrations, so make it here."""
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="accounts", model="accountact"
    )
    right, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename="view_accountact",
        defaults={"name": "Can view act on an account"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        group.permissions.add(right)


def take(apps, schema_editor):
    """Take the right away from whom give() gave it."""
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="accounts", codename="view_accountact"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_log_guard"),
        ("cepr_press", "0008_appeals"),
    ]

    operations = [migrations.RunPython(give, take)]
