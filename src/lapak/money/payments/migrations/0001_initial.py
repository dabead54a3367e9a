import django.db.models.deletion
import lapak.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'indexes': [models.Index(fields=['pays_for', '-created_at'], name='intent_of_purchase')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='intent_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('told_at__isnull', False)), models.Q(('status', 'paid'), _negated=True), _connector='OR'), name='intent_paid_has_time')],
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
                ('reason', models.CharField(help_text='Why, as the buyer reads it; translated when shown.', max_length=200)),
                ('owed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('payout_id', models.UUIDField(help_text='The payout that carries it, by bank.', null=True)),
                ('intent', models.ForeignKey(help_text='The attempt that brought the money.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.paymentintent')),
            ],
            options={
                'verbose_name': 'refund',
                'verbose_name_plural': 'refunds',
                'indexes': [models.Index(fields=['order_id'], name='refund_of_order'), models.Index(fields=['buyer_id', '-owed_at'], name='refund_of_buyer'), models.Index(condition=models.Q(('status__in', ['owed', 'sent'])), fields=['status', 'owed_at'], name='refund_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='refund_amount_positive')],
            },
        ),
    ]
