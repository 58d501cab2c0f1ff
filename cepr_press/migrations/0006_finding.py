"""Pins, series and dates to come count the generation; who may do what with them."""

from django.db import migrations

from cepr_press import generation

#: What each role is given: model, permission, its name.
SEE = [
    ("series", "view_series", "Can view series"),
    ("event", "view_event", "Can view date to come"),
]
WRITE = [
    ("event", "add_event", "Can add date to come"),
    ("event", "change_event", "Can change date to come"),
]
ORDER = [
    ("series", "add_series", "Can add series"),
    ("series", "change_series", "Can change series"),
]
SHOW = [("event", "publish_event", "Can show a date to come to readers, and change it then")]
DELETE = [("series", "delete_series", "Can delete series")]
RIGHTS = {
    "writer": [*SEE, *WRITE],
    "editor": [*SEE, *WRITE, *ORDER],
    "publisher": [*SEE, *WRITE, *ORDER, *SHOW],
    "administrator": [*SEE, *WRITE, *ORDER, *SHOW, *DELETE],
}


def give(apps, schema_editor):
    """Give the rights. Django makes its permissions after all migrations, so make them here."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for role, rights in RIGHTS.items():
        group = apps.get_model("auth", "Group").objects.filter(name=role).first()
        for model, codename, name in rights if group else []:
            kind, _created = kinds.get_or_create(app_label="releases", model=model)
            right, _created = permissions.get_or_create(
                content_type=kind, codename=codename, defaults={"name": name}
            )
            group.permissions.add(right)


def take(apps, schema_editor):
    """Take from the roles what give() gave them."""
    for role, rights in RIGHTS.items():
        group = apps.get_model("auth", "Group").objects.filter(name=role).first()
        for model, codename, _name in rights if group else []:
            found = apps.get_model("auth", "Permission").objects.filter(
                content_type__app_label="releases", content_type__model=model, codename=codename
            )
            group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("cepr_press", "0005_boilerplate"),
        ("releases", "0019_finding"),
    ]

    operations = [
        migrations.RunPython(generation.install, migrations.RunPython.noop),
        migrations.RunPython(give, take),
    ]
