"""A person at a browser, as far as the check needs one: pages, cookies, links, and forms as the page sent them."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx

PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A325F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36"
IN_TIKTOK = f"{PHONE} musical_ly_2023109030 BytedanceWebview/d8a21c6"


File = tuple[str, bytes, str]
"""A file's name, content and type."""


class Lost(Exception):  # noqa: N818 - what the person is
    """The page is not what it should be; says which page, and what was looked for."""


@dataclass
class Form:
    """A form that posts, with the values it would send if nothing were changed."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Browser:
    """One person's browser with its own cookies."""

    def __init__(self, base_url: str, *, user_agent: str = PHONE) -> None:
        self._client = httpx.Client(
            base_url=base_url, headers={"User-Agent": user_agent}, follow_redirects=True, timeout=30
        )
        self.page = httpx.Response(204)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def open(self, address: str) -> Self:
        """Go to an address, absolute or on this site."""
        return self._arrive(self._client.get(address))

    def submit(
        self,
        action: str,
        changes: Mapping[str, str | list[str]] | None = None,
        *,
        files: Mapping[str, File] | None = None,
    ) -> Self:
        """Send the page's first form that posts to an address with `action` in it, with these values changed."""
        here = str(self.page.url)
        form = next((form for form in _forms(self.page.text) if action in urljoin(here, form.action)), None)
        if form is None:
            raise Lost(f"{here} has no form for {action!r}")
        values = form.fields | {
            name: value if isinstance(value, list) else [value] for name, value in (changes or {}).items()
        }
        headers = {"Referer": here}
        return self._arrive(self._client.post(urljoin(here, form.action), data=values, files=files, headers=headers))

    def find(self, pattern: str) -> str:
        """The first group of a pattern on the page."""
        found = re.search(pattern, self.page.text)
        if not found:
            raise Lost(f"{self.page.url} shows nothing like {pattern!r}")
        return unescape(found[1])

    def reload_until(self, is_there: Callable[[str], bool], *, seconds: float = 20) -> Self:
        """Load the page anew until its text is as it should be."""
        deadline = time.monotonic() + seconds
        while not is_there(self.page.text):
            if time.monotonic() > deadline:
                raise Lost(f"{self.page.url} did not become what it should within {seconds:.0f} s")
            time.sleep(0.2)
            self.open(str(self.page.url))
        return self

    def _arrive(self, page: httpx.Response) -> Self:
        if page.is_error:
            raise Lost(f"{page.request.method} {page.url} answered {page.status_code}")
        self.page = page
        return self


def _forms(text: str) -> list[Form]:
    reader = _FormReader()
    reader.feed(text)
    return reader.forms


class _FormReader(HTMLParser):
    """Collects forms, with inputs, checked choices, selected options and text areas; buttons send nothing by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            if given.get("method", "get").lower() == "post":
                self.forms.append(self._form)
        elif tag == "input":
            kind = given.get("type", "text")
            is_choice = kind in {"checkbox", "radio"}
            is_sent = "checked" in given if is_choice else kind not in {"submit", "button", "file"}
            if is_sent:
                self._add(given.get("name", ""), given.get("value", "on" if is_choice else ""))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._area = given.get("name", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self._add(self._area, data.lstrip("\n"))
            self._area = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def _add(self, name: str, value: str) -> None:
        if self._form is not None and name:
            self._form.fields.setdefault(name, []).append(value)
