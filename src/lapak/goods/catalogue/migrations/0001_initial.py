
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import lapak.lib.ids
import lapak.lib.whole
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('shops', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('option_values', models.JSONField(default=list, help_text="One value per axis, in the axes' order: ['Hitam', 'XL'].")),
                ('seller_sku', models.CharField(blank=True, max_length=100, verbose_name='seller SKU')),
                ('barcode', models.CharField(blank=True, db_default='', default='', help_text='GTIN, EAN or UPC.', max_length=14, verbose_name='barcode')),
                ('price_idr', models.BigIntegerField(verbose_name='price')),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'variant',
                'verbose_name_plural': 'variants',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='StoredImage',
            fields=[
                ('sha256', lapak.lib.whole.WholeCharField(max_length=64, primary_key=True, serialize=False)),
                ('file', models.ImageField(height_field='height_px', upload_to='images', width_field='width_px')),
                ('width_px', models.PositiveIntegerField()),
                ('height_px', models.PositiveIntegerField()),
                ('size_bytes', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('code', lapak.lib.whole.WholeCharField(max_length=80, unique=True)),
                ('name_id', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.category')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.UUIDField(default=lapak.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('slug', models.SlugField(db_index=False, max_length=80)),
                ('description', models.TextField(blank=True, help_text='Plain text.', verbose_name='description')),
                ('brand', models.CharField(blank=True, max_length=120, verbose_name='brand')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'on sale'), ('archived', 'archived')], default='draft', max_length=10)),
                ('option_names', models.JSONField(default=list, help_text="Names of the option axes, in order: ['Warna', 'Ukuran'].")),
                ('attributes', models.JSONField(default=dict, help_text="What the product is, by attribute name: {'Bahan': 'Katun'}.")),
                ('source_category', models.TextField(blank=True, db_default='', default='', help_text='What its old platform filed it under: its words are searched for, whatever category it is in here.')),
                ('sold_before', models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, help_text="Pieces sold elsewhere before it came here, by the shop's own files: {'TikTok Shop': 1200}.")),
                ('reviewed_before', models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, help_text="Reviews written elsewhere before it came here, by the shop's own files: {'Shopify': 12}.")),
                ('weight_g', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='weight with packaging (g)')),
                ('length_cm', models.PositiveIntegerField(blank=True, null=True)),
                ('width_cm', models.PositiveIntegerField(blank=True, null=True)),
                ('height_cm', models.PositiveIntegerField(blank=True, null=True)),
                ('charged_weight_g', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Greatest(django.db.models.functions.comparison.Cast('weight_g', models.BigIntegerField()), django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast('length_cm', models.BigIntegerField()), '*', models.F('width_cm')), '*', models.F('height_cm')), '+', models.Value(6)), '-', models.Value(1)), '/', models.Value(6))), help_text='By which couriers charge: its weight, or that of its volume where all sides are known and it is more.', output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalogue.category')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='shops.shop')),
            ],
            options={
                'verbose_name': 'product',
                'verbose_name_plural': 'products',
            },
        ),
        migrations.CreateModel(
            name='ProductChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('product_id', models.UUIDField()),
                ('transaction_id', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()))),
                ('changed_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['transaction_id', 'id'], name='product_change_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('variant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stock', serialize=False, to='catalogue.variant')),
                ('shop_id', models.UUIDField(help_text="The product's: every row of a shop names it.")),
                ('on_hand', models.PositiveIntegerField(default=0)),
                ('reserved', models.PositiveIntegerField(default=0)),
                ('sold', models.PositiveIntegerField(db_default=0, default=0, help_text='How many have gone to buyers and not come back.')),
            ],
            options={
                'verbose_name': 'stock',
                'verbose_name_plural': 'stock',
            },
        ),
        migrations.AddField(
            model_name='variant',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='catalogue.product'),
        ),
        migrations.CreateModel(
            name='StockChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('variant_id', models.UUIDField()),
                ('shop_id', models.UUIDField()),
                ('from_on_hand', models.PositiveIntegerField()),
                ('to_on_hand', models.PositiveIntegerField()),
                ('reason', models.CharField(choices=[('listed', 'put on sale'), ('typed', 'corrected by the shop'), ('moved_in', 'moved in'), ('shipped', 'shipped'), ('returned', 'came back'), ('gone', 'found missing or broken')], max_length=10)),
                ('reference', models.UUIDField(help_text='The order, return or upload it came of.', null=True)),
                ('happened_at', models.DateTimeField()),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'stock change',
                'verbose_name_plural': 'stock changes',
            },
        ),
        migrations.CreateModel(
            name='ProductImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('source_path', models.CharField(blank=True, max_length=300)),
                ('product', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='images', to='catalogue.product')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.storedimage')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ProductRating',
            fields=[
                ('stars_1', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 1.')),
                ('stars_2', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 2.')),
                ('stars_3', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 3.')),
                ('stars_4', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 4.')),
                ('stars_5', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 5.')),
                ('review_count', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('stars_1'), '+', models.F('stars_2')), '+', models.F('stars_3')), '+', models.F('stars_4')), '+', models.F('stars_5')), output_field=models.IntegerField())),
                ('star_count', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('stars_1'), '+', django.db.models.expressions.CombinedExpression(models.F('stars_2'), '*', models.Value(2))), '+', django.db.models.expressions.CombinedExpression(models.F('stars_3'), '*', models.Value(3))), '+', django.db.models.expressions.CombinedExpression(models.F('stars_4'), '*', models.Value(4))), '+', django.db.models.expressions.CombinedExpression(models.F('stars_5'), '*', models.Value(5))), help_text='All stars of all reviews.', output_field=models.IntegerField())),
                ('product', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rating', serialize=False, to='catalogue.product')),
                ('shop_id', models.UUIDField(help_text="The product's: every row of a shop names it.")),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ShopRating',
            fields=[
                ('stars_1', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 1.')),
                ('stars_2', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 2.')),
                ('stars_3', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 3.')),
                ('stars_4', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 4.')),
                ('stars_5', models.PositiveIntegerField(db_default=0, default=0, help_text='How many reviews that are shown gave 5.')),
                ('review_count', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('stars_1'), '+', models.F('stars_2')), '+', models.F('stars_3')), '+', models.F('stars_4')), '+', models.F('stars_5')), output_field=models.IntegerField())),
                ('star_count', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('stars_1'), '+', django.db.models.expressions.CombinedExpression(models.F('stars_2'), '*', models.Value(2))), '+', django.db.models.expressions.CombinedExpression(models.F('stars_3'), '*', models.Value(3))), '+', django.db.models.expressions.CombinedExpression(models.F('stars_4'), '*', models.Value(4))), '+', django.db.models.expressions.CombinedExpression(models.F('stars_5'), '*', models.Value(5))), help_text='All stars of all reviews.', output_field=models.IntegerField())),
                ('shop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rating', serialize=False, to='shops.shop')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['shop', 'status', '-created_at', '-id'], name='product_of_shop'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['shop', '-created_at', '-id'], name='product_of_shop_any_status'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['-created_at', '-id'], name='product_on_sale_newest'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(models.Q(('sold_before', {}), _negated=True), models.Q(('reviewed_before', {}), _negated=True), _connector='OR'), fields=['shop'], name='product_with_a_past'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='product_weight_positive'),
        ),
        migrations.AddConstraint(
            model_name='stock',
            constraint=models.CheckConstraint(condition=models.Q(('reserved__gte', 0), ('reserved__lte', models.F('on_hand'))), name='stock_within_bounds'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.CheckConstraint(condition=models.Q(('price_idr__gt', 0), ('price_idr__lte', 1000000000000)), name='variant_price_in_bounds'),
        ),
        migrations.AddIndex(
            model_name='stockchange',
            index=models.Index(fields=['variant_id', 'id'], name='stock_change_of_variant'),
        ),
        migrations.AddConstraint(
            model_name='stockchange',
            constraint=models.CheckConstraint(condition=models.Q(('from_on_hand', models.F('to_on_hand')), _negated=True), name='stock_change_changes_something'),
        ),
        migrations.AddConstraint(
            model_name='productimage',
            constraint=models.UniqueConstraint(fields=('product', 'position'), name='product_image_position'),
        ),
    ]
