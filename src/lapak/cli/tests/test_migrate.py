"""The tables are brought up to date once, and by one process at a time."""

import pytest
from django.db import connection

from lapak.cli.migrate import migrate_if_needed


@pytest.mark.django_db
def test_nothing_to_do_when_up_to_date() -> None:
    assert migrate_if_needed() is False


@pytest.mark.django_db
def test_the_next_one_may_come_in() -> None:
    migrate_if_needed()
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND d.datname = current_database()
            """)
        assert cursor.fetchone() == (0,)
