import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('gateway_cash', 'money at the gateway'), ('cod_receivable', 'cash collected by couriers'), ('seller_receivable', 'owed by the shop'), ('creator_receivable', 'owed by the creator'), ('order_escrow', 'held for open orders'), ('seller_payable', 'owed to the shop'), ('creator_clearing', "commissions of a shop's orders on their way"), ('creator_payable', 'owed to the creator'), ('courier_payable', 'owed to the courier'), ('buyer_refund_payable', 'refunds owed to the buyer'), ('payout_in_transit', 'payouts on their way'), ('unexplained_receipt', 'received, and not known what for'), ('chargeback_pending', "taken back by the buyer's bank, not decided yet"), ('tax_vat', 'VAT to pay'), ('tax_pph21', 'PPh 21 to pay'), ('tax_pph22', 'PPh 22 to pay'), ('tax_pph23', 'PPh 23 to pay'), ('platform_fee', 'platform fee income'), ('gateway_fee', 'gateway charges'), ('promotion_cost', 'promotions paid by the platform'), ('chargeback_loss', 'chargebacks borne by the platform')], max_length=24)),
                ('owner', models.CharField(help_text="A shop's, creator's or buyer's id; a provider's or courier's name; 'platform'.", max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'constraints': [models.UniqueConstraint(fields=('kind', 'owner'), name='account_once_per_owner')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('amount_idr', models.BigIntegerField()),
                ('code', models.CharField(help_text='Which kind of fact: a TransferCode.', max_length=32)),
                ('reference', models.UUIDField(help_text="The fact's own id: an order, a payment intent, a payout.")),
                ('posted_at', models.DateTimeField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
                ('credit_account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='ledger.account')),
                ('debit_account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='ledger.account')),
            ],
            options={
                'verbose_name': 'transfer',
                'verbose_name_plural': 'transfers',
            },
        ),
        migrations.CreateModel(
            name='BalanceSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counter', models.BigIntegerField(help_text="The database server's system identifier.")),
                ('cut', models.BigIntegerField(help_text='The first transaction number that is not in it.')),
                ('debits_idr', models.BigIntegerField()),
                ('credits_idr', models.BigIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='ledger.account')),
            ],
            options={
                'indexes': [models.Index(fields=['counter', 'cut'], name='snapshot_newest_cut')],
                'constraints': [models.UniqueConstraint(fields=('account', 'counter', 'cut'), name='snapshot_once_per_cut')],
            },
        ),
        migrations.CreateModel(
            name='KindSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('gateway_cash', 'money at the gateway'), ('cod_receivable', 'cash collected by couriers'), ('seller_receivable', 'owed by the shop'), ('creator_receivable', 'owed by the creator'), ('order_escrow', 'held for open orders'), ('seller_payable', 'owed to the shop'), ('creator_clearing', "commissions of a shop's orders on their way"), ('creator_payable', 'owed to the creator'), ('courier_payable', 'owed to the courier'), ('buyer_refund_payable', 'refunds owed to the buyer'), ('payout_in_transit', 'payouts on their way'), ('unexplained_receipt', 'received, and not known what for'), ('chargeback_pending', "taken back by the buyer's bank, not decided yet"), ('tax_vat', 'VAT to pay'), ('tax_pph21', 'PPh 21 to pay'), ('tax_pph22', 'PPh 22 to pay'), ('tax_pph23', 'PPh 23 to pay'), ('platform_fee', 'platform fee income'), ('gateway_fee', 'gateway charges'), ('promotion_cost', 'promotions paid by the platform'), ('chargeback_loss', 'chargebacks borne by the platform')], max_length=24)),
                ('counter', models.BigIntegerField(help_text="The database server's system identifier.")),
                ('cut', models.BigIntegerField(help_text='The first transaction number that is not in it.')),
                ('debits_idr', models.BigIntegerField()),
                ('credits_idr', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('counter', 'cut', 'kind'), name='kind_snapshot_once_per_cut')],
            },
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='ledger.transfer')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('by_id', models.UUIDField(help_text="Who corrected it: a user of the staff; empty: by a partner's word.", null=True)),
                ('corrected_at', models.DateTimeField()),
                ('undoes', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='ledger.transfer')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
            },
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['reference'], name='transfer_by_reference'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['debit_account', 'posted_at'], name='transfer_by_debit_account'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['credit_account', 'posted_at'], name='transfer_by_credit_account'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['posted_at'], name='transfer_newest'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['debit_account', 'transaction_id'], include=('amount_idr',), name='transfer_debited_since'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['credit_account', 'transaction_id'], include=('amount_idr',), name='transfer_credited_since'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['transaction_id'], name='transfer_since', pages_per_range=16),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='transfer_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('debit_account', models.F('credit_account')), _negated=True), name='transfer_between_two_accounts'),
        ),
    ]
