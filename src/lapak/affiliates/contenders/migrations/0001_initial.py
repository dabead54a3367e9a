import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('affiliates', '0001_initial'),
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clicked_at', models.DateTimeField()),
                ('is_typed', models.BooleanField(help_text="No click: the link's code, typed at the checkout.")),
                ('attribution', models.CharField(choices=[('direct', 'the linked product'), ('indirect', 'another product of the shop')], max_length=10)),
                ('verdict', models.CharField(choices=[('won', 'Earns'), ('newer', 'A newer click earns'), ('earlier', 'An earlier click earns'), ('stood_for', 'Another click of the same creator earns'), ('clicked', 'A click counts before a code'), ('expired', 'Too old for the programme'), ('own_purchase', "The creator's own purchase"), ('closed', "The creator's account was closed"), ('at_checkout', 'Clicked when the checkout was open already'), ('budget', "The programme's budget was used up"), ('no_programme', 'In no programme that paid for it')], max_length=12)),
                ('share_bp', models.PositiveIntegerField(help_text='Of the line, for one that earns.')),
                ('won_by', models.CharField(choices=[('newest', 'the newest click'), ('first', 'the first click'), ('shared', 'shared: most for the first and the newest, the rest for those between')], help_text='By which it was decided.', max_length=8)),
                ('creator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='affiliates.creator')),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contenders', to='orders.orderline')),
                ('link', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='affiliates.link')),
            ],
            options={
                'verbose_name': 'click on a line',
                'verbose_name_plural': 'clicks on lines',
                'indexes': [models.Index(fields=['line', '-clicked_at'], name='contender_of_line'), models.Index(condition=models.Q(('verdict', 'won'), _negated=True), fields=['creator', '-id'], name='contender_without_earning')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('share_bp__gte', 1), ('share_bp__lte', 10000), ('verdict', 'won')), models.Q(models.Q(('verdict', 'won'), _negated=True), ('share_bp', 0)), _connector='OR'), name='contender_share_if_won')],
            },
        ),
    ]
