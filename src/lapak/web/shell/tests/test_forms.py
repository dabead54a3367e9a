"""A form reads itself out: labels, help and errors are tied to their fields."""

import re

import pytest
from django import forms
from django.utils.translation import override

from lapak.lib.number_fields import RupiahField
from lapak.web.shell.forms import CheckCards, RadioCards


class Order(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the letterbox.")
    price_idr = RupiahField(label="Price", required=False)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput)
    agreed = forms.BooleanField(label="Agreed")
    service = forms.ChoiceField(
        label="Service", widget=RadioCards(texts={"reg": "two days"}), choices=[("reg", "Regular"), ("yes", "Fast")]
    )
    page = forms.CharField(widget=forms.HiddenInput, initial="cart")


def drawn(field: str, data: dict[str, str] | None = None) -> str:
    with override("en"):
        return str(Order(data)[field].as_field_group())


def test_field_has_a_label_and_its_help_is_tied_to_it() -> None:
    html = drawn("name")
    assert '<label for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext">As on the letterbox.' in html
    assert "aria-invalid" not in html


def test_error_is_tied_to_the_field_and_marks_it() -> None:
    html = drawn("name", {"name": ""})
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html


def test_optional_field_says_so() -> None:
    assert "(optional)" in drawn("price_idr")
    assert "(optional)" not in drawn("name")


def test_rupiah_field_shows_its_currency_and_a_number_pad() -> None:
    html = drawn("price_idr")
    assert ">Rp</span>" in html
    assert 'inputmode="numeric"' in html


def test_password_can_be_shown_only_where_a_script_runs() -> None:
    assert 'data-reveal="id_secret" hidden' in drawn("secret")


def test_check_box_stands_before_its_label() -> None:
    html = drawn("agreed", {})
    assert html.index('type="checkbox"') < html.index('<label for="id_agreed">')
    assert 'id="id_agreed_error"' in html


def test_radio_cards_are_a_group_with_a_legend() -> None:
    html = drawn("service", {"service": "yes"})
    assert "<legend>Service</legend>" in html
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1
    assert "two days" in html


@pytest.mark.parametrize("data", [None, {}])
def test_whole_form_shows_each_field_once(data: dict[str, str] | None) -> None:
    html = str(Order(data))
    assert [html.count(f'name="{name}"') for name in ("name", "price_idr", "secret", "agreed", "service", "page")] == [
        *[1] * 4,
        2,
        1,
    ]


def test_error_of_the_whole_form_is_announced() -> None:
    form = Order({})
    form.add_error(None, "The price changed.")
    assert 'role="alert"' in str(form)
    assert "The price changed." in str(form)


class Two(forms.Form):
    first = forms.CharField()
    second = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=RadioCards())


def test_the_first_wrong_field_has_the_focus_and_no_other() -> None:
    assert "autofocus" not in Two().as_div()
    assert Two({}).as_div().count("autofocus") == 1
    both = str(Two({}))
    assert re.search(r'<input[^>]*name="first"[^>]*autofocus', both)
    assert re.search(r'<input[^>]*name="second"[^>]*value="a"[^>]*autofocus', str(Two({"first": "x"})))
    assert str(Two({"first": "x"})).count("autofocus") == 1
    assert "autofocus" not in str(Two({"first": "x", "second": "a"}))


def test_what_belongs_to_no_field_has_it_when_no_field_is_wrong() -> None:
    form = Two({"first": "x", "second": "a"})
    form.add_error(None, "Not now.")
    assert re.search(r'role="alert" tabindex="-1" autofocus', str(form))


def test_of_boxes_to_tick_nobody_is_told_that_they_need_not() -> None:
    class Mails(forms.Form):
        topics = forms.MultipleChoiceField(required=False, choices=[("a", "orders")], widget=CheckCards)

    assert "(optional)" not in str(Mails()["topics"].as_field_group())


def test_what_can_be_chosen_begins_with_a_capital() -> None:
    class Payee(forms.Form):
        kind = forms.ChoiceField(choices=[("person", "individual")], widget=RadioCards)

    assert "Individual" in str(Payee()["kind"].as_field_group())
