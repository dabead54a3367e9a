"""The example market opens with a past, or without one when it is told so."""

from functools import partial

import pytest

from lapak.cli import migrate, serve
from lapak.cli.demo import cast, demo, goods, past, sellers
from lapak.cli.ports import free_port


@pytest.mark.parametrize("empty", [False, True])
def test_its_past_is_lived_through_unless_it_is_to_be_empty(monkeypatch: pytest.MonkeyPatch, *, empty: bool) -> None:
    done: list[str] = []
    monkeypatch.setenv("LAPAK_TAXABLE_SINCE", "2026-01-01")
    for module, name in (
        (migrate, "migrate_if_needed"), (cast, "make_people"), (sellers, "make_sellers"), (goods, "move_examples_in"),
        (cast, "make_links"), (past, "give_past"), (past, "list_what_nights_list"), (cast, "give_operator_app"), (serve, "serve"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, partial(_note, done, name))
    demo(port=free_port(), empty=empty)
    last = "list_what_nights_list" if empty else "give_past"
    assert done[:2] == ["migrate_if_needed", "make_people"]
    assert done[-3:] == [last, "give_operator_app", "serve"]
    assert ("give_past" in done) is not empty


def _note(done: list[str], name: str, *_given: object, **_named: object) -> dict[str, object]:
    done.append(name)
    return {}
