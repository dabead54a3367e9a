"""A finding's title is read by its creator and by the operator alike."""

import re

import pytest
from django.utils import translation

from lapak.affiliates.integrity.signs import RULES, Rule


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_title_speaks_to_nobody(rule: Rule) -> None:
    for language, you in (("en", r"\byou(r|rs)?\b"), ("id", r"\bAnda\b")):
        with translation.override(language):
            assert not re.search(you, str(rule.title), re.IGNORECASE)
