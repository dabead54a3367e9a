
import lapak.lib.whole
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StuckAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(help_text="The sweep's name, as in flows/clocks.py.", max_length=60, verbose_name='act')),
                ('subject_id', models.UUIDField(help_text='The order, return, payout … that it is about.', verbose_name='for')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures')),
                ('error', models.TextField(verbose_name='error')),
                ('first_failed_at', models.DateTimeField(verbose_name='first failed at')),
                ('last_failed_at', models.DateTimeField(verbose_name='last failed at')),
                ('next_try_at', models.DateTimeField(verbose_name='next try at')),
            ],
            options={
                'verbose_name': 'stuck act',
                'verbose_name_plural': 'stuck acts',
                'constraints': [models.UniqueConstraint(fields=('act', 'subject_id'), name='stuck_act_once')],
            },
        ),
        migrations.CreateModel(
            name='ToldUpTo',
            fields=[
                ('log', lapak.lib.whole.WholeCharField(help_text='The followed table.', max_length=63, primary_key=True, serialize=False)),
                ('position', models.JSONField(help_text='A `Position`.')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WatchedUpTo',
            fields=[
                ('watch', lapak.lib.whole.WholeCharField(max_length=40, primary_key=True, serialize=False)),
                ('moment', models.DateTimeField()),
            ],
        ),
    ]
