import django.db.models.deletion
from django.db import migrations, models

from contacts import roster


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_contact_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "all languages"),
                            ("en", "English"),
                            ("es", "Español"),
                            ("pt-br", "Português"),
                        ],
                        help_text="Who is on call for all languages is named where a language has nobody of its own.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contacts.contact",
                        verbose_name="media contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "span on call",
                "verbose_name_plural": "on call",
                "ordering": ["-starts_at"],
                "indexes": [
                    models.Index(fields=["starts_at"], name="contacts_du_starts__275e44_idx"),
                    models.Index(fields=["ends_at"], name="contacts_du_ends_at_0a09aa_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="duty_runs_forward",
                        violation_error_message="The span ends before it starts.",
                    )
                ],
            },
        ),
        migrations.RunPython(roster.install, roster.remove),
    ]
