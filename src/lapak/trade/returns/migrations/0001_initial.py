
import datetime
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import lapak.lib.ids
import lapak.lib.private
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('orders', '0001_initial'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'to be answered'), ('declined', 'declined'), ('escalated', 'with Lapak'), ('approved', 'to be sent back'), ('sent_back', 'on the way back'), ('arrived', 'being inspected'), ('refunded', 'refunded'), ('send_again', 'to be sent to the buyer again'), ('sent_again', 'on the way to the buyer again'), ('closed', 'closed')], max_length=12)),
                ('reason', models.CharField(choices=[('damaged', 'It arrived damaged'), ('faulty', 'It does not work'), ('different', 'It is not as described'), ('wrong', 'The wrong goods came'), ('missing', 'Something is missing'), ('not_arrived', 'It has not arrived at all'), ('changed_mind', 'I have changed my mind')], max_length=12, verbose_name='reason')),
                ('words', models.TextField(max_length=1000, verbose_name='what is wrong')),
                ('goods_come_back', models.BooleanField(help_text='Whether the goods are to be sent back before the refund.')),
                ('asked_at', models.DateTimeField()),
                ('act_by', models.DateTimeField(help_text='When the present state ends by itself.', null=True)),
                ('ended_at', models.DateTimeField(help_text='When nobody had to act any more; empty while it is open.', null=True)),
                ('courier', models.CharField(blank=True, help_text='Who carries the goods back.', max_length=60, verbose_name='courier')),
                ('tracking_number', models.CharField(blank=True, max_length=40, verbose_name='tracking number')),
                ('again_courier', models.CharField(blank=True, help_text='Who carries the goods to the buyer again.', max_length=60)),
                ('again_tracking_number', models.CharField(blank=True, max_length=40)),
                ('disputed_for', models.DurationField(default=datetime.timedelta, help_text="How long its order's payment was in dispute meanwhile: those days the order has again.")),
                ('way_back_stated_idr', models.BigIntegerField(default=0, help_text='What sending back cost, says the buyer.')),
                ('way_back_borne_idr', models.BigIntegerField(default=0, help_text='What of it the shop bears when it is refunded.')),
                ('kept_since', models.DateTimeField(help_text="Closed by the buyer's bank, which gave them the money, when the goods had left them: they are the shop's.", null=True)),
                ('shelved_at', models.DateTimeField(help_text='When the shop said what became of those goods.', null=True)),
                ('refunded_goods_idr', models.BigIntegerField(default=0)),
                ('refunded_shipping_idr', models.BigIntegerField(default=0)),
                ('refunded_way_back_idr', models.BigIntegerField(default=0)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.order')),
                ('rest_of', models.OneToOneField(help_text='The return of which these pieces were not paid back.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rest', to='returns.return')),
                ('shop', models.ForeignKey(db_index=False, help_text="The order's.", on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='shops.shop')),
                ('way_back_receipt', models.FileField(blank=True, help_text="The courier's receipt for the way back.", storage=lapak.lib.private.private_storage, upload_to='receipts')),
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
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('from_state', models.CharField(blank=True, choices=[('asked', 'to be answered'), ('declined', 'declined'), ('escalated', 'with Lapak'), ('approved', 'to be sent back'), ('sent_back', 'on the way back'), ('arrived', 'being inspected'), ('refunded', 'refunded'), ('send_again', 'to be sent to the buyer again'), ('sent_again', 'on the way to the buyer again'), ('closed', 'closed')], max_length=12)),
                ('to_state', models.CharField(choices=[('asked', 'to be answered'), ('declined', 'declined'), ('escalated', 'with Lapak'), ('approved', 'to be sent back'), ('sent_back', 'on the way back'), ('arrived', 'being inspected'), ('refunded', 'refunded'), ('send_again', 'to be sent to the buyer again'), ('sent_again', 'on the way to the buyer again'), ('closed', 'closed')], max_length=12)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('deadline', models.DateTimeField(help_text='By when someone has to act from here on.', null=True)),
                ('happened_at', models.DateTimeField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
                ('actor', models.ForeignKey(help_text='Empty when a clock acted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of_return', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='returns.return')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop_id', models.UUIDField(help_text="The order's: every row of a shop names it.")),
                ('quantity', models.PositiveIntegerField()),
                ('paid_idr', models.BigIntegerField(help_text='What these pieces were paid.')),
                ('upheld_quantity', models.PositiveIntegerField(help_text='How many of them are paid back, by the shop or the operator; empty when all are.', null=True)),
                ('restocked_quantity', models.PositiveIntegerField(default=0)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.orderline')),
                ('of_return', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='returns.return')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnPicture',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('side', models.CharField(choices=[('buyer', 'buyer'), ('shop', 'shop')], max_length=5)),
                ('file', models.FileField(max_length=150, storage=lapak.lib.private.private_storage, upload_to='returns')),
                ('added_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='returns.return')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(fields=['shop', 'state', '-asked_at'], name='return_of_shop'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['shop', 'ended_at'], name='return_ended_of_shop'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(condition=models.Q(('act_by__isnull', False)), fields=['state', 'act_by'], name='return_clock'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'declined', 'escalated', 'approved', 'sent_back', 'arrived', 'send_again', 'sent_again'])), fields=('order',), name='return_one_open_per_order'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['asked', 'declined', 'escalated', 'approved', 'sent_back', 'arrived', 'send_again', 'sent_again'])), models.Q(('ended_at__isnull', False), models.Q(('state__in', ['asked', 'declined', 'escalated', 'approved', 'sent_back', 'arrived', 'send_again', 'sent_again']), _negated=True)), _connector='OR'), name='return_ended_when_over'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refunded_goods_idr__gte', 0), ('refunded_shipping_idr__gte', 0), ('state', 'refunded'), models.Q(('refunded_goods_idr__gt', 0), ('refunded_shipping_idr__gt', 0), _connector='OR')), models.Q(models.Q(('state', 'refunded'), _negated=True), ('refunded_goods_idr', 0), ('refunded_shipping_idr', 0), models.Q(('refunded_way_back_idr', 0), ('kept_since__isnull', False), _connector='OR')), _connector='OR'), name='return_paid_back_when_refunded'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(('way_back_borne_idr__gte', 0), ('way_back_borne_idr__lte', models.F('way_back_stated_idr')), ('refunded_way_back_idr__gte', 0), ('refunded_way_back_idr__lte', models.F('way_back_borne_idr'))), name='return_way_back_sane'),
        ),
        migrations.AddIndex(
            model_name='returnevent',
            index=models.Index(fields=['of_return', 'happened_at'], name='event_of_return'),
        ),
        migrations.AddIndex(
            model_name='returnevent',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['transaction_id'], name='event_of_return_since'),
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
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('restocked_quantity__lte', models.F('quantity')), models.Q(('upheld_quantity', None), ('upheld_quantity__lte', models.F('quantity')), _connector='OR')), name='return_line_sane'),
        ),
    ]
