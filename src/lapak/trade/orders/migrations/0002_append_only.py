"""The database itself refuses to change or delete the events of an order or a return."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON orders_orderevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON orders_orderevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_event_append_only BEFORE UPDATE OR DELETE ON orders_returnevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_event_no_truncate BEFORE TRUNCATE ON orders_returnevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER return_event_no_truncate ON orders_returnevent;
DROP TRIGGER return_event_append_only ON orders_returnevent;
DROP TRIGGER event_no_truncate ON orders_orderevent;
DROP TRIGGER event_append_only ON orders_orderevent;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
