"""A new marketplace starts with Lapak's own category tree."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lapak.goods.catalogue.categories import CATEGORIES, parent_code


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    category = apps.get_model("catalogue", "Category")
    made = {}
    for level in range(3):
        rows = [
            category(code=code, name_id=name_id, name_en=name_en, parent=made.get(parent_code(code)))
            for code, name_id, name_en in CATEGORIES
            if code.count(".") == level
        ]
        made |= {row.code: row for row in category.objects.bulk_create(rows)}


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
