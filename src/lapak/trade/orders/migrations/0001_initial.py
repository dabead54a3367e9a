import django.db.models.deletion
import lapak.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0002_categories'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cart',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cart', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('awaiting_payment', 'awaiting payment'), ('paid', 'to be packed'), ('packed', 'packed'), ('shipped', 'shipped'), ('delivered', 'delivered'), ('completed', 'completed'), ('refunded', 'refunded'), ('cancelled', 'cancelled')], max_length=20)),
                ('goods_idr', models.BigIntegerField()),
                ('shipping_idr', models.BigIntegerField()),
                ('refunded_goods_idr', models.BigIntegerField(db_default=0, default=0, help_text='Of goods_idr, what returns have given back to the buyer.')),
                ('refunded_shipping_idr', models.BigIntegerField(db_default=0, default=0)),
                ('shipping_service', models.CharField(help_text='Code of the shipping service chosen at purchase.', max_length=30)),
                ('courier', models.CharField(max_length=30)),
                ('placed_at', models.DateTimeField()),
                ('pay_by', models.DateTimeField()),
                ('paid_at', models.DateTimeField(null=True)),
                ('ship_by', models.DateTimeField(help_text='Set when paid; after it the order is cancelled and refunded.', null=True)),
                ('shipped_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('complete_at', models.DateTimeField(help_text='Set when delivered; from then on the order completes by itself.', null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_asked_at', models.DateTimeField(help_text='The buyer asked to cancel a packed order.', null=True)),
                ('ship_within_working_days', models.PositiveSmallIntegerField()),
                ('complete_after_days', models.PositiveSmallIntegerField()),
                ('contract', models.JSONField(help_text='The nine items of PP 80/2019 Art. 53 as they stood at purchase.')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shops.shop')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=255)),
                ('option_label', models.CharField(blank=True, max_length=200)),
                ('quantity', models.PositiveIntegerField()),
                ('refunded_quantity', models.PositiveIntegerField(db_default=0, default=0, help_text='Pieces that went back and were refunded.')),
                ('unit_price_idr', models.BigIntegerField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.order')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.variant')),
            ],
        ),
        migrations.CreateModel(
            name='PaymentAllocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intent_id', models.UUIDField(help_text='The attempt that paid.')),
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('amount_idr', models.BigIntegerField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='orders.order')),
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
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to=settings.AUTH_USER_MODEL)),
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
            name='Return',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'to be answered'), ('declined', 'declined'), ('escalated', 'with Lapak'), ('approved', 'to be sent back'), ('sent_back', 'on the way back'), ('arrived', 'being inspected'), ('refunded', 'refunded'), ('closed', 'closed')], max_length=12)),
                ('reason', models.CharField(choices=[('damaged', 'It arrived damaged'), ('faulty', 'It does not work'), ('different', 'It is not as described'), ('wrong', 'The wrong goods came'), ('missing', 'Something is missing'), ('changed_mind', 'I have changed my mind')], max_length=12, verbose_name='reason')),
                ('words', models.TextField(max_length=1000, verbose_name='what is wrong')),
                ('goods_come_back', models.BooleanField(help_text='Whether the goods are to be sent back before the refund.')),
                ('asked_at', models.DateTimeField()),
                ('act_by', models.DateTimeField(help_text='When the present state ends by itself.', null=True)),
                ('courier', models.CharField(blank=True, help_text='Who carries the goods back.', max_length=60, verbose_name='courier')),
                ('tracking_number', models.CharField(blank=True, max_length=40, verbose_name='tracking number')),
                ('refunded_goods_idr', models.BigIntegerField(default=0)),
                ('refunded_shipping_idr', models.BigIntegerField(default=0)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.order')),
                ('shop', models.ForeignKey(help_text="The order's.", on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='shops.shop')),
            ],
            options={
                'verbose_name': 'return',
                'verbose_name_plural': 'returns',
            },
        ),
        migrations.CreateModel(
            name='ReturnEvent',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('from_state', models.CharField(blank=True, choices=[('asked', 'to be answered'), ('declined', 'declined'), ('escalated', 'with Lapak'), ('approved', 'to be sent back'), ('sent_back', 'on the way back'), ('arrived', 'being inspected'), ('refunded', 'refunded'), ('closed', 'closed')], max_length=12)),
                ('to_state', models.CharField(choices=[('asked', 'to be answered'), ('declined', 'declined'), ('escalated', 'with Lapak'), ('approved', 'to be sent back'), ('sent_back', 'on the way back'), ('arrived', 'being inspected'), ('refunded', 'refunded'), ('closed', 'closed')], max_length=12)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('happened_at', models.DateTimeField()),
                ('actor', models.ForeignKey(help_text='Empty when a clock acted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='orders.return')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('restocked_quantity', models.PositiveIntegerField(default=0)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.orderline')),
                ('of_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.return')),
            ],
        ),
        migrations.CreateModel(
            name='CartLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('price_idr', models.BigIntegerField()),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('cart', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.cart')),
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
                ('from_state', models.CharField(blank=True, choices=[('awaiting_payment', 'awaiting payment'), ('paid', 'to be packed'), ('packed', 'packed'), ('shipped', 'shipped'), ('delivered', 'delivered'), ('completed', 'completed'), ('refunded', 'refunded'), ('cancelled', 'cancelled')], max_length=20)),
                ('to_state', models.CharField(choices=[('awaiting_payment', 'awaiting payment'), ('paid', 'to be packed'), ('packed', 'packed'), ('shipped', 'shipped'), ('delivered', 'delivered'), ('completed', 'completed'), ('refunded', 'refunded'), ('cancelled', 'cancelled')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('happened_at', models.DateTimeField()),
                ('actor', models.ForeignKey(help_text='Empty when a clock acted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='orders.order')),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'happened_at'], name='event_of_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_state', models.F('to_state')), _negated=True), name='event_changes_state')],
            },
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('order', 'variant'), name='order_line_once_per_variant'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('unit_price_idr__gt', 0)), name='order_line_positive'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_quantity__lte', models.F('quantity'))), name='order_line_refund_within_bought'),
        ),
        migrations.AddConstraint(
            model_name='paymentallocation',
            constraint=models.UniqueConstraint(fields=('intent_id', 'order'), name='allocation_once_per_order'),
        ),
        migrations.AddConstraint(
            model_name='paymentallocation',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='allocation_positive'),
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
            index=models.Index(fields=['shop', 'state', '-placed_at'], name='order_of_shop'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['buyer', '-placed_at'], name='order_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'awaiting_payment')), fields=['pay_by'], name='order_unpaid_clock'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state__in', ['paid', 'packed'])), fields=['ship_by'], name='order_unshipped_clock'),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refunded_goods_idr', models.F('goods_idr')), ('refunded_shipping_idr', models.F('shipping_idr')), ('state', 'refunded')), models.Q(models.Q(('state', 'refunded'), _negated=True), models.Q(('refunded_goods_idr__lt', models.F('goods_idr')), ('refunded_shipping_idr__lt', models.F('shipping_idr')), _connector='OR')), _connector='OR'), name='order_refunded_means_all'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(fields=['shop', 'state', '-asked_at'], name='return_of_shop'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(condition=models.Q(('act_by__isnull', False)), fields=['state', 'act_by'], name='return_clock'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'declined', 'escalated', 'approved', 'sent_back', 'arrived'])), fields=('order',), name='return_one_open_per_order'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refunded_goods_idr__gt', 0), ('refunded_shipping_idr__gte', 0), ('state', 'refunded')), models.Q(models.Q(('state', 'refunded'), _negated=True), ('refunded_goods_idr', 0), ('refunded_shipping_idr', 0)), _connector='OR'), name='return_paid_back_when_refunded'),
        ),
        migrations.AddIndex(
            model_name='returnevent',
            index=models.Index(fields=['of_return', 'happened_at'], name='event_of_return'),
        ),
        migrations.AddConstraint(
            model_name='returnevent',
            constraint=models.CheckConstraint(condition=models.Q(('from_state', models.F('to_state')), _negated=True), name='return_event_changes_state'),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.UniqueConstraint(fields=('of_return', 'line'), name='return_line_once'),
        ),
        migrations.AddConstraint(
            model_name='returnline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('restocked_quantity__lte', models.F('quantity'))), name='return_line_sane'),
        ),
    ]
