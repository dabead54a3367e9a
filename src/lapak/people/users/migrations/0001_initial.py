
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
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('email', lapak.lib.whole.WholeEmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('language', models.CharField(db_default='id', default='id', help_text='In which Lapak writes to them: what they last chose.', max_length=7)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'indexes': [models.Index(condition=models.Q(('is_staff', True)), fields=['id'], name='user_who_operates')],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recipient', models.CharField(max_length=120, verbose_name='recipient')),
                ('phone', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^(\\+62|0)8\\d{7,12}$', 'Write a mobile number such as 081234567890.')], verbose_name='phone')),
                ('street', models.TextField(max_length=500, validators=[django.core.validators.RegexValidator('(?s)[^\\W\\d_].*.{4}', 'Write the street and number, or how to find the house.')], verbose_name='street, number, directions')),
                ('district', models.CharField(max_length=80, validators=[lapak.people.users.models.whole_name], verbose_name='district (kecamatan)')),
                ('city', models.CharField(max_length=80, validators=[lapak.people.users.models.whole_name], verbose_name='city or regency')),
                ('province_code', models.CharField(choices=[('11', 'Aceh'), ('12', 'Sumatera Utara'), ('13', 'Sumatera Barat'), ('14', 'Riau'), ('15', 'Jambi'), ('16', 'Sumatera Selatan'), ('17', 'Bengkulu'), ('18', 'Lampung'), ('19', 'Kepulauan Bangka Belitung'), ('21', 'Kepulauan Riau'), ('31', 'DKI Jakarta'), ('32', 'Jawa Barat'), ('33', 'Jawa Tengah'), ('34', 'DI Yogyakarta'), ('35', 'Jawa Timur'), ('36', 'Banten'), ('51', 'Bali'), ('52', 'Nusa Tenggara Barat'), ('53', 'Nusa Tenggara Timur'), ('61', 'Kalimantan Barat'), ('62', 'Kalimantan Tengah'), ('63', 'Kalimantan Selatan'), ('64', 'Kalimantan Timur'), ('65', 'Kalimantan Utara'), ('71', 'Sulawesi Utara'), ('72', 'Sulawesi Tengah'), ('73', 'Sulawesi Selatan'), ('74', 'Sulawesi Tenggara'), ('75', 'Gorontalo'), ('76', 'Sulawesi Barat'), ('81', 'Maluku'), ('82', 'Maluku Utara'), ('91', 'Papua'), ('92', 'Papua Barat'), ('93', 'Papua Selatan'), ('94', 'Papua Tengah'), ('95', 'Papua Pegunungan'), ('96', 'Papua Barat Daya')], max_length=2, verbose_name='province')),
                ('postal_code', models.CharField(max_length=5, validators=[django.core.validators.RegexValidator('^\\d{5}$', 'A postal code has five digits.')], verbose_name='postal code')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['phone'], name='address_by_phone')],
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('bank_code', models.CharField(choices=[('014', 'BCA'), ('002', 'BRI'), ('008', 'Mandiri'), ('009', 'BNI'), ('451', 'Bank Syariah Indonesia (BSI)'), ('200', 'BTN'), ('022', 'CIMB Niaga'), ('013', 'Permata'), ('011', 'Danamon'), ('019', 'Panin'), ('028', 'OCBC'), ('016', 'Maybank'), ('023', 'UOB'), ('153', 'Sinarmas'), ('426', 'Mega'), ('441', 'KB Bank'), ('147', 'Muamalat'), ('213', 'SMBC Indonesia (Jenius)'), ('542', 'Bank Jago'), ('535', 'SeaBank'), ('501', 'blu by BCA Digital'), ('490', 'Bank Neo Commerce'), ('567', 'Allo Bank'), ('947', 'Aladin Syariah'), ('110', 'BJB'), ('111', 'Bank Jakarta'), ('112', 'BPD DIY'), ('113', 'Bank Jateng'), ('114', 'Bank Jatim'), ('115', 'Bank Jambi'), ('116', 'Bank Aceh Syariah'), ('117', 'Bank Sumut'), ('118', 'Bank Nagari'), ('119', 'Bank Riau Kepri Syariah'), ('120', 'Bank Sumsel Babel'), ('121', 'Bank Lampung'), ('122', 'Bank Kalsel'), ('123', 'Bank Kalbar'), ('124', 'Bank Kaltimtara'), ('125', 'Bank Kalteng'), ('126', 'Bank Sulselbar'), ('127', 'Bank SulutGo'), ('128', 'Bank NTB Syariah'), ('129', 'BPD Bali'), ('130', 'Bank NTT'), ('131', 'Bank Maluku Malut'), ('132', 'Bank Papua'), ('133', 'Bank Bengkulu'), ('134', 'Bank Sulteng'), ('135', 'Bank Sultra'), ('137', 'Bank Banten')], max_length=8, verbose_name='bank')),
                ('number', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\d{6,20}$', 'Write the account number in digits only.')], verbose_name='account number')),
                ('holder', models.CharField(max_length=120, verbose_name='account holder')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['bank_code', 'number'], name='bankaccount_by_number')],
            },
        ),
    ]
