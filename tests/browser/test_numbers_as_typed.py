"""The small script behind number fields, in a real browser: dots when a field is left, and nothing guessed."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page

import lapak
from tests.browser.phones import any_browser, opened

SCRIPTS = Path(lapak.__file__).parent / "web/shell/static/shell/js"
FIELDS = """
<input id="whole" data-dots>
<input id="percent">
<span data-stepper>
  <button data-step="-1" hidden>-</button>
  <input id="pieces" value="1" data-least="1" data-most="1001" data-dots>
  <button data-step="1" hidden>+</button>
</span>
"""


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content(FIELDS)
        for script in ("numbers.js", "shell.js"):
            page.add_script_tag(path=SCRIPTS / script)
        yield page


def left(page: Page, field: str, typed: str) -> str:
    """What stands in the field when it is left."""
    page.fill(field, typed)
    page.locator(field).blur()
    return page.input_value(field)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("150000", "150.000"),
        ("150.000", "150.000"),
        ("1500000", "1.500.000"),
        ("Rp 150.000", "150.000"),
        ("Rp150000", "150.000"),
        ("150", "150"),
        ("", ""),
        ("150,000", "150,000"),
        ("1.5", "1.5"),
        ("1500.000", "1500.000"),
        ("-5", "-5"),
        ("1e3", "1e3"),
    ],
)
def test_a_field_gets_its_dots_when_it_is_left(page: Page, typed: str, shown: str) -> None:
    assert left(page, "#whole", typed) == shown


def test_a_field_without_dots_is_left_alone(page: Page) -> None:
    assert left(page, "#percent", "1000") == "1000"


def test_a_stepper_counts_with_buttons_and_arrow_keys_between_its_bounds(page: Page) -> None:
    page.fill("#pieces", "999")
    page.click("[data-step='1']")
    assert page.input_value("#pieces") == "1.000"
    page.press("#pieces", "ArrowUp")
    page.press("#pieces", "ArrowUp")
    assert page.input_value("#pieces") == "1.001"
    assert page.locator("[data-step='1']").is_disabled()
    page.press("#pieces", "ArrowDown")
    assert page.input_value("#pieces") == "1.000"
