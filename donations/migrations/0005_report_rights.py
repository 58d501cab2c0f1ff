"""Editors and those above them read the report."""

from django.db import migrations

EDITORS = ("editor", "publisher", "administrator")


def give(apps, schema_editor):
    """Give the right. Django makes its permissions after all migrations, so make it here."""
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="donations", model="count"
    )
    right, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename="view_count", defaults={"name": "Can view count"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=EDITORS):
        group.permissions.add(right)


def take(apps, schema_editor):
    """Take the right away from whom give() gave it."""
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="donations", content_type__model="count"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=EDITORS):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0004_report"),
        ("cepr_press", "0007_people"),
    ]

    operations = [migrations.RunPython(give, take)]
