"""The database itself refuses to change or delete the events of a return."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER return_event_append_only BEFORE UPDATE OR DELETE ON returns_returnevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_event_no_truncate BEFORE TRUNCATE ON returns_returnevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER return_event_no_truncate ON returns_returnevent;
DROP TRIGGER return_event_append_only ON returns_returnevent;
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
