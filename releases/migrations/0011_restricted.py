import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("releases", "0010_restored_revisions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="action",
            field=models.CharField(
                choices=[
                    ("create", "started it"),
                    ("save", "changed the text"),
                    ("restore", "restored an earlier text"),
                    ("submit", "submitted it for review"),
                    ("send_back", "sent it back"),
                    ("approve", "approved it"),
                    ("publish", "published it"),
                    ("publish_urgently", "published it before anybody else had looked"),
                    ("take_back", "took the scheduled edition back"),
                    ("move", "moved the scheduled edition"),
                    ("lift", "lifted the embargo"),
                    ("keep", "kept the scheduled edition for its moment"),
                    ("withdraw", "withdrew it"),
                    ("mend_note", "mended a public note"),
                    ("import_published", "brought it in as published"),
                    ("share", "made a share link"),
                    ("revoke", "revoked share links"),
                    ("restrict", "chose who may see it"),
                    ("step_in", "joined the people who may see it"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="NamedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_links",
                        to="releases.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "named person",
                "verbose_name_plural": "named people",
                "constraints": [
                    models.UniqueConstraint(fields=("release", "person"), name="named_person_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="release",
            name="named",
            field=models.ManyToManyField(
                blank=True,
                editable=False,
                related_name="+",
                through="releases.NamedPerson",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who may see this",
            ),
        ),
    ]
