"""Days of clicks: added up where they are over, and together with the hours since then."""

import django.contrib.postgres.indexes
import django.db.models.expressions
from django.db import migrations, models

BY_DAY = """
CREATE VIEW clicks_by_day AS
SELECT of_id, day, clicks, people, on_phones, on_tablets, on_computers FROM clicks_clickday
UNION ALL
SELECT of_id, (hour AT TIME ZONE 'Asia/Jakarta')::date, clicks, people, on_phones, on_tablets, on_computers
FROM clicks_clickhour WHERE hour >= (
    SELECT coalesce(max(day) + 1, '-infinity')::timestamp AT TIME ZONE 'Asia/Jakarta' FROM clicks_clickday
    WHERE of_id = '00000000-0000-0000-0000-000000000000'
)
"""


class Migration(migrations.Migration):
    dependencies = [("clicks", "0002_partitions")]

    operations = [
        migrations.CreateModel(
            name="ClickDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "of_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "of_id",
                    models.UUIDField(help_text="As of an hour; nil: that all hours of the day are added up."),
                ),
                ("day", models.DateField()),
                ("clicks", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("on_phones", models.PositiveIntegerField(help_text="Of the clicks.")),
                ("on_tablets", models.PositiveIntegerField(help_text="Of the clicks.")),
                ("on_computers", models.PositiveIntegerField(help_text="Of the clicks.")),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.BrinIndex(fields=["day"], name="click_day_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "clicks",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("on_phones"), "+", models.F("on_tablets")
                                    ),
                                    "+",
                                    models.F("on_computers"),
                                ),
                            ),
                            ("people__lte", models.F("clicks")),
                        ),
                        name="click_day_adds_up",
                    )
                ],
            },
        ),
        migrations.RunSQL(BY_DAY, "DROP VIEW clicks_by_day"),
    ]
