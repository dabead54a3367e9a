import lapak.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
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
            ],
            options={
                'verbose_name': 'provider notification',
                'verbose_name_plural': 'provider notifications',
                'indexes': [models.Index(condition=models.Q(('processed_at', None)), fields=['received_at'], name='message_unprocessed')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'event_id'), name='message_once_per_event')],
            },
        ),
    ]
