"""The boundary of Permendag 31/2023 Art. 21 (3), on every page as everybody sees it: nothing of another site is fetched or sent
to, nobody signs in through one, and no account there is known."""

import re
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from lapak.compliance.proofs.asked import fetched_from_others, policy_of
from lapak.compliance.proofs.boundary import OURS
from tests.strangers.places import PEOPLE, browser_of, every_place, peopled

pytestmark = pytest.mark.django_db

SOCIAL = re.compile(
    r"tiktok|instagram|facebook|threads|whatsapp|telegram|line_id|google|twitter|youtube", re.IGNORECASE
)

FRAMED = "frame-ancestors"
"""Who may frame a page fetches nothing: a promotion's card is there to be framed."""


@pytest.mark.long
def test_no_page_fetches_from_another_site_or_sends_there() -> None:
    cast = peopled()
    places, shown, faults = every_place(cast), Counter[str](), []
    for person in PEOPLE:
        browser = browser_of(cast, person)
        for place in places:
            page: Any = browser.get(place.path)
            if page.streaming:
                list(page.streaming_content)  # so that the file is closed
            if page.streaming or page.status_code != 200 or "html" not in page.get("Content-Type", ""):
                continue
            shown[person] += 1
            allowed = {word for name, words in policy_of(page).items() if name != FRAMED for word in words}
            faults += [f"{person}: {place.name} fetches {url}" for url in fetched_from_others(page)]
            faults += [
                f"{person}: {place.name} allows {word}"
                for word in allowed
                if not word.startswith("'") and not OURS.fullmatch(word)
            ]
    assert set(shown) == set(PEOPLE)
    assert shown.total() > 500
    assert faults == []


def test_no_account_of_a_social_platform_is_known() -> None:
    columns = [f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.fields]
    assert len(columns) > 500
    assert [column for column in columns if SOCIAL.search(column)] == []


def test_nothing_of_theirs_is_installed() -> None:
    lock = (settings.ROOT / "requirements.lock").read_text()
    packages = re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)
    assert len(packages) > 50
    assert [name for name in packages if SOCIAL.search(name)] == []
