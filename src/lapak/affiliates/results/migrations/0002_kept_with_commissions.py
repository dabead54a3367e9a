"""The database notes what every commission, new or changed, means for its day; and what there is already.

What counts before the statement is taken off and what counts after it is added, of all commissions of the orders that it
touched: when the first line of an order earns nothing any more, the order counts with another of its lines.
"""

from django.db import migrations

COLUMNS = "id, order_id, creator_id, line_id, link_id, created_at, amount_idr, state"

ADD = """
    INSERT INTO results_dayresult (creator_id, day, link_id, product_id, orders, amount_idr, is_sum)
    SELECT creator_id, day, link_id, product_id, sum(sign * orders), sum(sign * idr), {is_sum} FROM (
        SELECT sign, counted.creator_id, (counted.created_at AT TIME ZONE 'Asia/Jakarta')::date AS day, counted.link_id,
            variant.product_id, counted.amount_idr AS idr,
            (row_number() OVER (PARTITION BY sign, counted.order_id, counted.creator_id ORDER BY counted.id) = 1)::int AS orders
        FROM ({counted}) AS counted
        JOIN orders_orderline AS line ON line.id = counted.line_id
        JOIN catalogue_variant AS variant ON variant.id = line.variant_id
        WHERE counted.state <> 'reversed'
    ) AS signed
    GROUP BY 1, 2, 3, 4 HAVING sum(sign * orders) <> 0 OR sum(sign * idr) <> 0
"""

NOTE_NEW = f"""
CREATE FUNCTION results_note_new() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid[] := (SELECT array_agg(DISTINCT order_id) FROM became);
BEGIN
    {ADD.format(is_sum="false", counted=f'''
        SELECT 1 AS sign, {COLUMNS} FROM affiliates_commission WHERE order_id = ANY (touched)
        UNION ALL SELECT -1, others.* FROM (
            SELECT {COLUMNS} FROM affiliates_commission WHERE order_id = ANY (touched)
            EXCEPT SELECT {COLUMNS} FROM became
        ) AS others
    ''')};
    RETURN NULL;
END $$;
CREATE TRIGGER results_note_new AFTER INSERT ON affiliates_commission
REFERENCING NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION results_note_new();
"""

NOTE_CHANGED = f"""
CREATE FUNCTION results_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Not by a join: its plan is kept, and would be that of the first statement, however few rows that had.
    touched uuid[] := (
        SELECT array_agg(DISTINCT order_id) FROM (
            SELECT id, order_id, amount_idr, state = 'reversed' FROM became
            EXCEPT SELECT id, order_id, amount_idr, state = 'reversed' FROM was
        ) AS changed
    );
BEGIN
    IF touched IS NULL THEN RETURN NULL; END IF;
    -- Two who change two lines of one order at once would each count the order by the other's.
    PERFORM FROM affiliates_commission WHERE order_id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
    {ADD.format(is_sum="false", counted=f'''
        SELECT 1 AS sign, {COLUMNS} FROM affiliates_commission WHERE order_id = ANY (touched)
        UNION ALL SELECT -1, others.* FROM (
            SELECT {COLUMNS} FROM affiliates_commission WHERE order_id = ANY (touched)
            EXCEPT SELECT {COLUMNS} FROM became
        ) AS others
        UNION ALL SELECT -1, {COLUMNS} FROM was WHERE order_id = ANY (touched)
    ''')};
    RETURN NULL;
END $$;
CREATE TRIGGER results_note_changed AFTER UPDATE ON affiliates_commission
REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION results_note_changed();
"""

ALL_SO_FAR = ADD.format(is_sum="true", counted=f"SELECT 1 AS sign, {COLUMNS} FROM affiliates_commission")

NO_MORE = """
DROP TRIGGER results_note_new ON affiliates_commission;
DROP TRIGGER results_note_changed ON affiliates_commission;
DROP FUNCTION results_note_new, results_note_changed;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0001_initial"),
        ("affiliates", "0001_initial"),
        ("orders", "0001_initial"),
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(ALL_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(NOTE_NEW + NOTE_CHANGED, NO_MORE),
    ]
