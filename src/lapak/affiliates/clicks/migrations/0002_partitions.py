"""Clicks lie in months of Jakarta, and what is known of today's visitors in tables without a log.

Only the owner of a table may give it partitions. Two functions of the owner's do that, and no more: whoever runs the clock
calls them as the plain role. What comes in a month without a partition lies among the others until it is made.
"""

from django.db import migrations

IN_MONTHS = """
ALTER TABLE clicks_click RENAME TO clicks_click_whole;
CREATE TABLE clicks_click (LIKE clicks_click_whole INCLUDING CONSTRAINTS) PARTITION BY RANGE (clicked_at);
DROP TABLE clicks_click_whole;
ALTER TABLE clicks_click ADD CONSTRAINT clicks_click_pkey PRIMARY KEY (id, clicked_at);
CREATE INDEX click_by_time ON clicks_click USING brin (clicked_at);
CREATE TABLE clicks_click_others PARTITION OF clicks_click DEFAULT;

CREATE FUNCTION clicks_make_months(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month timestamp;
    since timestamptz;
    until timestamptz;
    part text;
    made integer := 0;
BEGIN
    FOR month IN SELECT generate_series(date_trunc('month', first::timestamp), last, interval '1 month') LOOP
        part := 'clicks_click_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        since := month AT TIME ZONE 'Asia/Jakarta';
        until := (month + interval '1 month') AT TIME ZONE 'Asia/Jakarta';
        EXECUTE format('CREATE TABLE %I (LIKE clicks_click INCLUDING ALL)', part);
        -- Attached rather than made in its place: clicks go on being written to the other months meanwhile.
        LOCK TABLE clicks_click_others IN ACCESS EXCLUSIVE MODE;
        EXECUTE format(
            'WITH moved AS (DELETE FROM clicks_click_others WHERE clicked_at >= %L AND clicked_at < %L RETURNING *) '
            'INSERT INTO %I SELECT * FROM moved', since, until, part);
        EXECUTE format('ALTER TABLE clicks_click ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, since, until);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

CREATE FUNCTION clicks_drop_months(oldest_kept timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    part text;
    dropped integer := 0;
BEGIN
    FOR part IN
        SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = 'clicks_click'::regclass AND child.relname ~ '^clicks_click_[0-9]{4}_[0-9]{2}$'
            AND (to_timestamp(right(child.relname, 7), 'YYYY_MM')::timestamp + interval '1 month')
                AT TIME ZONE 'Asia/Jakarta' <= oldest_kept
    LOOP
        EXECUTE format('DROP TABLE %I', part);
        dropped := dropped + 1;
    END LOOP;
    DELETE FROM clicks_click_others WHERE clicked_at < oldest_kept;
    RETURN dropped;
END $$;

ALTER TABLE clicks_visitormark SET UNLOGGED;
ALTER TABLE clicks_daykey SET UNLOGGED;
"""

AS_IT_WAS = """
DROP FUNCTION clicks_make_months, clicks_drop_months;
CREATE TABLE clicks_click_whole (LIKE clicks_click INCLUDING ALL);
INSERT INTO clicks_click_whole SELECT * FROM clicks_click;
DROP TABLE clicks_click;
ALTER TABLE clicks_click_whole RENAME TO clicks_click;
ALTER TABLE clicks_visitormark SET LOGGED;
ALTER TABLE clicks_daykey SET LOGGED;
"""


class Migration(migrations.Migration):
    dependencies = [("clicks", "0001_initial")]

    operations = [migrations.RunSQL(IN_MONTHS, AS_IT_WAS)]
