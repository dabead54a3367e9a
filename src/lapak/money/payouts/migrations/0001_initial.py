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
        ('ledger', '0001_initial'),
        ('users', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PayoutRun',
            fields=[
                ('day', models.DateField(help_text='In Jakarta.', primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(help_text='Empty while it goes on, or was broken off.', null=True)),
            ],
            options={
                'verbose_name': 'payout run',
                'verbose_name_plural': 'payout runs',
            },
        ),
        migrations.CreateModel(
            name='PayoutBatch',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=20)),
                ('paid_from', models.CharField(help_text='The gateway whose cash it takes.', max_length=20)),
                ('created_at', models.DateTimeField()),
                ('complete_at', models.DateTimeField(help_text='When its last payout was in it; then it is handed over.', null=True)),
                ('dispatched_at', models.DateTimeField(help_text='When the provider had taken it, or the file was there.', null=True)),
                ('file', models.FileField(blank=True, storage=lapak.lib.private.private_storage, upload_to='payouts')),
                ('sent_by', models.ForeignKey(help_text='Empty when the clock sent it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.OneToOneField(help_text='Empty when a person sent it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batch', to='payouts.payoutrun')),
            ],
            options={
                'verbose_name': 'payout batch',
                'verbose_name_plural': 'payout batches',
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount_idr', models.BigIntegerField()),
                ('status', models.CharField(choices=[('sent', 'on its way'), ('confirmed', 'arrived'), ('failed', 'did not arrive'), ('returned', 'sent back after it arrived')], default='sent', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('ask_at', models.DateTimeField(help_text='When its provider is asked next what became of it.', null=True)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='ledger.account')),
                ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='users.bankaccount')),
                ('closed_by', models.ForeignKey(help_text='Who said how it ended; empty: the provider.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='payouts.payoutbatch')),
            ],
            options={
                'verbose_name': 'payout',
                'verbose_name_plural': 'payouts',
            },
        ),
        migrations.CreateModel(
            name='PayoutItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('commission', 'commission'), ('refund', 'refund'), ('order', 'order')], max_length=12)),
                ('item_id', models.UUIDField(help_text="The commission's order line, the refund or the order.")),
                ('amount_idr', models.BigIntegerField()),
                ('is_live', models.BooleanField(default=True, help_text='False once the payout came back: the item is owed again.')),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='payouts.payout')),
            ],
            options={
                'verbose_name': 'paid item',
                'verbose_name_plural': 'paid items',
            },
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(fields=['account', '-created_at'], name='payout_of_account'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(condition=models.Q(('status', 'sent')), fields=['created_at'], name='payout_unconfirmed'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='payout_to_ask'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='payout_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='payoutitem',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('kind', 'item_id'), name='item_in_one_live_payout'),
        ),
        migrations.AddIndex(
            model_name='payoutbatch',
            index=models.Index(condition=models.Q(('dispatched_at', None)), fields=['created_at'], name='batch_to_dispatch'),
        ),
        migrations.CreateModel(
            name='PayoutEvent',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('sent', 'on its way'), ('confirmed', 'arrived'), ('failed', 'did not arrive'), ('returned', 'sent back after it arrived')], max_length=10)),
                ('happened_at', models.DateTimeField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='payouts.payout')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(fields=['transaction_id'], name='event_of_payout_since')],
            },
        ),
    ]
