import django.db.models.deletion
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
                ('route', models.CharField(choices=[('gateway', 'the way it was paid'), ('bank', 'bank account')], max_length=10)),
                ('status', models.CharField(choices=[('owed', 'owed'), ('sent', 'on its way'), ('arrived', 'arrived'), ('failed', 'failed')], default='owed', max_length=10)),
                ('reason', models.CharField(help_text='Why, as the buyer reads it; translated when shown.', max_length=1000)),
                ('owed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('payout_id', models.UUIDField(help_text='The payout that carries it, by bank.', null=True)),
                ('ask_at', models.DateTimeField(help_text='By gateway: when the provider is spoken to next about it.', null=True)),
            ],
            options={
                'verbose_name': 'refund',
                'verbose_name_plural': 'refunds',
            },
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
            model_name='unexplainedreceipt',
            name='resolved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
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
            model_name='unexplainedreceipt',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='receipt_amount_positive'),
        ),
    ]
