"""The operator's table of samples: what the clock could not end stands out, and where one goes to does not stand there."""

import pytest
from django.test import Client

from lapak.affiliates.samples.models import Sample
from lapak.flows.models import StuckAct
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.samples import sent_sample

pytestmark = pytest.mark.django_db
TABLE = "/staff/samples/sample/"


@pytest.fixture
def sample(cast: Cast, variant: Variant) -> Sample:
    return sent_sample(cast, variant)


def stick(sample: Sample) -> None:
    now = clock.now()
    StuckAct.objects.create(
        act="samples_past_time",
        subject_id=sample.id,
        error="x",
        first_failed_at=now,
        last_failed_at=now,
        next_try_at=now,
    )


def test_what_is_stuck_is_found(operator: Client, sample: Sample) -> None:
    assert "@ceu-edoh" in operator.get(TABLE).text
    assert "@ceu-edoh" not in operator.get(f"{TABLE}?stuck=yes").text
    stick(sample)
    assert "@ceu-edoh" in operator.get(f"{TABLE}?stuck=yes").text
    assert f'href="{TABLE}{sample.id}/change/"' in operator.get("/staff/money-desk").text


@pytest.mark.parametrize("typed", ["ceu-edoh", "Batik Sekar", "JX0001234567"])
def test_it_is_found_by_what_people_say(operator: Client, sample: Sample, typed: str) -> None:
    assert str(sample.id) in operator.get(TABLE, {"q": typed}).text
    assert str(sample.id) not in operator.get(TABLE, {"q": f"{typed}x"}).text


def test_where_it_goes_to_is_not_shown(operator: Client, sample: Sample) -> None:
    page = operator.get(f"{TABLE}{sample.id}/change/").text
    assert sample.words in page
    assert sample.address["street"] not in page
