"""A refusal's test proves that nothing was written: what proves it sees every change, and no test goes without."""

import ast
import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import lapak
from lapak.lib.refusal import Moved, Refusal
from lapak.people.users.models import User
from lapak.testing.cast import assemble_cast
from lapak.testing.refused import refused

OF_NO_ACT = {
    # readers of what people and partners give, which write nothing anywhere
    "FileNotProducts", "FileRefused", "FileUnknown", "FileUnreadable", "IdsLost", "ImageRefused", "ImageUnreadable",
    "InvalidQris", "NoSuchPeriod", "NumberRefused", "PicturesRefused",
    # partners' faces, which end at the network
    "ForgedMessage", "GatewayRefused", "GatewayTrouble", "GatewayUnavailable", "UnknownGateway", "UnreadableMessage",
}  # fmt: skip
"""Refusals that are raised where no table is in reach; an act that lets one pass is tested with `refused` as any other."""


@pytest.mark.django_db
def test_a_change_an_addition_and_a_loss_are_seen() -> None:
    cast = assemble_cast()

    def change() -> None:
        User.objects.filter(id=cast.buyer.id).update(name="Another")

    def add() -> None:
        User.objects.create_user(email="new@lapak.test", password="-")

    def lose() -> None:
        User.objects.filter(id=cast.stranger.id).delete()

    def refuse_after(write: Callable[[], object]) -> None:
        with refused(Moved):
            write()
            raise Moved

    for write in (change, add, lose):
        with pytest.raises(AssertionError, match="something written"):
            refuse_after(write)
    refuse_after(lambda: None)


@pytest.mark.django_db
def test_another_refusal_than_expected_is_seen() -> None:
    class MovedFurther(Moved):
        code = "moved_further"

    with pytest.raises(AssertionError, match="MovedFurther"), refused(Moved):
        raise MovedFurther
    with refused(Moved, of_this_family=True):
        raise MovedFurther


def _refusals() -> set[str]:
    named = {"Refusal", "Moved", "NotFound", "Unfit", "Busy"}
    for module in pkgutil.walk_packages(lapak.__path__, "lapak."):
        if module.name.endswith(".errors"):
            found = vars(importlib.import_module(module.name)).values()
            named |= {kind.__name__ for kind in found if isinstance(kind, type) and issubclass(kind, Refusal)}
    return named


WRITTEN_BY_ANOTHER = "# another writes meanwhile"
"""Beside an act in whose middle the test lets somebody else write: there the tables cannot be compared."""


def _raised_bare(file: Path) -> list[tuple[int, str]]:
    """Line and name of each refusal that the file expects with `pytest.raises` alone."""
    lines = file.read_text().splitlines()
    return [
        (call.lineno, name.id)
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "raises"
        for name in ast.walk(call.args[0])
        if isinstance(name, ast.Name) and WRITTEN_BY_ANOTHER not in lines[call.lineno - 1]
    ]


def test_no_test_of_an_act_expects_a_refusal_without_that_proof() -> None:
    refusals = _refusals() - OF_NO_ACT
    bare = [
        f"{file}:{line} {name}"
        for file in Path(lapak.__path__[0]).rglob("tests/*.py")
        if "django_db" in (text := file.read_text()) or "db: None" in text
        for line, name in _raised_bare(file)
        if name in refusals
    ]
    assert bare == []
