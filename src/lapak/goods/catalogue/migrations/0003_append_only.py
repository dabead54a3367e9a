"""The database itself refuses to change or delete the journal of stock."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER stock_change_append_only BEFORE UPDATE OR DELETE ON catalogue_stockchange
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_change_no_truncate BEFORE TRUNCATE ON catalogue_stockchange
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER stock_change_no_truncate ON catalogue_stockchange;
DROP TRIGGER stock_change_append_only ON catalogue_stockchange;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_categories"), ("ledger", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
