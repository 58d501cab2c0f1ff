import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from releases import guards


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_contact_addresses"),
        ("releases", "0019_finding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The columns that an edition keeps become two more.
        migrations.RunPython(guards.remove, guards.install),
        migrations.AddField(
            model_name="edition",
            name="based_on",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="made from edition"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="original",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_translations",
                to="releases.release",
                verbose_name="translation of",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="based_on",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="made from edition"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="original",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_translations",
                to="releases.release",
                verbose_name="translation of",
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="action",
            field=models.CharField(
                choices=[
                    ("create", "started it"),
                    ("save", "changed the text"),
                    ("restore", "restored an earlier text"),
                    ("duplicate", "made a copy of it"),
                    ("translate", "began a translation of it"),
                    ("link", "said what it translates"),
                    ("catch_up", "said which edition of the original it has"),
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
                    ("pin", "pinned it to the front page"),
                    ("unpin", "took it off the top of the front page"),
                    ("place", "changed its place in a series"),
                    ("restrict", "chose who may see it"),
                    ("step_in", "joined the people who may see it"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("original", models.F("release")), _negated=True),
                name="edition_translates_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("original", models.F("pk")), _negated=True),
                name="release_translates_another",
            ),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
