"""What stands: every transfer but those undone by a correction and the corrections themselves. The checks read it."""

from django.db import migrations

FORWARD = """
CREATE VIEW ledger_standing AS
SELECT t.id, t.code, t.reference, t.amount_idr, t.posted_at, t.debit_account_id, t.credit_account_id,
    debit.kind AS debit_kind, debit.owner AS debit_owner, credit.kind AS credit_kind, credit.owner AS credit_owner
FROM ledger_transfer t
LEFT JOIN ledger_account debit ON debit.id = t.debit_account_id
LEFT JOIN ledger_account credit ON credit.id = t.credit_account_id
WHERE NOT EXISTS (SELECT FROM ledger_reversal r WHERE r.undoes_id = t.id)
    AND NOT EXISTS (SELECT FROM ledger_reversal r WHERE r.transfer_id = t.id)
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP VIEW ledger_standing")]
