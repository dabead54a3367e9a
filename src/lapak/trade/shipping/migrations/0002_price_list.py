"""A new marketplace starts with a price list."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lapak.lib.regions import PROVINCES
from lapak.trade.shipping.price_list import SERVICES, price_rows


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    service, rate = apps.get_model("shipping", "Service"), apps.get_model("shipping", "Rate")
    service.objects.bulk_create(
        service(code=code, courier=courier, name=name, position=n) for n, (code, courier, name) in enumerate(SERVICES)
    )
    zone = apps.get_model("shipping", "ProvinceZone")
    zone.objects.bulk_create(zone(province_code=code, zone=province.zone) for code, province in PROVINCES.items())
    rate.objects.bulk_create(rate(**row) for row in price_rows())


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
