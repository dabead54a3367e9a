"""A new marketplace starts with its first fees: 2 % of the goods, half of it for small sellers of domestic goods."""

from datetime import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lapak.lib.clock import WIB
from lapak.money.fees.models import FIRST_ID

BEGAN = datetime(2023, 10, 4, tzinfo=WIB)


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schedule = apps.get_model("fees", "Schedule").objects.create(
        id=FIRST_ID, number=1, begins_at=BEGAN, announced_at=BEGAN, agreed_from=1
    )
    apps.get_model("fees", "ScheduleRate").objects.create(schedule=schedule, category="", rate_bp=200, small_bp=100)


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
