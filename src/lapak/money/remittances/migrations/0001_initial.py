import django.db.models.deletion
import lapak.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0002_standing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remittance',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount_idr', models.BigIntegerField()),
                ('paid_from', models.CharField(help_text='The gateway whose cash it took.', max_length=20)),
                ('reference', models.CharField(help_text="As the gateway's statement names it.", max_length=64, verbose_name='reference')),
                ('ntpn', models.CharField(blank=True, help_text="The state's receipt, of a tax.", max_length=16, verbose_name='NTPN')),
                ('paid_on', models.DateField(help_text='In Jakarta.', verbose_name='paid on')),
                ('noted_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_because', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remittances', to='ledger.account')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'payment of the house',
                'verbose_name_plural': 'payments of the house',
                'indexes': [models.Index(fields=['-noted_at'], name='remittance_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_idr__gt', 0)), name='remittance_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_because', ''), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_because', ''), _negated=True)), _connector='OR'), name='remittance_undone_with_reason'), models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('reference',), name='remittance_once_per_reference'), models.UniqueConstraint(condition=models.Q(('undone_at', None), models.Q(('ntpn', ''), _negated=True)), fields=('ntpn',), name='remittance_once_per_ntpn')],
            },
        ),
    ]
