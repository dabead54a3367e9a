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
            name='StatementDifference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=24)),
                ('reference', models.CharField(help_text='Ours: the attempt, refund or payout.', max_length=64)),
                ('theirs_idr', models.BigIntegerField()),
                ('ours_idr', models.BigIntegerField()),
                ('found_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField(help_text='When it last moved there; empty when it never did.', null=True)),
                ('resolved_at', models.DateTimeField(help_text='When a person had looked at these very figures.', null=True)),
                ('resolution', models.CharField(blank=True, help_text='What they found.', max_length=200)),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'difference to a statement',
                'verbose_name_plural': 'differences to statements',
                'constraints': [models.UniqueConstraint(fields=('provider', 'kind', 'reference'), name='difference_once')],
            },
        ),
        migrations.CreateModel(
            name='GatewayMessage',
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
                ('resolved_at', models.DateTimeField(help_text='When a person had looked at one that was refused.', null=True)),
                ('resolution', models.CharField(blank=True, help_text='What they found.', max_length=200)),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'provider notification',
                'verbose_name_plural': 'provider notifications',
                'indexes': [models.Index(condition=models.Q(('processed_at', None)), fields=['received_at'], name='message_unprocessed'), models.Index(condition=models.Q(('outcome__startswith', 'refused'), ('resolved_at', None)), fields=['received_at'], name='message_refused')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'event_id'), name='message_once_per_event')],
            },
        ),
    ]
