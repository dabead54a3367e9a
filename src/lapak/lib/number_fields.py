"""The fields of every form that takes a number: text fields that read what people type, say what they could not read, and
ask before a number is taken that looks like a slip."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lapak.lib.money import MAX_IDR, format_idr
from lapak.lib.numbers import NumberRefused, format_rate, format_whole, read_count, read_idr, read_rate_bp


class NumberInput(forms.TextInput):
    """A text field with its unit, and under it the box to tick when the form has asked about the number.

    `numbers.js` writes the dots of `data-dots` when the field is left. Not `<input type="number">`, which takes `150.000`
    for 150, turns the wheel of a mouse into a change, and hides from us what was typed.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, shows_unit: bool = True) -> None:
        super().__init__(attrs)
        self.shows_unit = shows_unit
        self.before = self.after = ""
        self.asked: tuple[str, str, bool] | None = None
        """Which number was asked about, the words beside the box, and whether it is ticked."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        drawn = super().render(name, value, attrs, renderer)
        if self.shows_unit and (self.before or self.after):
            unit = '<span class="{}" aria-hidden="true">{}</span>'
            before = format_html(unit, "affix-before", self.before) if self.before else ""
            after = format_html(unit, "affix-after", self.after) if self.after else ""
            drawn = format_html('<span class="affix">{}{}{}</span>', before, drawn, after)
        return drawn if self.asked is None else self._with_box(drawn, name, *self.asked)

    def _with_box(self, drawn: SafeString, name: str, number: str, words: str, is_ticked: bool) -> SafeString:
        return format_html(
            '{}<label class="check sure"><input type="checkbox" name="{}" value="{}"{}> <span>{}</span></label>',
            drawn,
            sure_name(name),
            number,
            SafeString(" checked") if is_ticked else "",
            words,
        )


class NumberField(forms.Field):
    """A whole number as people type it; each kind of number has its class below. `min_value` and `max_value` are bounds of
    the number itself (rupiah, pieces, basis points), both included."""

    widget = NumberInput
    inputmode: ClassVar[str] = "numeric"
    dots: ClassVar[bool] = True
    before: ClassVar[str] = ""
    most: ClassVar[int]
    """The bound that holds when a field names none."""
    read: Callable[[str], int]
    write: Callable[[int], str]
    """As it stands in the field."""

    def __init__(self, *, min_value: int = 0, max_value: int | None = None, unit: str = "", **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, self.most if max_value is None else max_value
        self.unit = unit
        super().__init__(**kwargs)
        if isinstance(self.widget, NumberInput):
            self.widget.before, self.widget.after = self.before, unit

    def say(self, number: int) -> str:
        """As it stands in a sentence."""
        return self.write(number)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django's
        return {"inputmode": self.inputmode, "autocomplete": "off", **({"data-dots": True} if self.dots else {})}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, int):
            return value
        typed = "" if value is None else str(value).strip()
        if not typed:
            return None
        try:
            return self.read(typed)
        except NumberRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.min_value:
            raise ValidationError(_("At least %(least)s.") % {"least": self.say(self.min_value)}, code="min_value")
        if value > self.max_value:
            raise ValidationError(_("At most %(most)s.") % {"most": self.say(self.max_value)}, code="max_value")

    def prepare_value(self, value: Any) -> Any:
        return self.write(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return not self.disabled and self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class RupiahField(NumberField):
    """Whole rupiah."""

    before = "Rp"
    most = MAX_IDR
    read = staticmethod(read_idr)
    write = staticmethod(format_whole)

    def say(self, number: int) -> str:
        return format_idr(number)


class CountField(NumberField):
    """Pieces, grams, days; `unit` stands behind it."""

    most = 2_147_483_647  # of an integer column
    read = staticmethod(read_count)
    write = staticmethod(format_whole)

    def to_python(self, value: Any) -> int | None:
        """The unit that stands beside the field may be typed as well: `500 g`."""
        is_with_unit = isinstance(value, str) and self.unit and value.strip().lower().endswith(self.unit)
        return super().to_python(value.strip()[: -len(self.unit)] if is_with_unit else value)


class PercentField(NumberField):
    """A percentage with up to two decimals; its value is in basis points."""

    inputmode = "decimal"
    dots = False
    most = 10_000
    read = staticmethod(read_rate_bp)
    write = staticmethod(format_rate)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(unit="%", **kwargs)

    def say(self, number: int) -> str:
        return f"{format_rate(number)}%"


def field_class_of(column: "models.IntegerField[Any, Any]") -> type[NumberField]:
    """Which kind of number a column holds, by the last part of its name: `…_idr`, `…_bp`, else a count."""
    kinds: dict[str, type[NumberField]] = {"idr": RupiahField, "bp": PercentField}
    return kinds.get(column.name.rpartition("_")[2], CountField)


def ask_first(form: forms.BaseForm, name: str, question: "str | Promise | None") -> None:
    """To be called in a form's `clean`: the number in this field is only taken once its user has said that it is meant.

    Without a question nothing happens. With one the form comes back with it and a box to tick, which says yes to this very
    number: another one is asked about again, the same one is not.
    """
    if question is None:
        return
    field, number = form.fields[name], form.cleaned_data[name]
    assert isinstance(field, NumberField)  # noqa: S101 - only numbers are asked about
    is_sure = form.data.get(sure_name(form.add_prefix(name))) == str(number)
    if isinstance(field.widget, NumberInput):
        field.widget.asked = (str(number), _("Yes, %(number)s is meant") % {"number": field.say(number)}, is_sure)
    if not is_sure:
        form.add_error(name, ValidationError(str(question), code="question"))


def sure_name(name: str) -> str:
    """The name of the box that goes with a number."""
    return f"{name}-sure"
