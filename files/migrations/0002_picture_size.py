"""A picture's row knows how large its file is: pages say so without asking the storage."""

from typing import Any

from django.db import migrations, models


def weigh(apps: Any, schema_editor: Any) -> None:
    """Ask the storage once for the size of each file there is; a lost one stays at 0."""
    for picture in apps.get_model("files", "Picture").objects.iterator():
        try:
            picture.size = picture.file.size
        except OSError:
            continue
        picture.save(update_fields=["size"])


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="size",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="size in bytes"
            ),
        ),
        migrations.RunPython(weigh, migrations.RunPython.noop),
    ]
