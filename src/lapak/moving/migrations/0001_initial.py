import django.db.models.deletion
import lapak.lib.ids
import lapak.lib.private
import lapak.lib.whole
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0002_categories'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChosenCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=500)),
                ('category', models.ForeignKey(help_text='Empty: in no category, on purpose.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.category')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'path'), name='chosen_category_once')],
            },
        ),
        migrations.CreateModel(
            name='ChosenColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('header', models.CharField(help_text='As `own_lists.found.OwnList.header`.', max_length=64)),
                ('columns', models.JSONField(help_text='As `own_lists.columns.Columns.as_dict`; without roles it is no list of goods.')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'header'), name='chosen_columns_once')],
            },
        ),
        migrations.CreateModel(
            name='ChosenOptionName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(help_text='As `options.folded` writes it.', max_length=100)),
                ('name', models.CharField(max_length=100)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'value'), name='chosen_option_name_once')],
            },
        ),
        migrations.CreateModel(
            name='KeptPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='As `pictures.picture_key`.', max_length=300)),
                ('file', models.CharField(help_text='In the private storage.', max_length=200)),
                ('kept_at', models.DateTimeField()),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'key'), name='kept_picture_once')],
            },
        ),
        migrations.CreateModel(
            name='SameGoods',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('platform', models.CharField(help_text='Of those that came later.', max_length=20)),
                ('source_id', models.CharField(max_length=64)),
                ('first_platform', models.CharField(help_text='Of those that were first; what they say, stands here.', max_length=20)),
                ('first_source_id', models.CharField(max_length=64)),
                ('are_one', models.BooleanField()),
                ('later_leads', models.BooleanField(default=False, help_text='Price and stock come from those that came later.')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'indexes': [models.Index(fields=['shop', 'first_platform', 'first_source_id'], name='same_goods_by_first')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'platform', 'source_id', 'first_platform', 'first_source_id'), name='same_goods_once')],
            },
        ),
        migrations.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('platform', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('product', 'Product'), ('sku', 'Sku')], max_length=8)),
                ('source_id', models.CharField(max_length=64)),
                ('target_id', models.UUIDField(help_text='Product or variant id here.')),
                ('fields', models.JSONField()),
                ('unmapped', models.JSONField(default=dict, help_text='Columns we have no place for, kept so that nothing is lost.')),
                ('moved_in_at', models.DateTimeField()),
                ('upload_id', models.UUIDField(help_text='Which brought it here first; none from the command line.', null=True)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'platform', 'kind', 'source_id'), name='source_record_once')],
            },
        ),
        migrations.CreateModel(
            name='SoughtPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='As `pictures.picture_key`: it is fetched once for all that show it.', max_length=300)),
                ('platform', models.CharField(max_length=20)),
                ('source_id', models.CharField(help_text="The product's, as `SourceRecord`.", max_length=64)),
                ('address', models.CharField(max_length=2000)),
                ('position', models.PositiveSmallIntegerField(help_text='In the gallery: every product gets its first picture first.')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('why_not', models.CharField(blank=True, choices=[('gone', 'The old platform does not give it out any more.'), ('forbidden', 'Its address does not lead to a picture on the web.'), ('silent', 'The old platform did not answer, several times.'), ('unfit', 'It is no JPEG, PNG or WebP picture that Lapak can take.'), ('stopped', 'Something Lapak did not foresee stopped it; it is written down for us to mend.')], help_text='Empty: it is waited for.', max_length=9)),
                ('sought_at', models.DateTimeField()),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('why_not', '')), fields=['shop', 'position', 'id'], name='sought_next')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'key', 'platform', 'source_id'), name='sought_picture_once')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(help_text='In which the seller reads what is wrong.', max_length=5)),
                ('file_names', models.JSONField(help_text='As kept in the private storage; gone once they are moved in.')),
                ('state', models.CharField(choices=[('looking', 'being looked at'), ('unclear', 'asking about columns'), ('planned', 'waiting for you'), ('moving', 'being moved in'), ('done', 'moved in'), ('refused', 'refused'), ('stopped', 'stopped on the way'), ('undone', 'taken back')], default='looking', max_length=8)),
                ('step', models.CharField(blank=True, max_length=12)),
                ('step_done', models.PositiveIntegerField(default=0)),
                ('step_total', models.PositiveIntegerField(null=True)),
                ('found', models.JSONField(default=list, help_text='What was recognised: file, platform, sheet and rows of each.')),
                ('worth_idr', models.BigIntegerField(help_text='Of what the files hold that is fit: price times stock.', null=True)),
                ('counts', models.JSONField(default=dict, help_text='What would be, or was, created, changed, unchanged, left out.')),
                ('proposals', models.JSONField(default=dict, help_text='Categories, names of options and columns of own lists, for the seller to confirm; what is listed no more.')),
                ('problems', models.JSONField(default=list, help_text='The first of them, in words; the report has them all.')),
                ('problem_count', models.PositiveIntegerField(default=0)),
                ('refusal', models.TextField(blank=True, help_text='Why it was refused, or stopped on the way, in words.')),
                ('report', models.FileField(blank=True, storage=lapak.lib.private.private_storage, upload_to='moving')),
                ('given_at', models.DateTimeField()),
                ('touched_at', models.DateTimeField(help_text='When the job was last heard of.')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='shops.shop')),
            ],
            options={
                'indexes': [models.Index(fields=['shop', '-given_at'], name='upload_of_shop')],
            },
        ),
        migrations.CreateModel(
            name='Takeout',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('platform', models.CharField(help_text='Whose format it is in; `OWN`.', max_length=20)),
                ('language', models.CharField(help_text='In which its reader is told what is lost.', max_length=5)),
                ('template', models.CharField(blank=True, help_text="The platform's own, as kept in the private storage until it is filled in.", max_length=200)),
                ('state', models.CharField(choices=[('making', 'being made'), ('ready', 'ready'), ('failed', 'could not be made'), ('gone', 'no longer kept')], default='making', max_length=8)),
                ('file', models.FileField(blank=True, storage=lapak.lib.private.private_storage, upload_to='takeouts')),
                ('file_bytes', models.BigIntegerField(default=0)),
                ('counts', models.JSONField(default=dict, help_text='What is in it: products, variants, pictures, and what is lost.')),
                ('failure', models.TextField(blank=True, help_text='Why it could not be made, in words.')),
                ('asked_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(help_text='When its file is cleared away.', null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='takeouts', to='shops.shop')),
            ],
            options={
                'indexes': [models.Index(fields=['shop', '-asked_at'], name='takeout_of_shop'), models.Index(condition=models.Q(('state', 'ready')), fields=['until'], name='takeout_to_clear')],
            },
        ),
        migrations.CreateModel(
            name='FedUpTo',
            fields=[
                ('log', lapak.lib.whole.WholeCharField(help_text='The followed table.', max_length=63, primary_key=True, serialize=False)),
                ('position', models.JSONField(help_text='A `Position`.')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('platform', models.CharField(help_text='Whose format it is in.', max_length=20)),
                ('code', lapak.lib.whole.WholeCharField(help_text='In its address; nobody guesses it.', max_length=43, unique=True)),
                ('language', models.CharField(help_text='In which its owners are told what is lost.', max_length=5)),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(help_text="When the shop's goods were last seen to have changed.")),
                ('as_of', models.DateTimeField(help_text='Of which moment its file tells; empty until there is one.', null=True)),
                ('standing', models.CharField(blank=True, choices=[('selling', 'Selling'), ('resting', 'Resting'), ('closed', 'Closed')], help_text="The shop's, at that moment.", max_length=7)),
                ('tried_at', models.DateTimeField(help_text='When it was last begun to be written.', null=True)),
                ('failed_at', models.DateTimeField(help_text='When that was in vain; empty once it is written.', null=True)),
                ('counts', models.JSONField(default=dict, help_text='What is in it: products and variants.')),
                ('lost', models.JSONField(default=list, help_text='What is not, in words, and of how many products: the most first.')),
                ('fetched_at', models.DateTimeField(help_text='When somebody last fetched it, to the minute.', null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='shops.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'platform'), name='feed_once_per_shop')],
            },
        ),
    ]
