"""Until when each shop may sell without a business number; those that are there count from the day they were opened."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import lapak.people.shops.models
from lapak.lib.clock import WIB
from lapak.people.shops.legality_rules import legalise_by

AT_ONCE = 5_000


def count_from_opening(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Shop = apps.get_model("shops", "Shop")
    changed = []
    for shop in Shop.objects.only("id", "created_at").iterator(AT_ONCE):
        shop.legalise_by = legalise_by(shop.created_at.astimezone(WIB).date())
        changed.append(shop)
        if len(changed) == AT_ONCE:
            Shop.objects.bulk_update(changed, ["legalise_by"])
            changed = []
    Shop.objects.bulk_update(changed, ["legalise_by"])


class Migration(migrations.Migration):

    dependencies = [
        ('shops', '0001_initial'),
        ('users', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='shop',
            name='legalise_by',
            field=models.DateTimeField(default=lapak.people.shops.models.legalised_by_a_new_shop, editable=False, help_text='Of no matter with a NIB.', verbose_name='sells without NIB until'),
        ),
        migrations.AddIndex(
            model_name='shop',
            index=models.Index(condition=models.Q(('nib', '')), fields=['legalise_by'], name='shop_without_nib'),
        ),
        migrations.RunPython(count_from_opening, migrations.RunPython.noop),
    ]
