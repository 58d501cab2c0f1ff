"""The roster counts the generation, as do tables rebuilt for translations; who may write it."""

from django.db import migrations

from cepr_press import generation

EDITORS = ("editor", "publisher", "administrator")
RIGHTS = {
    "view": ("writer", *EDITORS),
    "add": EDITORS,
    "change": EDITORS,
    "delete": EDITORS,
}


def give(apps, schema_editor):
    """Give the rights. Django makes its permissions after all migrations, so make them here."""
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="contacts", model="duty"
    )
    for verb, roles in RIGHTS.items():
        right, _created = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind,
            codename=f"{verb}_duty",
            defaults={"name": f"Can {verb} span on call"},
        )
        for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
            group.permissions.add(right)


def take(apps, schema_editor):
    """Take the rights away from whom give() gave them."""
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="contacts", content_type__model="duty"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS["view"]):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0006_finding"),
        ("contacts", "0003_duty"),
        ("releases", "0020_translations"),
    ]

    operations = [
        migrations.RunPython(generation.install, migrations.RunPython.noop),
        migrations.RunPython(give, take),
    ]
