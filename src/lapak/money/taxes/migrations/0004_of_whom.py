from django.db import migrations, models

_OF_WHOM = """
    UPDATE taxes_letter SET number = t.number FROM taxes_taxpayer t WHERE t.shop_id = taxes_letter.shop_id;
    UPDATE taxes_letter SET crossed_from = crossed_in WHERE crossed_in IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("taxes", "0003_refunds")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="crossed_from",
            field=models.DateTimeField(
                help_text="What was paid before the crossing was known stays as it was: the payment that counted it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="number",
            field=models.CharField(
                default="", help_text="NIK or NPWP of whom it names: as whom the shop was taxed then.", max_length=16
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="withholding", name="tax_name", field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="withholding", name="tax_number", field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="withholding",
            name="withheld_at",
            field=models.DateTimeField(help_text="As its transfers were posted."),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("accepted_at__isnull", False)), fields=["number"], name="tax_letter_by_number"
            ),
        ),
        migrations.RunSQL(_OF_WHOM, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("crossed_from", None), ("crossed_in", None)),
                    models.Q(("crossed_from__isnull", False), ("crossed_in__isnull", False)),
                    _connector="OR",
                ),
                name="tax_letter_crossed_whole",
            ),
        ),
    ]
