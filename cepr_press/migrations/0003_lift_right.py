"""Publishers and administrators may move or lift an embargo."""

from django.db import migrations

ROLES = ("publisher", "administrator")


def give(apps, schema_editor):
    """Give the right. Django makes its permissions after all migrations, so make it here."""
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="releases", model="release"
    )
    right, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename="lift_release",
        defaults={"name": "Can move or lift an embargo"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(right)


def take(apps, schema_editor):
    """Take the right away from whom give() gave it."""
    right = apps.get_model("auth", "Permission").objects.filter(codename="lift_release").first()
    if right:
        for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
            group.permissions.remove(right)


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0002_generation"),
        ("releases", "0008_move_and_lift"),
    ]

    operations = [migrations.RunPython(give, take)]
