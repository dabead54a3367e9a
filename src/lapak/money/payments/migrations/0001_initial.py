
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
                ('provider', models.CharField(max_length=20)),
                ('method', models.CharField(choices=[('qris', 'QRIS')], max_length=12)),
                ('amount_idr', models.BigIntegerField()),
                ('status', models.CharField(choices=[('pending', 'waiting for payment'), ('paid', 'paid'), ('expired', 'expired')], default='pending', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(null=True)),
                ('provider_reference', models.CharField(blank=True, help_text="The provider's own id, once asked.", max_length=64)),
                ('qris_payload', models.CharField(blank=True, help_text='The EMVCo string the provider issued.', max_length=512)),
                ('pay_url', models.URLField(blank=True, help_text="The provider's pay page.", max_length=300)),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='intent_amount_positive'), models.CheckConstraint(condition=models.Q(('paid_at__isnull', False), models.Q(('status', 'paid'), _negated=True), _connector='OR'), name='intent_paid_has_time')],
            },
        ),
        migrations.CreateModel(
            name='ProviderNotification',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=20)),
                ('event_id', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=40)),
                ('body', models.JSONField()),
                ('received_at', models.DateTimeField()),
                ('times_received', models.PositiveIntegerField(default=1)),
                ('last_received_at', models.DateTimeField()),
                ('processed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, help_text="What processing it came to: 'paid', 'ignored: …'.", max_length=40)),
            ],
            options={
                'verbose_name': 'provider notification',
                'verbose_name_plural': 'provider notifications',
                'constraints': [models.UniqueConstraint(fields=('provider', 'event_id'), name='notification_once_per_event')],
            },
        ),
    ]
