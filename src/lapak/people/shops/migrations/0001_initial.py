
import django.core.validators
import django.db.models.deletion
import lapak.lib.ids
import lapak.lib.whole
import lapak.people.users.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('users', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Shop',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('slug', lapak.lib.whole.WholeSlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='shop name')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='about the shop')),
                ('nib', models.CharField(blank=True, max_length=13, validators=[django.core.validators.RegexValidator('^\\d{13}$', 'A NIB has 13 digits.')], verbose_name='business number (NIB)')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street')),
                ('district', models.CharField(blank=True, max_length=80, validators=[lapak.people.users.models.whole_name], verbose_name='district (kecamatan)')),
                ('city', models.CharField(max_length=80, validators=[lapak.people.users.models.whole_name], verbose_name='city or regency')),
                ('postal_code', models.CharField(blank=True, max_length=5, validators=[django.core.validators.RegexValidator('^\\d{5}$', 'A postal code has five digits.')], verbose_name='postal code')),
                ('phone', models.CharField(blank=True, help_text='For couriers, and for buyers who send something back; on no page of the shop.', max_length=20, validators=[django.core.validators.RegexValidator('^(\\+62|0)8\\d{7,12}$', 'Write a mobile number such as 081234567890.')], verbose_name='phone')),
                ('province_code', models.CharField(choices=[('11', 'Aceh'), ('12', 'Sumatera Utara'), ('13', 'Sumatera Barat'), ('14', 'Riau'), ('15', 'Jambi'), ('16', 'Sumatera Selatan'), ('17', 'Bengkulu'), ('18', 'Lampung'), ('19', 'Kepulauan Bangka Belitung'), ('21', 'Kepulauan Riau'), ('31', 'DKI Jakarta'), ('32', 'Jawa Barat'), ('33', 'Jawa Tengah'), ('34', 'DI Yogyakarta'), ('35', 'Jawa Timur'), ('36', 'Banten'), ('51', 'Bali'), ('52', 'Nusa Tenggara Barat'), ('53', 'Nusa Tenggara Timur'), ('61', 'Kalimantan Barat'), ('62', 'Kalimantan Tengah'), ('63', 'Kalimantan Selatan'), ('64', 'Kalimantan Timur'), ('65', 'Kalimantan Utara'), ('71', 'Sulawesi Utara'), ('72', 'Sulawesi Tengah'), ('73', 'Sulawesi Selatan'), ('74', 'Sulawesi Tenggara'), ('75', 'Gorontalo'), ('76', 'Sulawesi Barat'), ('81', 'Maluku'), ('82', 'Maluku Utara'), ('91', 'Papua'), ('92', 'Papua Barat'), ('93', 'Papua Selatan'), ('94', 'Papua Tengah'), ('95', 'Papua Pegunungan'), ('96', 'Papua Barat Daya')], max_length=2, verbose_name='province')),
                ('is_open', models.BooleanField(default=True)),
                ('holiday_first', models.DateField(blank=True, null=True)),
                ('holiday_last', models.DateField(blank=True, null=True)),
                ('holiday_message', models.CharField(blank=True, max_length=200)),
                ('holiday_announced_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('bank_account_changed_at', models.DateTimeField(editable=False, help_text='When another replaced it; empty while it is the first.', null=True)),
                ('bank_account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='users.bankaccount')),
            ],
            options={
                'verbose_name': 'shop',
                'verbose_name_plural': 'shops',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holiday_announced_at', None), ('holiday_first', None), ('holiday_last', None), ('holiday_message', '')), models.Q(('holiday_announced_at__isnull', False), ('holiday_first__lte', models.F('holiday_last'))), _connector='OR'), name='shop_holiday_has_its_days')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('admin', 'shop admin'), ('orders', 'orders and warehouse'), ('finance', 'finance (reads only)')], max_length=8)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'user'), name='member_once_per_shop')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('owner', 'owner'), ('admin', 'shop admin'), ('orders', 'orders and warehouse'), ('finance', 'finance (reads only)')], max_length=8)),
                ('invited_at', models.DateTimeField()),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='shops.shop')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'user'), name='invitation_once_per_shop')],
            },
        ),
        migrations.CreateModel(
            name='AnnouncedClosing',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('announced_at', models.DateTimeField()),
                ('orders_stop_at', models.DateTimeField(verbose_name='takes orders until')),
                ('ship_by', models.DateTimeField(verbose_name='sends until')),
                ('called_off_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(help_text='When nothing was left to be sent.', null=True)),
                ('told_up_to', models.UUIDField(help_text="The last user who has been told of the marketplace's.", null=True)),
                ('announced_by', models.ForeignKey(help_text='Empty: on the machine itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('called_off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='closings', to='shops.shop')),
            ],
            options={
                'verbose_name': 'closing',
                'verbose_name_plural': 'closings',
                'indexes': [models.Index(condition=models.Q(('called_off_at', None), ('ended_at', None)), fields=['ship_by'], name='closing_ahead')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('called_off_at', None)), fields=('shop',), name='closing_stands_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('announced_at__lt', models.F('orders_stop_at')), ('orders_stop_at__lt', models.F('ship_by'))), name='closing_has_its_order'), models.CheckConstraint(condition=models.Q(('called_off_at', None), models.Q(('called_off_at__lt', models.F('orders_stop_at')), ('ended_at', None)), _connector='OR'), name='closing_called_off_before_it_begins'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('ship_by')), _connector='OR'), name='closing_ends_after_sending')],
            },
        ),
    ]
