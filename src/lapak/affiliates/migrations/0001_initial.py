
import django.db.models.deletion
import lapak.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('orders', '0001_initial'),
        ('shops', '0001_initial'),
        ('users', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Click',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('link_id', models.UUIDField()),
                ('device', models.CharField(choices=[('phone', 'phone'), ('tablet', 'tablet'), ('computer', 'computer'), ('bot', 'automatic')], max_length=8)),
                ('is_in_app', models.BooleanField(default=False, help_text="Came from a social app's own browser.")),
                ('clicked_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['link_id', 'clicked_at'], include=('device',), name='click_of_link')],
            },
        ),
        migrations.CreateModel(
            name='Creator',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('handle', models.SlugField(max_length=30, unique=True, verbose_name='handle')),
                ('tax_status', models.CharField(choices=[('individual', 'individual (PPh 21)'), ('company', 'company (PPh 23)')], default='individual', max_length=10)),
                ('joined_at', models.DateTimeField()),
                ('bank_account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='users.bankaccount')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='creator', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'creator',
                'verbose_name_plural': 'creators',
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('label', models.CharField(blank=True, help_text='Where you will post it: tiktok, ig-bio …', max_length=30, verbose_name='label')),
                ('created_at', models.DateTimeField()),
                ('creator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='affiliates.creator')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
                ('shop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop')),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('open', 'open to all creators'), ('invited', 'by invitation'), ('platform', "the platform's")], max_length=10)),
                ('window_days', models.PositiveSmallIntegerField(default=7, verbose_name='days a click counts')),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('shop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='shops.shop')),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('creator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='affiliates.creator')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='affiliates.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Commission',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='commission', serialize=False, to='orders.orderline')),
                ('order_id', models.UUIDField(help_text="The line's order, kept here so that settling an order finds its commissions at once.")),
                ('click_id', models.UUIDField()),
                ('clicked_at', models.DateTimeField()),
                ('attribution', models.CharField(choices=[('direct', 'the linked product'), ('indirect', 'another product of the shop')], max_length=10)),
                ('rate_bp', models.PositiveIntegerField()),
                ('base_idr', models.BigIntegerField(help_text='Price paid for the line, less vouchers, without shipping.')),
                ('state', models.CharField(choices=[('pending', 'pending'), ('payable', 'payable'), ('paid', 'paid'), ('reversed', 'reversed'), ('frozen', 'under review')], default='pending', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('creator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commissions', to='affiliates.creator')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commissions', to='affiliates.link')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='affiliates.programme')),
            ],
            options={
                'verbose_name': 'commission',
                'verbose_name_plural': 'commissions',
            },
        ),
        migrations.CreateModel(
            name='ProgrammeRate',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('rate_bp', models.PositiveIntegerField()),
                ('announced_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rates', to='affiliates.programme')),
            ],
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['creator', '-created_at'], name='link_of_creator'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('product', None), ('shop__isnull', False), _connector='OR'), name='link_target'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'platform'), ('shop', None)), models.Q(models.Q(('kind', 'platform'), _negated=True), ('shop__isnull', False)), _connector='OR'), name='programme_owner'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('window_days__gte', 1), ('window_days__lte', 90)), name='programme_window_in_bounds'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'open')), fields=('shop',), name='programme_one_open_per_shop'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('creator', 'programme'), name='membership_once'),
        ),
        migrations.AddIndex(
            model_name='commission',
            index=models.Index(fields=['order_id'], name='commission_of_order'),
        ),
        migrations.AddIndex(
            model_name='commission',
            index=models.Index(fields=['creator', '-created_at'], name='commission_of_creator'),
        ),
        migrations.AddConstraint(
            model_name='commission',
            constraint=models.CheckConstraint(condition=models.Q(('base_idr__gt', 0), ('rate_bp__lte', 8000)), name='commission_terms_sane'),
        ),
        migrations.AddConstraint(
            model_name='programmerate',
            constraint=models.CheckConstraint(condition=models.Q(('rate_bp__gte', 0), ('rate_bp__lte', 8000)), name='programme_rate_in_bounds'),
        ),
        migrations.AddConstraint(
            model_name='programmerate',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('programme',), name='programme_one_current_rate'),
        ),
    ]
