"""Each order keeps the fees it was placed under; those that are there were placed under the first, 2 % of all goods."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from lapak.money.fees.models import FIRST_ID
from lapak.money.fees.rules import MOST_FEE_BP

FIRST_BP = 200


def reckon_by_the_first(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("orders", "Order").objects.update(fee_shares=F("goods_idr") * FIRST_BP)


class Migration(migrations.Migration):
    dependencies = [("fees", "0002_first_schedule"), ("orders", "0001_initial")]
    operations = [
        migrations.AddField("orderline", "fee_bp", models.PositiveSmallIntegerField(default=FIRST_BP, help_text="Lapak's fee of it, by the order's schedule."), preserve_default=False),
        migrations.AddField("order", "fee_schedule", models.ForeignKey(db_index=False, default=FIRST_ID, help_text="By which Lapak's fee was reckoned.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fees.schedule"), preserve_default=False),
        migrations.AddField("order", "fee_shares", models.BigIntegerField(default=0, help_text="Lapak's fee of all its goods in ten-thousandths of a rupiah: each line at its own rate."), preserve_default=False),
        migrations.RunPython(reckon_by_the_first, migrations.RunPython.noop),
        migrations.AddConstraint("order", models.CheckConstraint(condition=models.Q(fee_shares__gte=0, fee_shares__lte=F("goods_idr") * MOST_FEE_BP), name="order_fee_in_bounds")),
    ]
