
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import lapak.lib.ids
import lapak.lib.private
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('orders', '0001_initial'),
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('stars', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('words', models.TextField(blank=True, help_text='Plain text.', max_length=2000, verbose_name='in your own words')),
                ('picture_count', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('written_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, help_text="The shop's.", max_length=2000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('hidden_at', models.DateTimeField(help_text='Since when the operator shows it to nobody.', null=True)),
                ('hidden_because', models.TextField(blank=True, max_length=1000)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='orders.orderline')),
                ('product', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='catalogue.product')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='shops.shop')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
            },
        ),
        migrations.CreateModel(
            name='ReviewEvent',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('shop_id', models.UUIDField(help_text="The review's.")),
                ('kind', models.CharField(choices=[('written', 'written'), ('changed', 'changed'), ('deleted', 'deleted'), ('answered', 'answered'), ('hidden', 'hidden'), ('shown', 'shown again')], max_length=10)),
                ('from_stars', models.PositiveSmallIntegerField(help_text='Before, where there was a review.', null=True)),
                ('to_stars', models.PositiveSmallIntegerField(help_text='From then on, where there is one.', null=True)),
                ('words', models.TextField(blank=True, help_text='Why the operator hid it, or shows it again.', max_length=1000)),
                ('happened_at', models.DateTimeField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
                ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='review_events', to='orders.orderline')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewPicture',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('shop_id', models.UUIDField(help_text="The review's: every row of a shop names it.")),
                ('file', models.FileField(max_length=150, storage=lapak.lib.private.private_storage, upload_to='reviews')),
                ('small', models.FileField(help_text='The same, as lists show it.', max_length=150, storage=lapak.lib.private.private_storage, upload_to='reviews')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='reviews.review')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['product', '-written_at', '-id'], name='review_of_product'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('hidden_at', None)), fields=['product', 'stars', '-written_at', '-id'], name='review_of_product_by_stars'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('hidden_at', None), ('picture_count__gt', 0)), fields=['product', '-written_at', '-id'], name='review_with_pictures'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['shop', '-written_at', '-id'], name='review_of_shop'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('answered_at', None), ('hidden_at', None)), fields=['shop', '-written_at', '-id'], name='review_unanswered'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['-written_at', '-id'], name='review_newest'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('stars__in', (1, 2, 3, 4, 5))), name='review_stars'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='review_answered_with_words'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('hidden_because', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_because', ''), _negated=True)), _connector='OR'), name='review_hidden_with_reason'),
        ),
        migrations.AddIndex(
            model_name='reviewevent',
            index=models.Index(fields=['line', 'happened_at'], name='event_of_review'),
        ),
        migrations.AddIndex(
            model_name='reviewevent',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['transaction_id'], name='event_of_review_since'),
        ),
    ]
