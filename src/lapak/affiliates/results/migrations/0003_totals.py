"""What a day brought a creator in one row, however many links it came by."""

from django.db import migrations, models

SO_FAR = """
INSERT INTO results_daytotal (creator_id, day, orders, amount_idr)
SELECT creator_id, day, sum(orders), sum(amount_idr) FROM results_dayresult WHERE is_sum GROUP BY 1, 2
"""

BY_DAY = """
CREATE VIEW results_by_day AS
SELECT creator_id, day, orders, amount_idr FROM results_daytotal
UNION ALL SELECT creator_id, day, orders, amount_idr FROM results_dayresult WHERE NOT is_sum
"""


class Migration(migrations.Migration):
    dependencies = [("results", "0002_kept_with_commissions")]

    operations = [
        migrations.CreateModel(
            name="DayTotal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "creator_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("creator_id", models.UUIDField()),
                ("day", models.DateField()),
                ("orders", models.IntegerField()),
                ("amount_idr", models.BigIntegerField()),
            ],
        ),
        migrations.RemoveIndex("dayresult", "result_to_add_up"),
        migrations.AddIndex(
            "dayresult",
            models.Index(
                condition=models.Q(("is_sum", False)),
                fields=["creator_id", "day"],
                include=("orders", "amount_idr"),
                name="result_to_add_up",
            ),
        ),
        migrations.RunSQL(SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(BY_DAY, "DROP VIEW results_by_day"),
    ]
