import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import lapak.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentIntent',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('pays_for', models.UUIDField(help_text="The purchase's id.")),
                ('buyer_id', models.UUIDField(help_text='Who is to pay.')),
                ('provider', models.CharField(max_length=20)),
                ('method', models.CharField(choices=[('qris', 'QRIS')], max_length=12)),
                ('amount_idr', models.BigIntegerField()),
                ('status', models.CharField(choices=[('pending', 'waiting for payment'), ('paid', 'paid'), ('expired', 'expired'), ('failed', 'failed')], default='pending', max_length=10)),
                ('instructions', models.JSONField(default=dict, help_text='How to pay, by the method: for QRIS {"qris_payload", "pay_url"}. Empty until asked.')),
                ('provider_reference', models.CharField(blank=True, help_text="The provider's own id, once asked.", max_length=64)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(help_text="When the buyer paid, by the provider's clock.", null=True)),
                ('told_at', models.DateTimeField(help_text='When we heard of it.', null=True)),
                ('doubted_paid_at', models.CharField(blank=True, db_default='', help_text="The provider's own time, where it cannot be right; then paid_at is told_at.", max_length=40)),
                ('ask_at', models.DateTimeField(help_text='When the provider is asked next what became of it.', null=True)),
                ('times_asked', models.PositiveSmallIntegerField(db_default=0, default=0)),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('buyer_id', models.UUIDField()),
                ('order_id', models.UUIDField(help_text='Empty when a whole payment goes back.', null=True)),
                ('return_id', models.UUIDField(null=True)),
                ('amount_idr', models.BigIntegerField()),
                ('route', models.CharField(choices=[('gateway', 'the way it was paid'), ('bank', 'bank account'), ('chargeback', "taken back by the buyer's bank")], max_length=10)),
                ('status', models.CharField(choices=[('owed', 'owed'), ('sent', 'on its way'), ('arrived', 'arrived'), ('failed', 'failed')], default='owed', max_length=10)),
                ('reason', models.CharField(help_text='Why, as the buyer reads it; translated when shown.', max_length=1000)),
                ('owed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('payout_id', models.UUIDField(help_text='The payout that carries it, by bank.', null=True)),
                ('ask_at', models.DateTimeField(help_text='By gateway: when the provider is spoken to next about it.', null=True)),
                ('asked_at', models.DateTimeField(help_text='When the gateway was asked for it; empty again once it says that it knows of none.', null=True)),
            ],
            options={
                'verbose_name': 'refund',
                'verbose_name_plural': 'refunds',
            },
        ),
        migrations.CreateModel(
            name='RefundEvent',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('owed', 'owed'), ('sent', 'on its way'), ('arrived', 'arrived'), ('failed', 'failed')], max_length=10)),
                ('happened_at', models.DateTimeField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=20)),
                ('provider_reference', models.CharField(help_text="The provider's own id of it.", max_length=64)),
                ('told_idr', models.BigIntegerField(help_text='What it was about when we heard of it.')),
                ('amount_idr', models.BigIntegerField(help_text='What it is about: as told, unless a person has amended it.')),
                ('reason', models.CharField(blank=True, help_text="The bank's word for why.", max_length=200)),
                ('status', models.CharField(choices=[('opened', 'waits for our answer'), ('answered', 'answered'), ('won', 'won'), ('lost', 'lost')], default='opened', max_length=10)),
                ('opened_at', models.DateTimeField(help_text='When we heard of it.')),
                ('answer_by', models.DateTimeField(help_text="The provider's last moment for our answer.")),
                ('taken_at', models.DateTimeField(help_text='When we heard that the money has left the gateway.', null=True)),
                ('evidence', models.TextField(blank=True, help_text='Our answer.')),
                ('answered_at', models.DateTimeField(null=True)),
                ('evidence_sent_at', models.DateTimeField(help_text='When the provider had our answer.', null=True)),
                ('concession', models.CharField(blank=True, help_text="Why it is given up without an answer, in a person's words.", max_length=200)),
                ('ask_at', models.DateTimeField(help_text='When the provider is asked next what became of it.', null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('won_back_at', models.DateTimeField(help_text='When it was won after all, having been lost.', null=True)),
                ('fee_idr', models.BigIntegerField(default=0, help_text='What the provider has kept for it so far.')),
                ('unexplained_idr', models.BigIntegerField(default=0, help_text='Of a lost one: what neither an order nor a refund still had.')),
                ('resolution', models.CharField(blank=True, help_text="Why the platform bears that, in a person's words.", max_length=200)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'dispute',
                'verbose_name_plural': 'disputes',
            },
        ),
        migrations.CreateModel(
            name='DisputeAmendment',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('more_idr', models.BigIntegerField(help_text='Below zero: so much less.')),
                ('reason', models.CharField(max_length=200)),
                ('amended_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='payments.dispute')),
            ],
        ),
        migrations.CreateModel(
            name='DisputeShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order_id', models.UUIDField()),
                ('shop_id', models.UUIDField(help_text="The order's.")),
                ('amount_idr', models.BigIntegerField()),
                ('lost_goods_idr', models.BigIntegerField(default=0, help_text="Of the order's goods, once lost; with what the platform had put in.")),
                ('lost_shipping_idr', models.BigIntegerField(default=0)),
                ('dispute', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='payments.dispute')),
            ],
        ),
        migrations.CreateModel(
            name='UnexplainedReceipt',
            fields=[
                ('intent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='receipt', serialize=False, to='payments.paymentintent')),
                ('amount_idr', models.BigIntegerField()),
                ('received_at', models.DateTimeField()),
                ('resolution', models.CharField(blank=True, choices=[('given_back', 'given back to the buyer'), ('taken', 'taken as the payment')], max_length=10)),
                ('resolved_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'unexplained receipt',
                'verbose_name_plural': 'unexplained receipts',
            },
        ),
        migrations.AddIndex(
            model_name='paymentintent',
            index=models.Index(fields=['pays_for', '-created_at'], name='intent_of_purchase'),
        ),
        migrations.AddIndex(
            model_name='paymentintent',
            index=models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='intent_to_ask'),
        ),
        migrations.AddConstraint(
            model_name='paymentintent',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='intent_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='paymentintent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('told_at__isnull', False)), models.Q(('status', 'paid'), _negated=True), _connector='OR'), name='intent_paid_has_time'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='intent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='payments.paymentintent'),
        ),
        migrations.AddField(
            model_name='refund',
            name='dispute',
            field=models.ForeignKey(help_text='The lost dispute by which the buyer has it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.dispute'),
        ),
        migrations.AddField(
            model_name='refund',
            name='instead_of',
            field=models.OneToOneField(help_text='The failed one whose money this is.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='payments.refund'),
        ),
        migrations.AddField(
            model_name='refund',
            name='intent',
            field=models.ForeignKey(help_text='The attempt that brought the money.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.paymentintent'),
        ),
        migrations.AddField(
            model_name='refundevent',
            name='refund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='payments.refund'),
        ),
        migrations.AddConstraint(
            model_name='disputeamendment',
            constraint=models.CheckConstraint(condition=models.Q(('more_idr', 0), _negated=True), name='dispute_amended_by_something'),
        ),
        migrations.AddIndex(
            model_name='disputeshare',
            index=models.Index(fields=['order_id'], name='dispute_share_of_order'),
        ),
        migrations.AddIndex(
            model_name='disputeshare',
            index=models.Index(fields=['shop_id'], name='dispute_share_of_shop'),
        ),
        migrations.AddConstraint(
            model_name='disputeshare',
            constraint=models.UniqueConstraint(fields=('dispute', 'order_id'), name='dispute_share_once'),
        ),
        migrations.AddConstraint(
            model_name='disputeshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gte', 0), ('lost_goods_idr__gte', 0), ('lost_shipping_idr__gte', 0)), name='dispute_share_sane'),
        ),
        migrations.AddField(
            model_name='unexplainedreceipt',
            name='resolved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['answer_by'], name='dispute_undecided'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='dispute_to_ask'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('answered_at__isnull', False), ('concession', ''), ('ended_at', None), ('evidence_sent_at', None)), fields=['answered_at'], name='dispute_to_send'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('resolved_at', None), ('unexplained_idr__gt', 0)), fields=['ended_at'], name='dispute_unexplained'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(fields=('provider', 'provider_reference'), name='dispute_once'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0), ('fee_idr__gte', 0), ('told_idr__gt', 0)), name='dispute_amounts_sane'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('won_back_at', None), models.Q(('ended_at__isnull', False), ('status', 'won')), _connector='OR'), name='dispute_won_back_is_won'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('unexplained_idr', 0), models.Q(('status', 'lost'), ('unexplained_idr__gt', 0)), _connector='OR'), name='dispute_rest_of_lost'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status__in', ['opened', 'answered'])), models.Q(('ask_at', None), ('ended_at__isnull', False), ('status__in', ['won', 'lost'])), _connector='OR'), name='dispute_ended_has_time'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['order_id'], name='refund_of_order'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['buyer_id', '-owed_at'], name='refund_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('status__in', ['owed', 'sent'])), fields=['status', 'owed_at'], name='refund_open'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='refund_to_ask'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='refund_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dispute__isnull', False), ('route', 'chargeback')), models.Q(models.Q(('route', 'chargeback'), _negated=True), ('dispute', None)), _connector='OR'), name='refund_by_chargeback_has_dispute'),
        ),
        migrations.AddIndex(
            model_name='refundevent',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['transaction_id'], name='event_of_refund_since'),
        ),
        migrations.AddConstraint(
            model_name='unexplainedreceipt',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='receipt_amount_positive'),
        ),
        migrations.CreateModel(
            name='LateWin',
            fields=[
                ('dispute', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='late_win', serialize=False, to='payments.dispute')),
                ('came_at', models.DateTimeField()),
                ('resolution', models.CharField(blank=True, choices=[('buyer', "the buyer's"), ('shop', "the shop's"), ('platform', "the platform's")], help_text='Empty until decided.', max_length=10)),
                ('words', models.CharField(blank=True, help_text="Why, in a person's words.", max_length=200)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('resolution', ''), ('resolved_at', None)), models.Q(models.Q(('resolution', ''), _negated=True), ('resolved_at__isnull', False)), _connector='OR'), name='late_win_resolved_has_time')],
            },
        ),
    ]
