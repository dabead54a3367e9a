
import django.db.models.deletion
import lapak.lib.whole
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ProvinceZone',
            fields=[
                ('province_code', lapak.lib.whole.WholeCharField(choices=[('11', 'Aceh'), ('12', 'Sumatera Utara'), ('13', 'Sumatera Barat'), ('14', 'Riau'), ('15', 'Jambi'), ('16', 'Sumatera Selatan'), ('17', 'Bengkulu'), ('18', 'Lampung'), ('19', 'Kepulauan Bangka Belitung'), ('21', 'Kepulauan Riau'), ('31', 'DKI Jakarta'), ('32', 'Jawa Barat'), ('33', 'Jawa Tengah'), ('34', 'DI Yogyakarta'), ('35', 'Jawa Timur'), ('36', 'Banten'), ('51', 'Bali'), ('52', 'Nusa Tenggara Barat'), ('53', 'Nusa Tenggara Timur'), ('61', 'Kalimantan Barat'), ('62', 'Kalimantan Tengah'), ('63', 'Kalimantan Selatan'), ('64', 'Kalimantan Timur'), ('65', 'Kalimantan Utara'), ('71', 'Sulawesi Utara'), ('72', 'Sulawesi Tengah'), ('73', 'Sulawesi Selatan'), ('74', 'Sulawesi Tenggara'), ('75', 'Gorontalo'), ('76', 'Sulawesi Barat'), ('81', 'Maluku'), ('82', 'Maluku Utara'), ('91', 'Papua'), ('92', 'Papua Barat'), ('93', 'Papua Selatan'), ('94', 'Papua Tengah'), ('95', 'Papua Pegunungan'), ('96', 'Papua Barat Daya')], max_length=2, primary_key=True, serialize=False)),
                ('zone', models.CharField(choices=[('java', 'Java'), ('sumatra', 'Sumatra'), ('bali_nusa', 'Bali and Nusa Tenggara'), ('kalimantan', 'Kalimantan'), ('sulawesi', 'Sulawesi'), ('maluku', 'Maluku'), ('papua', 'Papua')], max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('code', lapak.lib.whole.WholeSlugField(max_length=30, primary_key=True, serialize=False)),
                ('courier', models.CharField(help_text="Ledger owner of courier_payable: 'jne'.", max_length=30)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin_zone', models.CharField(choices=[('java', 'Java'), ('sumatra', 'Sumatra'), ('bali_nusa', 'Bali and Nusa Tenggara'), ('kalimantan', 'Kalimantan'), ('sulawesi', 'Sulawesi'), ('maluku', 'Maluku'), ('papua', 'Papua')], max_length=12)),
                ('destination_zone', models.CharField(choices=[('java', 'Java'), ('sumatra', 'Sumatra'), ('bali_nusa', 'Bali and Nusa Tenggara'), ('kalimantan', 'Kalimantan'), ('sulawesi', 'Sulawesi'), ('maluku', 'Maluku'), ('papua', 'Papua')], max_length=12)),
                ('first_kg_idr', models.BigIntegerField(verbose_name='first kilogram (Rp)')),
                ('next_kg_idr', models.BigIntegerField(verbose_name='each further kilogram (Rp)')),
                ('min_days', models.PositiveSmallIntegerField(verbose_name='days at least')),
                ('max_days', models.PositiveSmallIntegerField(verbose_name='days at most')),
                ('service', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rates', to='shipping.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'origin_zone', 'destination_zone'), name='rate_once_per_route'), models.CheckConstraint(condition=models.Q(('first_kg_idr__gte', 0), ('min_days__lte', models.F('max_days')), ('next_kg_idr__gte', 0)), name='rate_sane', violation_error_message='It cannot take more days at least than at most.')],
            },
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('order_id', models.UUIDField(primary_key=True, serialize=False)),
                ('shop_id', models.UUIDField(help_text="The order's: every row of a shop names it.")),
                ('tracking_number', models.CharField(max_length=40, verbose_name='tracking number')),
                ('shipped_at', models.DateTimeField()),
                ('min_days', models.PositiveSmallIntegerField(help_text='The least days that its service takes on its route.')),
                ('delivered_at', models.DateTimeField(null=True)),
                ('service', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shipping.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'tracking_number'), name='parcel_tracking_number_once')],
            },
        ),
    ]
