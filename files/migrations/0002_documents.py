"""Documents; and a picture's row knows how large its file is, so that pages can say so."""

from typing import Any

from django.db import migrations, models

import files.models


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
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=files.models.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=files.models.stored_document, verbose_name="file"
                    ),
                ),
                ("mime_type", models.CharField(editable=False, max_length=100)),
                (
                    "size",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="size in bytes"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "ordering": ["-id"],
            },
        ),
        migrations.RunPython(weigh, migrations.RunPython.noop),
    ]
