"""Campaigns count the generation, as does the table of appeals, rebuilt; who may write them."""

from django.db import migrations

from cepr_press import generation

RIGHTS = {
    "writer": ["view"],
    "editor": ["view"],
    "publisher": ["view", "add", "change"],
    "administrator": ["view", "add", "change", "delete"],
}


def rights(apps):
    """Give each group with its rights. Django makes these after all migrations: make them here."""
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="donations", model="campaign"
    )
    permissions = apps.get_model("auth", "Permission").objects
    for role, verbs in RIGHTS.items():
        found = [
            permissions.get_or_create(
                content_type=kind,
                codename=f"{verb}_campaign",
                defaults={"name": f"Can {verb} campaign"},
            )[0]
            for verb in verbs
        ]
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            yield group, found


def give(apps, schema_editor):
    """Give the rights."""
    for group, found in rights(apps):
        group.permissions.add(*found)


def take(apps, schema_editor):
    """Take them away from whom give() gave them."""
    for group, found in rights(apps):
        group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0007_people"),
        ("donations", "0003_campaigns"),
    ]

    operations = [
        migrations.RunPython(generation.install, migrations.RunPython.noop),
        migrations.RunPython(give, take),
    ]
