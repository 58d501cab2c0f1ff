from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("releases", "0011_restricted"),
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
                    ("duplicate", "made a copy of it"),
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
    ]
