"""Fields that take numbers as people type them, and ask about those that look like a slip."""

from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from lapak.affiliates.models import ProgrammeRate
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib.money import MAX_IDR
from lapak.lib.number_fields import CountField, NumberField, PercentField, RupiahField, ask_first, field_class_of


class Goods(forms.Form):
    price_idr = RupiahField(min_value=1, show_hidden_initial=True)
    on_hand = CountField(max_value=1_000, required=False, unit="pcs")
    rate_bp = PercentField(required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("price_idr", 500) < 500:
            ask_first(self, "price_idr", "So little?")
        return self.cleaned_data


def typed(**values: str) -> Goods:
    with override("en"):
        form = Goods(values)
        form.is_valid()
        return form


def test_what_is_typed_becomes_numbers() -> None:
    form = typed(price_idr="Rp 150.000", on_hand="1.000", rate_bp="1,2")
    assert form.cleaned_data == {"price_idr": 150_000, "on_hand": 1_000, "rate_bp": 120}


@pytest.mark.parametrize("text", ["1.000 pcs", "1000PCS", " 1.000 Pcs "])
def test_the_unit_beside_a_field_may_be_typed_as_well(text: str) -> None:
    assert typed(price_idr="1.000", on_hand=text).cleaned_data["on_hand"] == 1_000


def test_another_unit_is_refused() -> None:
    assert "not a whole number" in typed(price_idr="1.000", on_hand="1 kg").errors["on_hand"][0]
    assert typed(price_idr="1.000", on_hand="pcs").cleaned_data["on_hand"] is None


def test_an_optional_number_may_be_missing() -> None:
    assert typed(price_idr="1.000").cleaned_data == {"price_idr": 1_000, "on_hand": None, "rate_bp": None}
    assert typed(price_idr="  ").has_error("price_idr", "required")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("price_idr", "0", "At least Rp1."),
        ("price_idr", "-5", "At least Rp1."),
        ("price_idr", str(MAX_IDR + 1), "At most Rp1.000.000.000.000."),
        ("price_idr", "150,000", "“150,000” could be Rp150 or Rp150.000."),
        ("on_hand", "1.001", "At most 1.000."),
        ("on_hand", "-1", "At least 0."),
        ("rate_bp", "100,01", "At most 100%."),
        ("rate_bp", "-0,01", "At least 0%."),
        ("rate_bp", "1,234", "is not a percentage"),
    ],
)
def test_bounds_and_doubts_are_said_and_what_was_typed_stays(name: str, text: str, words: str) -> None:
    form = typed(**{"price_idr": "1.000", name: text})
    assert words in form.errors[name][0]
    assert name not in form.cleaned_data
    assert f'value="{text}"' in str(form[name])


@pytest.mark.parametrize(("language", "rate"), [("id", "1,2"), ("en", "1.2")])
def test_numbers_are_shown_with_their_dots(language: str, rate: str) -> None:
    with override(language):
        form = Goods(initial={"price_idr": 150_000, "on_hand": 1_000, "rate_bp": 120})
        assert 'value="150.000"' in str(form["price_idr"])
        assert 'value="1.000"' in str(form["on_hand"])
        assert f'value="{rate}"' in str(form["rate_bp"])


def test_the_keyboard_fits_and_the_unit_stands_beside() -> None:
    form = Goods()
    assert 'inputmode="numeric"' in str(form["price_idr"])
    assert 'inputmode="decimal"' in str(form["rate_bp"])
    assert 'class="affix-before" aria-hidden="true">Rp<' in str(form["price_idr"])
    assert 'class="affix-after" aria-hidden="true">pcs<' in str(form["on_hand"])
    assert "data-dots" in str(form["price_idr"])
    assert "data-dots" not in str(form["rate_bp"])


@pytest.mark.parametrize(("shown", "text", "changed"), [("150.000", "150000", []), ("150.000", "x", ["price_idr"])])
def test_the_same_number_written_otherwise_is_no_change(shown: str, text: str, changed: list[str]) -> None:
    form = Goods({"initial-price_idr": shown, "price_idr": text})
    assert form.changed_data == changed


class TestAsking:
    def test_the_form_comes_back_with_the_question_and_a_box(self) -> None:
        form = typed(price_idr="150")
        assert form.errors == {"price_idr": ["So little?"]}
        drawn = str(form["price_idr"])
        assert 'value="150"' in drawn
        assert 'name="price_idr-sure" value="150">' in drawn
        assert "Yes, Rp150 is meant" in drawn

    def test_a_yes_is_taken(self) -> None:
        assert typed(price_idr="150", **{"price_idr-sure": "150"}).cleaned_data["price_idr"] == 150

    def test_a_yes_is_to_this_very_number(self) -> None:
        form = typed(price_idr="200", **{"price_idr-sure": "150"})
        assert form.errors == {"price_idr": ["So little?"]}
        assert 'value="200">' in str(form["price_idr"])

    def test_a_yes_stays_when_the_form_comes_back_for_another_reason(self) -> None:
        form = typed(price_idr="150", on_hand="x", **{"price_idr-sure": "150"})
        assert set(form.errors) == {"on_hand"}
        assert 'value="150" checked>' in str(form["price_idr"])

    def test_without_a_question_there_is_no_box(self) -> None:
        assert "sure" not in str(typed(price_idr="1.000", **{"price_idr-sure": "150"})["price_idr"])

    def test_rows_of_a_list_are_asked_one_by_one(self) -> None:
        rows = forms.formset_factory(Goods, extra=0)
        data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-price_idr": "150", "form-1-price_idr": "90"}
        asked = rows({**data, "form-1-price_idr-sure": "90"})
        assert [set(errors) for errors in asked.errors] == [{"price_idr"}, set()]
        assert 'name="form-0-price_idr-sure"' in str(asked.forms[0]["price_idr"])


@pytest.mark.parametrize(
    ("model", "column", "kind"),
    [(Variant, "price_idr", RupiahField), (ProgrammeRate, "rate_bp", PercentField), (Product, "weight_g", CountField)],
)
def test_a_column_s_name_says_what_it_holds(model: Any, column: str, kind: type[NumberField]) -> None:
    assert field_class_of(model._meta.get_field(column)) is kind
