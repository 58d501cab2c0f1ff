"""Boilerplate is public: its table counts the generation. Editors and above change it."""

from django.db import migrations

from cepr_press import generation

RIGHTS = {
    "writer": ["view"],
    "editor": ["view", "add", "change"],
    "publisher": ["view", "add", "change"],
    "administrator": ["view", "add", "change", "delete"],
}
MODELS = ("boilerplate", "template")


def rights(apps):
    """Give each group with its rights. Django makes these after all migrations: make them here."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for role, verbs in RIGHTS.items():
        found = []
        for model in MODELS:
            kind, _created = kinds.get_or_create(app_label="releases", model=model)
            for verb in verbs:
                right, _created = permissions.get_or_create(
                    content_type=kind,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {model}"},
                )
                found.append(right)
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
        ("cepr_press", "0004_generation_counts_moves"),
        ("releases", "0017_boilerplate"),
    ]

    operations = [
        migrations.RunPython(generation.install, migrations.RunPython.noop),
        migrations.RunPython(give, take),
    ]
