"""The four roles as groups. A superuser may change in the desk what a group may do."""

from django.db import migrations

WRITER = {
    "releases.release": ["view", "add", "change", "submit", "import"],
    "releases.topic": ["view"],
    "contacts.contact": ["view", "add", "change"],
    "donations.appeal": ["view"],
    "files.picture": ["view"],
}
EDITOR = {
    **WRITER,
    "releases.release": [*WRITER["releases.release"], "approve"],
    "releases.topic": ["view", "add", "change"],
    "releases.edition": ["view"],
    "releases.act": ["view"],
}
PUBLISHER = {
    **EDITOR,
    "releases.release": [*EDITOR["releases.release"], "publish"],
    "donations.appeal": ["view", "add", "change"],
}
ADMINISTRATOR = {
    **PUBLISHER,
    "releases.topic": ["view", "add", "change", "delete"],
    "contacts.contact": ["view", "add", "change", "delete"],
    "donations.appeal": ["view", "add", "change", "delete"],
    "auth.user": ["view", "add", "change"],
    "auth.group": ["view"],
    "admin.logentry": ["view"],
}
ROLES = {
    "writer": WRITER,
    "editor": EDITOR,
    "publisher": PUBLISHER,
    "administrator": ADMINISTRATOR,
}


def make_roles(apps, schema_editor):
    """Make the groups. Django makes its permissions after all migrations, so make them here."""
    models = {name: apps.get_model("auth", name) for name in ("Group", "Permission")}
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for role, rights in ROLES.items():
        group, _created = models["Group"].objects.get_or_create(name=role)
        for label, verbs in rights.items():
            app_label, model = label.split(".")
            kind, _created = content_types.get_or_create(app_label=app_label, model=model)
            for verb in verbs:
                permission, _created = models["Permission"].objects.get_or_create(
                    content_type=kind,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {model}"},
                )
                group.permissions.add(permission)


def remove_roles(apps, schema_editor):
    """Remove the groups that make_roles made."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("contacts", "0001_initial"),
        ("donations", "0001_initial"),
        ("files", "0001_initial"),
        ("releases", "0002_edition_guards"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
