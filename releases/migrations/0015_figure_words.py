import django.core.validators
from django.db import migrations, models

from releases import guards


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("releases", "0014_copied_releases"),
    ]

    operations = [
        migrations.AddField(
            model_name="editionfigure",
            name="decorative",
            field=models.BooleanField(
                default=False,
                help_text="It says nothing that the text doesn’t: screen readers pass it by.",
                verbose_name="only decoration",
            ),
        ),
        migrations.AddField(
            model_name="editionfigure",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="from the left",
            ),
        ),
        migrations.AddField(
            model_name="editionfigure",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="from the top",
            ),
        ),
        migrations.AddField(
            model_name="editionfigure",
            name="rights",
            field=models.CharField(
                blank=True,
                help_text="What others may do with it: “Free for reporting, with credit.”",
                max_length=300,
                verbose_name="rights",
            ),
        ),
        migrations.AddField(
            model_name="editionfigure",
            name="use_until",
            field=models.DateField(
                blank=True,
                help_text="After this day it is still shown, and no longer offered for download.",
                null=True,
                verbose_name="use until",
            ),
        ),
        migrations.AddField(
            model_name="releasefigure",
            name="decorative",
            field=models.BooleanField(
                default=False,
                help_text="It says nothing that the text doesn’t: screen readers pass it by.",
                verbose_name="only decoration",
            ),
        ),
        migrations.AddField(
            model_name="releasefigure",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="from the left",
            ),
        ),
        migrations.AddField(
            model_name="releasefigure",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="from the top",
            ),
        ),
        migrations.AddField(
            model_name="releasefigure",
            name="rights",
            field=models.CharField(
                blank=True,
                help_text="What others may do with it: “Free for reporting, with credit.”",
                max_length=300,
                verbose_name="rights",
            ),
        ),
        migrations.AddField(
            model_name="releasefigure",
            name="use_until",
            field=models.DateField(
                blank=True,
                help_text="After this day it is still shown, and no longer offered for download.",
                null=True,
                verbose_name="use until",
            ),
        ),
        migrations.AddIndex(
            model_name="editionfigure",
            index=models.Index(fields=["use_until"], name="edition_figure_use_ends"),
        ),
        # SQLite has rebuilt the edition's table of figures.
        migrations.RunPython(guards.install, migrations.RunPython.noop),
    ]
