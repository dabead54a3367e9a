"""The forms of a page, as a browser finds them: where they go, what is typed into them, and where its attention is led."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NOT_TYPED = {"hidden", "checkbox", "radio", "submit", "button", "file"}


@dataclass
class PageForm:
    """A form that posts."""

    action: str
    id: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """All that it sends, but for boxes and buttons."""
    typed: list[str] = field(default_factory=list)
    """Fields that take words or numbers."""
    days: list[str] = field(default_factory=list)
    """Those of them that take a day or an instant."""
    chosen: list[str] = field(default_factory=list)
    """Fields with a choice to make."""
    boxes: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value, and the address that a button sends to instead."""
    focused: list[str] = field(default_factory=list)
    """What has the focus: a wrong field's name, or `alert` for words about the whole form."""
    wrong: list[str] = field(default_factory=list)
    """Fields that say that they are."""


def forms_on(text: str, address: str) -> list[PageForm]:
    """Every form of the page's main part that posts; one without an address of its own posts to the page's."""
    reader = _Reader(address)
    reader.feed(text)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._address = address
        self._form: PageForm | None = None
        self._is_main = False
        self._open = ""
        """The select or text area that is being read."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "main":
            self._is_main = True
        elif tag == "form" and self._is_main and given.get("method", "").lower() == "post":
            self._form = PageForm(given.get("action") or self._address, given.get("id", ""))
            self.forms.append(self._form)
        elif tag == "button":
            self._read_button(name, given)
        elif self._form is None:
            return
        elif tag == "input":
            self._read_input(self._form, name, given)
        elif tag in {"select", "textarea"}:
            self._open = name
            self._form.fields.setdefault(name, "")
            (self._form.chosen if tag == "select" else self._form.typed).append(name)
        elif tag == "option" and self._open and ("selected" in given or not self._form.fields[self._open]):
            self._form.fields[self._open] = given.get("value", "")
        if self._form is not None and "autofocus" in given:
            self._form.focused.append("alert" if given.get("role") == "alert" else name)
        if self._form is not None and given.get("aria-invalid") == "true":
            self._form.wrong.append(name)

    def _read_button(self, name: str, given: dict[str, str]) -> None:
        """A button may stand elsewhere than its form, whose id it names."""
        named = next((form for form in self.forms if form.id and form.id == given.get("form")), self._form)
        if named is not None:
            named.buttons.append((name, given.get("value", ""), given.get("formaction", "")))

    def _read_input(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "checkbox":
            form.boxes.append(name)
        elif kind not in {"submit", "button", "file"}:
            form.fields[name] = given.get("value", "")
            if kind not in NOT_TYPED:
                form.typed.append(name)
            if kind in {"date", "datetime-local"}:
                form.days.append(name)

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._open in self._form.typed:
            self._form.fields[self._open] += data.removeprefix("\n") if not self._form.fields[self._open] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in {"select", "textarea"}:
            self._open = ""
        elif tag == "main":
            self._is_main = False
