from django.db import migrations, models

AS_IT_WAS = """
    UPDATE payments_disputeshare share SET lost_from_escrow = true
    FROM payments_dispute dispute, orders_order o
    WHERE dispute.id = share.dispute_id AND dispute.status = 'lost' AND o.id = share.order_id
        AND share.lost_goods_idr + share.lost_shipping_idr > 0
        AND (o.settled_at IS NULL OR dispute.ended_at < o.settled_at)
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("orders", "0001_initial")]

    operations = [
        migrations.AddField(
            "disputeshare",
            "lost_from_escrow",
            models.BooleanField(default=False, help_text="The order was not settled yet when it lost this."),
        ),
        migrations.RunSQL(AS_IT_WAS, migrations.RunSQL.noop),
    ]
