import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import lapak.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('awaiting_payment', 'awaiting payment'), ('to_pack', 'to be packed'), ('packed', 'packed'), ('shipped', 'shipped'), ('delivered', 'delivered'), ('completed', 'completed'), ('refunded', 'refunded'), ('cancelled', 'cancelled')], help_text='Where the parcel is, not what the money does.', max_length=20)),
                ('goods_idr', models.BigIntegerField()),
                ('shipping_idr', models.BigIntegerField()),
                ('refunded_goods_idr', models.BigIntegerField(db_default=0, default=0, help_text='Of goods_idr, what returns have given back to the buyer.')),
                ('refunded_shipping_idr', models.BigIntegerField(db_default=0, default=0)),
                ('way_back_idr', models.BigIntegerField(db_default=0, default=0, help_text="What the buyer got for sending goods back that were the shop's fault.")),
                ('borne_by_shop_idr', models.BigIntegerField(db_default=0, default=0, help_text='Of what went back to the buyer, what was not in escrow: the shop owes it.')),
                ('escrow_idr', models.BigIntegerField(db_default=0, default=0, help_text='What is really held for this order: raised by payment, lowered by refund and settlement.')),
                ('disputed_at', models.DateTimeField(help_text='Since when; its clocks stand still from then on.', null=True)),
                ('disputed_idr', models.BigIntegerField(db_default=0, default=0, help_text='What of its payment is in dispute; it neither completes, settles nor is refunded.')),
                ('open_return_id', models.UUIDField(help_text='The return the order waits for; it neither completes nor settles.', null=True)),
                ('shipping_service', models.CharField(help_text='Code of the shipping service chosen at purchase.', max_length=30)),
                ('courier', models.CharField(max_length=30)),
                ('changed_address', models.JSONField(help_text="Where it goes since its buyer changed the purchase's address; empty: there.", null=True)),
                ('placed_at', models.DateTimeField()),
                ('pay_by', models.DateTimeField()),
                ('paid_at', models.DateTimeField(null=True)),
                ('pack_by', models.DateTimeField(help_text='Set when paid; after it the order is cancelled and refunded.', null=True)),
                ('packed_at', models.DateTimeField(null=True)),
                ('ship_by', models.DateTimeField(help_text='Set when packed: when the courier must have it, or it is cancelled.', null=True)),
                ('handed_over_at', models.DateTimeField(help_text='The shop showed that the courier has it, before the number.', null=True)),
                ('shipped_at', models.DateTimeField(null=True)),
                ('arrive_by', models.DateTimeField(help_text='Set when shipped; after it the buyer may say that it did not arrive.', null=True)),
                ('decide_by', models.DateTimeField(help_text='Set when shipped; by then the operator has decided what became of it.', null=True)),
                ('not_arrived_at', models.DateTimeField(help_text='The buyer said that it did not arrive.', null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('delivered_by', models.CharField(blank=True, choices=[('courier', 'the courier'), ('shop', 'the shop'), ('buyer', 'the buyer')], db_default='', help_text='Whose word it is.', max_length=10)),
                ('complete_at', models.DateTimeField(help_text='Set when delivered; from then on the order completes by itself.', null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_asked_at', models.DateTimeField(help_text='The buyer asked to cancel a packed order.', null=True)),
                ('pack_within_working_days', models.PositiveSmallIntegerField()),
                ('ship_within_working_days', models.PositiveSmallIntegerField(help_text='From packed until the courier has it.')),
                ('cancel_answer_within_hours', models.PositiveSmallIntegerField(help_text="From the buyer's wish to cancel.")),
                ('arrive_within_days', models.PositiveSmallIntegerField(help_text='From shipped, before it counts as not arrived.')),
                ('decide_within_days', models.PositiveSmallIntegerField(help_text='From shipped, for the operator.')),
                ('complete_after_days', models.PositiveSmallIntegerField(help_text="From delivered by the courier's word.")),
                ('complete_after_days_by_shop', models.PositiveSmallIntegerField(help_text="From delivered by the shop's word alone.")),
                ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shops.shop')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
            },
        ),
        migrations.CreateModel(
            name='Cart',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cart', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OrderContract',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='agreement', serialize=False, to='orders.order')),
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('body', models.JSONField(help_text='The nine items of PP 80/2019 Art. 53 as they stood at purchase.')),
            ],
        ),
        migrations.CreateModel(
            name='Purchase',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('idempotency_key', models.UUIDField(help_text="Made by the buyer's browser: the same key twice is the same purchase.")),
                ('address', models.JSONField(help_text='The delivery address as it was at purchase.')),
                ('total_idr', models.BigIntegerField()),
                ('placed_at', models.DateTimeField()),
                ('pay_by', models.DateTimeField()),
                ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'purchase',
                'verbose_name_plural': 'purchases',
            },
        ),
        migrations.AddField(
            model_name='order',
            name='purchase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='orders.purchase'),
        ),
        migrations.CreateModel(
            name='CartLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('price_idr', models.BigIntegerField()),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('checkout_opened_at', models.DateTimeField(editable=False, help_text='Since when its buyer is at the checkout with it, or last was.', null=True)),
                ('cart', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.cart')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.variant')),
            ],
            options={
                'ordering': ['added_at'],
                'constraints': [models.UniqueConstraint(fields=('cart', 'variant'), name='cart_line_once_per_variant'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 999)), name='cart_line_quantity_in_bounds')],
            },
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('kind', models.CharField(choices=[('moved', 'moved on'), ('cancel_asked', 'cancelling was asked for'), ('cancel_declined', 'cancelling was declined'), ('goods_missing', 'some of the goods were cancelled'), ('handed_over', 'shown to be with the courier'), ('number_corrected', 'the tracking number was corrected'), ('address_changed', 'the address was changed'), ('not_arrived', 'said not to have arrived'), ('disputed', 'the payment is in dispute'), ('dispute_over', 'the dispute is decided')], db_default='moved', default='moved', max_length=20)),
                ('from_state', models.CharField(blank=True, choices=[('awaiting_payment', 'awaiting payment'), ('to_pack', 'to be packed'), ('packed', 'packed'), ('shipped', 'shipped'), ('delivered', 'delivered'), ('completed', 'completed'), ('refunded', 'refunded'), ('cancelled', 'cancelled')], max_length=20)),
                ('to_state', models.CharField(choices=[('awaiting_payment', 'awaiting payment'), ('to_pack', 'to be packed'), ('packed', 'packed'), ('shipped', 'shipped'), ('delivered', 'delivered'), ('completed', 'completed'), ('refunded', 'refunded'), ('cancelled', 'cancelled')], help_text='As before, unless it moved.', max_length=20)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('deadline', models.DateTimeField(help_text='By when someone has to act from here on, where that is new.', null=True)),
                ('happened_at', models.DateTimeField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
                ('actor', models.ForeignKey(db_index=False, help_text='Empty when a clock acted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='orders.order')),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'happened_at'], name='event_of_order'), django.contrib.postgres.indexes.BrinIndex(fields=['transaction_id'], name='event_of_order_since')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), models.Q(('from_state', models.F('to_state')), _negated=True)), models.Q(models.Q(('kind', 'moved'), _negated=True), ('from_state', models.F('to_state'))), _connector='OR'), name='event_changes_state_or_says_what')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('shop_id', models.UUIDField(help_text="The order's: every row of a shop names it.")),
                ('title', models.CharField(max_length=255)),
                ('option_label', models.CharField(blank=True, max_length=200)),
                ('quantity', models.PositiveIntegerField()),
                ('refunded_quantity', models.PositiveIntegerField(db_default=0, default=0, help_text='Pieces that went back, or were never sent, and were refunded.')),
                ('cancelled_quantity', models.PositiveIntegerField(db_default=0, default=0, help_text='Of those, pieces that the shop did not have, before it sent the others.')),
                ('taken_back_idr', models.BigIntegerField(db_default=0, default=0, help_text="Of what its remaining pieces were paid, what the buyer's bank took back.")),
                ('unit_price_idr', models.BigIntegerField()),
                ('paid_idr', models.BigIntegerField(help_text='What all its pieces were really paid: refunds and commission count from it.')),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.order')),
                ('variant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.variant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('order', 'variant'), name='order_line_once_per_variant'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('unit_price_idr__gt', 0)), name='order_line_positive'), models.CheckConstraint(condition=models.Q(('paid_idr__gte', 0), ('paid_idr__lte', django.db.models.expressions.CombinedExpression(models.F('quantity'), '*', models.F('unit_price_idr')))), name='order_line_paid_within_price'), models.CheckConstraint(condition=models.Q(('cancelled_quantity__lte', models.F('refunded_quantity')), ('refunded_quantity__lte', models.F('quantity'))), name='order_line_refund_within_bought')],
            },
        ),
        migrations.CreateModel(
            name='PaymentAllocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intent_id', models.UUIDField(help_text='The attempt that paid.')),
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('amount_idr', models.BigIntegerField()),
                ('borne_by_platform_idr', models.BigIntegerField(default=0, help_text='Of it, what had not come, and the platform put in: no refund to the buyer.')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='orders.order')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('intent_id', 'order'), name='allocation_once_per_order'), models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0), ('borne_by_platform_idr__gte', 0), ('borne_by_platform_idr__lte', models.F('amount_idr'))), name='allocation_positive')],
            },
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.UniqueConstraint(fields=('buyer', 'idempotency_key'), name='purchase_once_per_key'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('total_idr__gt', 0)), name='purchase_total_positive'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['shop', 'state', '-placed_at', '-id'], name='order_of_shop'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['buyer', '-placed_at', '-id'], name='order_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'awaiting_payment')), fields=['buyer'], name='order_unpaid_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('paid_at__isnull', False), ('state', 'cancelled')), fields=['buyer', 'cancelled_at'], name='order_cancelled_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'awaiting_payment')), fields=['pay_by'], name='order_unpaid_clock'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'to_pack')), fields=['pack_by'], name='order_unpacked_clock'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'packed')), fields=['ship_by'], name='order_unshipped_clock'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'shipped')), fields=['arrive_by'], name='order_not_arrived_clock'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'delivered')), fields=['complete_at'], name='order_delivered_clock'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('settled_at', None), ('state', 'completed')), fields=['completed_at'], name='order_unsettled'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'packed')), fields=['cancel_asked_at'], name='order_cancel_asked_clock'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('goods_idr__gt', 0), ('shipping_idr__gte', 0)), name='order_amounts_sane'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_goods_idr__gte', 0), ('refunded_goods_idr__lte', models.F('goods_idr')), ('refunded_shipping_idr__gte', 0), ('refunded_shipping_idr__lte', models.F('shipping_idr'))), name='order_refund_within_paid'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('escrow_idr__gte', 0)), name='order_escrow_not_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('borne_by_shop_idr__gte', 0), ('way_back_idr__gte', 0), models.Q(('settled_at__isnull', False), ('way_back_idr__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('goods_idr'), '-', models.F('refunded_goods_idr')), '+', models.F('borne_by_shop_idr'))), _connector='OR')), name='order_way_back_within_goods'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refunded_goods_idr', models.F('goods_idr')), ('refunded_shipping_idr', models.F('shipping_idr')), ('state', 'refunded')), models.Q(models.Q(('state', 'refunded'), _negated=True), models.Q(('refunded_goods_idr__lt', models.F('goods_idr')), ('refunded_shipping_idr__lt', models.F('shipping_idr')), _connector='OR')), _connector='OR'), name='order_refunded_means_all'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disputed_at', None), ('disputed_idr', 0)), models.Q(('disputed_at__isnull', False), ('disputed_idr__gt', 0)), _connector='OR'), name='order_disputed_since'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('taken_back_idr__gte', 0), ('taken_back_idr__lte', models.F('paid_idr'))), name='order_line_taken_back_within_paid'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('not_arrived_at__isnull', False), ('state', 'shipped')), fields=['decide_by'], name='order_case_clock'),
        ),
    ]
