"""The record of changes is chained, and the chain shows what the owner of the database did to the record afterwards."""

import json

import pytest
from django.db import IntegrityError, connection
from typer.testing import CliRunner

from lapak.books.findings import look_through_books
from lapak.cli import app
from lapak.lib.owner import as_owner
from lapak.people.audit.chain import BEGINNING, Head, chain_changes, holds, newest_head
from lapak.people.audit.commands import note_changes
from lapak.people.audit.models import ChainedUpTo, ChainLink
from lapak.people.audit.rules import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)

SHOP = Subject(Kind.SHOP, 1, "Batik Sekar")


def rename(*names: str) -> None:
    """As many changes, one after the other."""
    for name in names:
        note_changes(None, SHOP, {"name": ""}, {"name": name})


@pytest.fixture
def chained() -> None:
    """Three changes with their links."""
    rename("Batik", "Sekar", "Trusmi")
    assert chain_changes() == 3


def alter(statement: str) -> None:
    """What only the owner of the database can do."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)


def check_audit(*options: str) -> tuple[int, dict[str, object]]:
    result = CliRunner().invoke(app, ["check-audit", *options])
    return result.exit_code, json.loads(result.stdout.splitlines()[-1])


def test_before_anything_changed() -> None:
    assert chain_changes() == 0
    assert check_audit() == (0, {"links": 0, "breaks": 0, "head": f"0:{BEGINNING}"})


def test_each_change_has_one_link_however_often_one_looks(chained: None) -> None:
    assert chain_changes() == 0
    rename("Cirebon")
    assert chain_changes() == 1
    assert list(ChainLink.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    code, last = check_audit()
    assert (code, last["links"], last["head"]) == (0, 4, str(newest_head()))


def test_a_restored_copy_of_the_database_goes_on(chained: None) -> None:
    """It counts its transactions anew: what was chained stays so, what was not is."""
    mark = ChainedUpTo.objects.get()
    ChainedUpTo.objects.update(position=mark.position | {"database": "another"})
    rename("Cirebon")
    assert check_audit()[0] == 0
    assert chain_changes() == 1
    assert chain_changes() == 0
    assert check_audit() == (0, {"links": 4, "breaks": 0, "head": str(newest_head())})


BREAKS = {
    "a value altered": "UPDATE audit_change SET new = 'Solo' WHERE new = 'Sekar'",
    "somebody else's act": "UPDATE audit_change SET by_id = gen_random_uuid() WHERE new = 'Sekar'",
    "another day": "UPDATE audit_change SET happened_at = happened_at - interval '1 day' WHERE new = 'Batik'",
    "a line removed": "DELETE FROM audit_change WHERE new = 'Trusmi'",
    "a line and its link removed": """
        WITH gone AS (DELETE FROM audit_change WHERE new = 'Sekar' RETURNING id)
        DELETE FROM audit_chainlink WHERE change_id IN (SELECT id FROM gone)
    """,
    "a link altered": "UPDATE audit_chainlink SET digest = repeat('0', 64) WHERE number = 2",
    "a line slipped in as if it were old": """
        INSERT INTO audit_change
        SELECT gen_random_uuid(), kind, subject_id, name, shop_id, field, old, 'Jogja', by_id, happened_at, transaction_id
        FROM audit_change WHERE new = 'Batik'
    """,
}


@pytest.mark.unsound_books
@pytest.mark.parametrize("statement", BREAKS.values(), ids=BREAKS)
def test_whatever_the_owner_of_the_database_does_is_seen(chained: None, statement: str) -> None:
    alter(statement)
    assert check_audit()[0] == 1
    assert {each.check for each in look_through_books().shown} == {"audit_chain"}


def written_anew() -> None:
    """The chain from the first link on, over a record that was altered."""
    alter("UPDATE audit_change SET new = 'Solo' WHERE new = 'Sekar'")
    alter("DELETE FROM audit_chainlink")
    alter("DELETE FROM audit_chainedupto")
    assert chain_changes() == 3


def test_a_chain_written_anew_lacks_the_head_that_was_noted(chained: None) -> None:
    noted = newest_head()
    assert check_audit("--noted", str(noted)) == (0, {"links": 3, "breaks": 0, "head": str(noted)})
    written_anew()
    assert check_audit()[0] == 0, "by itself it is sound"
    assert check_audit("--noted", str(noted))[0] == 1


@pytest.mark.parametrize("noted", ["", "7", "7:abc", "x:" + BEGINNING])
def test_a_head_that_is_none(noted: str) -> None:
    with pytest.raises(ValueError, match=rf"^({noted}|.*invalid literal.*)$"):
        Head.read(noted)


def test_nobody_who_is_not_the_owner_changes_a_link(chained: None) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        ChainLink.objects.filter(number=1).update(digest=BEGINNING)
    assert holds(Head(0, BEGINNING))
