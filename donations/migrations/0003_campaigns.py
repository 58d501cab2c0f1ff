"""Appeals belong to campaigns: each that was there gets one of its name, as statistics know it."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import donations.links


def begin_campaigns(apps, schema_editor):
    """Make a campaign for each appeal."""
    campaigns = apps.get_model("donations", "Campaign").objects
    for appeal in apps.get_model("donations", "Appeal").objects.all():
        appeal.campaign = campaigns.create(name=appeal.name, slug=appeal.name)
        appeal.save()
    if schema_editor.connection.vendor == "postgresql":
        # PostgreSQL alters no table of which rows are still to be checked at the commit.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0002_counts"),
        ("releases", "0020_translations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The donation page is told this name (utm_campaign).",
                        max_length=60,
                        unique=True,
                        verbose_name="name for statistics",
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="No appeal of the campaign shows before its start or after its end.",
                        null=True,
                        verbose_name="ends",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["name"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="appeal",
            name="appeal_one_default_a_language",
        ),
        migrations.AddField(
            model_name="appeal",
            name="after_paragraph",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="For an appeal inside a release: it stands after this paragraph, in no shorter text.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(50),
                ],
                verbose_name="after paragraph",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="broken_since",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="page broken since"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="fallback_url",
            field=models.URLField(
                blank=True,
                help_text="Where the button leads once the appeal has ended, or its page is broken.",
                max_length=500,
                validators=[donations.links.validate_donation_url],
                verbose_name="instead of it",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="placement",
            field=models.CharField(
                choices=[
                    ("end", "end of a release"),
                    ("inside", "inside a release"),
                    ("topic", "topic page"),
                    ("mail", "mail"),
                ],
                default="end",
                max_length=10,
                verbose_name="placement",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="weight",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="Of appeals that fit equally, one of weight 2 gets twice as many releases as one of weight 1.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="weight",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="name",
            field=models.SlugField(
                help_text="For your own figures and the button’s address; the donation page is told it (utm_term). It can’t be changed later.",
                max_length=60,
                unique=True,
                verbose_name="short name",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_at__isnull", True),
                    ("ends_at__isnull", True),
                    ("ends_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="campaign_runs_forward",
                violation_error_message="The campaign ends before it starts.",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="campaign",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="donations.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.RunPython(begin_campaigns, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="appeal",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="donations.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__range", (1, 100))), name="appeal_weighs_something"
            ),
        ),
    ]
